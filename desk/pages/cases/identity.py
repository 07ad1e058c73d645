"""The custodian's door: an identity opened at the desk for a reason, shown once, and kept on no page."""

import time
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from core.speech.texts import texts
from desk.acting import look_up
from desk.api.evidence import sealed_under
from desk.pages.cases.case import Number, case_page
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import page
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.refused import Refused
from storage.book import Book
from storage.cases import Outrun
from storage.identities import Withheld


def identity_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/cases/{number}/identity", open_identity, methods=["POST"])
    return router


async def open_identity(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, number: Number, sent: TheSent
) -> Response:
    key, moment = visitor.actor.key, time.monotonic()
    if wait := room.house.wrong_passphrases.wait(key, moment):
        raise Refused(429, "often", wait=wait)
    opened = await _opened(room, visitor, number, sent)
    if isinstance(opened, Withheld):
        room.house.wrong_passphrases.note(key, moment)
        problem = texts(tongue).say(f"api.shut.{opened.why}")
        typed = {"act": "identity", "reason": sent.get("reason", "")}
        return await case_page(
            request, room, visitor, tongue, number, status=409, problem=problem, typed=typed
        )
    return page(request, "cases/identity.html", visitor, number=number, identity=opened)


async def _opened(room: Room, visitor: Visitor, number: str, sent: Sent) -> Mapping[str, str] | Withheld:
    """What is shown was logged before: the transaction has ended."""
    written = sent.get("custodian", "")
    custodian = int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0
    passphrase, reason = sent.get("passphrase", ""), sent.get("reason", "")[:2000]

    def job(book: Book) -> Mapping[str, str] | Withheld:
        now = room.house.clock()
        hand = look_up(book, number, visitor.actor, now)
        under = sealed_under(book, hand.case) or number
        return book.identities.open(under, custodian, passphrase, reason, visitor.actor, now)

    try:
        return await room.house.write(job)
    except Outrun:
        return await room.house.write(job)
