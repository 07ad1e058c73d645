"""Where a broadcast is written, and looked at with the number of its readers before it goes out."""

from fastapi import APIRouter, Request, Response

from core.speech.texts import texts
from desk import broadcasting
from desk.broadcasting import LONGEST, RECIPIENTS
from desk.pages.broadcasts.draft import Draft, Preview, areas_offered, draft_of, preview_of
from desk.pages.names import where_is, who_is
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import go, page
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.refused import Refused
from storage.book import Book

NOBODY = "nobody"


def broadcast_writing_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/broadcasts", list_broadcasts, methods=["GET"])
    router.add_api_route("/broadcasts", send, methods=["POST"])
    router.add_api_route("/broadcasts/preview", preview, methods=["POST"])
    return router


async def list_broadcasts(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue
) -> Response:
    return await _page(request, room, visitor, tongue, Draft(visitor.member.area, (), "", False))


async def preview(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent
) -> Response:
    draft, now = draft_of(sent, visitor.member.area), room.house.clock()
    if draft.problem:
        return await _page(request, room, visitor, tongue, draft, draft.problem)
    looked = await room.house.read(lambda book: preview_of(book, visitor, draft, now))
    if not looked.audience.people - looked.audience.unreachable:
        return await _page(request, room, visitor, tongue, draft, NOBODY, looked)
    return await _page(request, room, visitor, tongue, draft, looked=looked)


async def send(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent
) -> Response:
    """The same one a second time goes to nobody."""
    draft, now = draft_of(sent, visitor.member.area), room.house.clock()
    if draft.problem:
        return await _page(request, room, visitor, tongue, draft, draft.problem)

    def job(book: Book) -> int:
        who, where = visitor.actor, draft.area
        return broadcasting.send(book, who, where, draft.roles, draft.text, now, urgent=draft.urgent).id

    try:
        number = await room.house.write(job)
    except Refused as refused:
        if refused.status != 409:
            raise
        return await _page(request, room, visitor, tongue, draft, refused.code)
    return go(f"/broadcasts/{number}", "broadcast")


async def _page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    draft: Draft,
    problem: str = "",
    looked: Preview | None = None,
) -> Response:
    words = texts(tongue)

    def look(book: Book) -> dict[str, object]:
        latest = broadcasting.latest(book, visitor.actor)
        return {
            "latest": latest,
            "names": who_is(book, (one.by for one in latest), words),
            "places": where_is(book, (one.area for one in latest)),
            "areas": areas_offered(book, visitor.member.area),
        }

    known = await room.house.read(look)
    known |= {"draft": draft, "looked": looked, "roles": RECIPIENTS, "longest": LONGEST}
    said = words.say(f"desk_broadcasts.not.{problem}", most=LONGEST) if problem else ""
    known |= {"role_names": {role: words.say(f"desk_broadcasts.role.{role.value}") for role in RECIPIENTS}}
    return page(
        request, "broadcasts/list.html", visitor, 409 if problem else 200, known={**known, "problem": said}
    )
