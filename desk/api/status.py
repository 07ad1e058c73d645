"""`POST /status`: how it stands with a case, for whoever has its code; the one route without a token.

A wrong code, a case that is not there and too many tries get the same answer.
"""

import time

from fastapi import APIRouter, Request

from core.cases.status import status_words
from core.cases.tracking import code_in, is_mistyped
from desk.api.asked import StatusAsked
from desk.api.callers import caller, hidden
from desk.api.house import TheHouse, TheLanguage
from desk.api.problems import told
from desk.api.shown import StatusShown
from desk.refused import Refused
from storage.book import Book


def status_routes() -> APIRouter:
    router = APIRouter(tags=["status"])
    router.add_api_route("/status", tell_status, methods=["POST"], responses=told(400, 404, 413, 429))
    return router


async def tell_status(
    house: TheHouse, language: TheLanguage, asked: StatusAsked, request: Request
) -> StatusShown:
    """How it stands, in the words of the chat; a 404 says in its `title` when the code was mistyped."""
    who, moment = caller(request), time.monotonic()
    if wait := house.asked_status.wait(who, moment):
        raise Refused(429, "often", wait=wait)
    house.asked_status.note(who, moment)
    if is_mistyped(asked.code):
        raise Refused(404, "mistyped")
    owner = f"web:{hidden(who, house.store.keys.index_key)}"
    shown = await house.write(lambda book: _look(book, owner, asked.code, house, language))
    if shown is None:
        raise Refused(404, "no_code")
    return shown


def _look(book: Book, owner: str, written: str, house: TheHouse, language: str) -> StatusShown | None:
    """The wrong try is noted in the same transaction: it must not raise."""
    now = house.clock()
    if book.attempts.standing(owner, now) == "wait":
        return None
    case = book.cases.by_code(code_in(written)) if code_in(written) else None
    procedure = book.procedures.get(case.procedure, case.version) if case else None
    if case is None or procedure is None:
        book.attempts.note(owner, now)
        return None
    return StatusShown(status=status_words(case, procedure, language, now), awaits=case.awaits)
