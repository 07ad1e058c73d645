"""How it stands with a case, for whoever has its code: the act behind `POST /api/v1/status` and `/status`.

A wrong code, a case that is not there and too many tries get the same answer.
"""

import time

from fastapi import Request

from core.cases.status import status_words
from core.cases.tracking import code_in, is_mistyped
from desk.api.callers import caller, hidden
from desk.api.house import House
from desk.api.shown import StatusShown
from desk.refused import Refused
from storage.book import Book


async def follow(house: House, language: str, written: str, request: Request) -> StatusShown:
    """In the words of the chat; `Refused` with `mistyped` when the code cannot be right."""
    who, moment = caller(request), time.monotonic()
    if wait := house.asked_status.wait(who, moment):
        raise Refused(429, "often", wait=wait)
    house.asked_status.note(who, moment)
    if is_mistyped(written):
        raise Refused(404, "mistyped")
    owner = f"web:{hidden(who, house.store.keys.index_key)}"
    shown = await house.write(lambda book: _look(book, owner, written, house, language))
    if shown is None:
        raise Refused(404, "no_code")
    return shown


def _look(book: Book, owner: str, written: str, house: House, language: str) -> StatusShown | None:
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
