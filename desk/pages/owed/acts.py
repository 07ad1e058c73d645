"""What is done about silence from the ledger: somebody was phoned, an area is reminded again."""

from fastapi import APIRouter, Request, Response

from core.speech.texts import texts
from desk.chasing import chase, note_call
from desk.pages.owed.asked import asked_of
from desk.pages.owed.ledger import ledger_page
from desk.pages.room import TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import go
from desk.pages.visitor import TheSent, TheVisitor
from desk.refused import Refused, unknown

LONGEST_NUMBER = 12


def ledger_act_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/owed/called", called, methods=["POST"])
    router.add_api_route("/owed/remind", remind, methods=["POST"])
    return router


async def called(room: TheRoom, visitor: TheVisitor, sent: TheSent) -> Response:
    now = room.house.clock()
    asked, post = asked_of(sent, visitor.member, now), _number(sent.get("post", ""))
    note = sent.get("note", "")
    await room.house.write(lambda book: note_call(book, visitor.member, asked.span, post, note, now))
    return go(f"/owed?{asked.query(after=_after(sent))}", "called")


async def remind(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent
) -> Response:
    """Refused where nobody may be reminded just now: the page says why."""
    now = room.house.clock()
    asked = asked_of(sent, visitor.member, now)
    try:
        await room.house.write(lambda book: chase(book, visitor.member, asked.area, now))
    except Refused as refused:
        if refused.status != 409:
            raise
        problem = texts(tongue).say("desk_owed.nobody")
        return await ledger_page(request, room, visitor, tongue, asked, status=409, problem=problem)
    return go(f"/owed?{asked.query()}", "reminded")


def _number(written: str) -> int:
    if not (written.isascii() and written.isdecimal() and len(written) < LONGEST_NUMBER):
        raise unknown()
    return int(written)


def _after(sent: Sent) -> str:
    """The page of the list on which they were."""
    return sent.get("after", "")[:40]
