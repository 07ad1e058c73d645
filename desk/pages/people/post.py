"""One post: who holds it and held it, how they are reached; handed over to somebody else, or ended.

POST /desk/people/posts/41/hand   name=Siti Contoh   phone=0800…   →  303 /desk/people/posts/41?done=hand
"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from core.speech.texts import texts
from desk import rostering
from desk.pages.people.rows import row_of
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import go, page
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.refused import Refused, unknown
from storage.book import Book

CLEAN: Sent = {}


def post_number(post: str, _: TheVisitor) -> int:
    """Anything but a number is as unknown as a post that is not there."""
    if not (post.isascii() and post.isdecimal() and len(post) < 16):
        raise unknown()
    return int(post)


Number = Annotated[int, Depends(post_number)]


def post_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/people/posts/{post}", show_post, methods=["GET"])
    router.add_api_route("/people/posts/{post}/hand", hand_over, methods=["POST"])
    router.add_api_route("/people/posts/{post}/end", end_post, methods=["POST"])
    return router


async def show_post(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, number: Number
) -> Response:
    return await _post_page(request, room, visitor, tongue, number)


async def hand_over(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent, number: Number
) -> Response:
    name, phone, moves = sent.get("name", ""), sent.get("phone", ""), sent.get("moves") == "1"

    def job(book: Book) -> None:
        now = room.house.clock()
        rostering.hand_over(book, visitor.actor, number, name[:500], phone[:100], now, moves=moves)

    try:
        await room.house.write(job)
    except Refused as refused:
        return await _refused(request, room, visitor, tongue, number, refused, {"act": "hand", **sent})
    return go(f"/people/posts/{number}", "hand")


async def end_post(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent, number: Number
) -> Response:
    try:
        await room.house.write(lambda book: rostering.end(book, visitor.actor, number, room.house.clock()))
    except Refused as refused:
        return await _refused(request, room, visitor, tongue, number, refused, {"act": "end"})
    return go(f"/people/posts/{number}", "post_ended")


async def _refused(
    request: Request, room: Room, visitor: Visitor, tongue: str, number: int, refused: Refused, typed: Sent
) -> Response:
    """The page again, with why not and with what they had typed."""
    if refused.status != 409 or refused.detail is None:
        raise refused
    problem = refused.detail(texts(tongue))
    told = {**typed, "asks": refused.code}
    return await _post_page(request, room, visitor, tongue, number, 409, problem, told)


async def _post_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    number: int,
    status: int = 200,
    problem: str = "",
    typed: Sent = CLEAN,
) -> Response:
    words = texts(tongue)

    def look(book: Book) -> Mapping[str, object]:
        seat = rostering.look_up(book, visitor.actor, number)
        person = book.people.get(seat.person, with_phone=True) if seat.person else None
        reached = book.addresses.of_person(seat.person) if seat.person else []
        return {
            "post": row_of(seat, words),
            "area": seat.post.area,
            "place": ", ".join(seat.post.place),
            "phone": person.phone if person else "",
            "reached": [
                (words.say(f"desk_people.channel.{one.address.channel.value}"), one.last_in_at)
                for one in reached
            ],
            "holders": book.seats.holders(number),
        }

    known = await room.house.read(look)
    return page(request, "people/post.html", visitor, status, known, problem=problem, typed=typed)
