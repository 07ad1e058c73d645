"""One broadcast: its words, how far it is, and the way to stop it; the figures renew themselves."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from core.speech.texts import texts
from desk import broadcasting
from desk.pages.names import where_is, who_is
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import go, page
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from storage.book import Book

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def broadcast_page_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/broadcasts/{broadcast}", show, methods=["GET"])
    router.add_api_route("/broadcasts/{broadcast}/progress", show_progress, methods=["GET"])
    router.add_api_route("/broadcasts/{broadcast}/stop", stop, methods=["POST"])
    return router


async def show(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, broadcast: Number
) -> Response:
    return await _shown(request, room, visitor, tongue, broadcast, "broadcasts/one.html")


async def show_progress(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, broadcast: Number
) -> Response:
    """The part of the page that htmx fetches anew."""
    return await _shown(request, room, visitor, tongue, broadcast, "broadcasts/progress.html")


async def stop(room: TheRoom, visitor: TheVisitor, _: TheSent, broadcast: Number) -> Response:
    now = room.house.clock()
    await room.house.write(lambda book: broadcasting.stop(book, visitor.actor, broadcast, now))
    return go(f"/broadcasts/{broadcast}", "stopped")


async def _shown(
    request: Request, room: Room, visitor: Visitor, tongue: str, number: int, template: str
) -> Response:
    words = texts(tongue)

    def look(book: Book) -> dict[str, object]:
        one = broadcasting.look_up(book, visitor.actor, number)
        return {
            "one": one,
            "far": book.broadcasts.progress(number),
            "by": who_is(book, [one.by], words).get(one.by, ""),
            "place": where_is(book, [one.area]).get(one.area, ""),
            "roles": [words.say(f"desk_broadcasts.role.{role.value}") for role in one.roles if role != "ri"],
        }

    return page(request, template, visitor, known=await room.house.read(look))
