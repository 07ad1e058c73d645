"""Views of the list that an officer keeps by name: links below the filter, kept and dropped by forms."""

from urllib.parse import parse_qs

from fastapi import APIRouter, Response

from core.speech.texts import texts
from desk.pages.cases.listing import address, known_filters
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import go
from desk.pages.visitor import TheSent, TheVisitor
from desk.refused import Refused, unknown


def view_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/cases/views", keep_view, methods=["POST"])
    router.add_api_route("/cases/views/drop", drop_view, methods=["POST"])
    return router


async def keep_view(room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent) -> Response:
    given = parse_qs(sent.get("query", "")[:2000])
    query = address(known_filters({name: values[0] for name, values in given.items()}))
    name = sent.get("name", "").strip() or texts(tongue).say("desk_views.nameless")
    staff_id, now = visitor.member.id, room.house.clock()
    if not query:
        return go("/cases")
    if not await room.house.write(lambda book: book.views.keep(staff_id, name, query, now)):
        raise Refused(409, "many_views")
    return go(f"/cases?{query}", "view")


async def drop_view(room: TheRoom, visitor: TheVisitor, sent: TheSent) -> Response:
    """One that is not theirs is answered as one that is gone already."""
    written = sent.get("view", "")
    if not (written.isascii() and written.isdecimal() and len(written) < 9):
        raise unknown()
    staff_id, view_id = visitor.member.id, int(written)
    await room.house.write(lambda book: book.views.drop(staff_id, view_id))
    return go("/cases", "unview")
