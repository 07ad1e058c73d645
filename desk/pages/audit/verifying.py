"""Is the audit log still as it was written? All of it is gone through, one such walk at a time."""

from fastapi import APIRouter, Request, Response

from core.speech.texts import texts
from desk.pages.audit.leafing import leaved, values
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheOverseer, TheSent

HEAD = 64


def verify_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/audit/verify", verify, methods=["POST"])
    return router


async def verify(
    request: Request, room: TheRoom, sent: TheSent, visitor: TheOverseer, tongue: TheTongue
) -> Response:
    """The verdict stands above the newest rows."""
    words, head = texts(tongue), sent.get("head", "").strip()[:HEAD]
    async with room.verifying:
        verdict = await room.house.read(lambda book: book.audit.verify(head))
    shown = await room.house.read(lambda book: leaved(book, visitor.actor, {}, words))
    known = {**values({}, words), "verdict": verdict}
    return page(request, "audit/list.html", visitor, known=known, shown=shown)
