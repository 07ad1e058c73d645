"""How the API does an act: in one transaction; the case is given as it stands after it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from fastapi import Request
from sqlalchemy.exc import IntegrityError

from core.model.cases import Actor
from core.model.effects import Opened
from desk.acting import Decide, do
from desk.api.house import House
from desk.api.shown import CaseWhole, Done
from desk.api.views import whole
from desk.refused import outrun
from storage.book import Book
from storage.cases import Outrun
from storage.tokens import Held

T = TypeVar("T")
TRIES = 3
"""A number that was drawn before: another one is drawn."""


def read_serial(request: Request, asked: int | None) -> int | None:
    """The serial that the caller had read: from the body, else from If-Match."""
    if asked is not None:
        return asked
    mark = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    return int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 9 else None


async def act(
    house: House, held: Held, number: str, serial: int | None, language: str, decide: Decide
) -> Done:
    """Do it in one transaction, and give the case as it stands then: also when that has taken it out of
    their sight."""

    def job(book: Book) -> Done:
        now, actor = house.clock(), held.member.actor
        acted = do(book, number, actor, serial, now, decide)
        opened = next((one.case.number for one in acted.effects if isinstance(one, Opened)), None)
        return Done(case=as_it_stands(book, acted.case.number, actor, language, now), opened=opened)

    try:
        return await write(house, job)
    except Outrun:
        raise outrun() from None


async def write(house: House, job: Callable[[Book], T]) -> T:
    """Do the job, which may draw the number of a new case."""
    for _ in range(TRIES - 1):
        try:
            return await house.write(job)
        except IntegrityError:
            continue
    return await house.write(job)


def as_it_stands(book: Book, number: str, actor: Actor, language: str, now: datetime) -> CaseWhole:
    case = book.cases.get(number)
    procedure = book.procedures.get(case.procedure, case.version) if case else None
    assert case is not None
    assert procedure is not None
    return whole(book, case, procedure, actor, language, now)
