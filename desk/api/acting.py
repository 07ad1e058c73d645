"""How an act is done: the case read, the one who acts let in, decided by the rules, written down, once.

404: no such case for them. 409 outrun: it moved on since they read it. 409 refused: the rules say no, and why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from fastapi import Request
from sqlalchemy.exc import IntegrityError

from core.cases.acts import Act, Refusal
from core.cases.lifecycle import may_see
from core.cases.procedure import Procedure, Rulebook
from core.model.cases import Actor, Case
from core.model.effects import Opened
from desk.api.house import House
from desk.api.problems import Refused, unknown
from desk.api.shown import CaseWhole, Done
from desk.api.views import whole
from storage.book import Book
from storage.cases import Outrun
from storage.record import Origin, record
from storage.tokens import Held

T = TypeVar("T")
TRIES = 3
"""A number that was drawn before: another one is drawn."""


@dataclass(frozen=True, slots=True)
class InHand:
    """A case that somebody may see, and what is needed to decide about it."""

    case: Case
    procedure: Procedure
    rules: Rulebook
    actor: Actor
    now: datetime


Decide = Callable[[Book, InHand], Act]


def look_up(book: Book, number: str, actor: Actor, now: datetime) -> InHand:
    """The case with its notes; Refused as unknown when there is none for them."""
    case = book.cases.get(number)
    rules = book.procedures.rulebook()
    procedure = rules.get(case.procedure, case.version) if case else None
    if case is None or procedure is None or not may_see(actor, case, procedure):
        raise unknown()
    return InHand(case, procedure, rules, actor, now)


def read_serial(request: Request, asked: int | None) -> int | None:
    """The serial that the caller had read: from the body, else from If-Match."""
    if asked is not None:
        return asked
    mark = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    return int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 9 else None


async def act(
    house: House, held: Held, number: str, serial: int | None, language: str, decide: Decide
) -> Done:
    """Do it in one transaction, and give the case as it stands then."""

    def job(book: Book) -> Done:
        hand = look_up(book, number, held.member.actor, house.clock())
        if serial is not None and serial != hand.case.serial:
            raise Refused(409, "outrun")
        acted = decide(book, hand)
        if isinstance(acted, Refusal):
            raise Refused(409, "refused", acted.say)
        record(book, acted.effects, Origin.of_desk(hand.now))
        opened = next((one.case.number for one in acted.effects if isinstance(one, Opened)), None)
        return Done(case=_as_it_stands(book, hand, language), opened=opened)

    try:
        return await write(house, job)
    except Outrun:
        raise Refused(409, "outrun") from None


async def write(house: House, job: Callable[[Book], T]) -> T:
    """Do the job, which may draw the number of a new case."""
    for _ in range(TRIES - 1):
        try:
            return await house.write(job)
        except IntegrityError:
            continue
    return await house.write(job)


def _as_it_stands(book: Book, hand: InHand, language: str) -> CaseWhole:
    """Also when the act has taken it out of their sight: a move to another office, say."""
    case = book.cases.get(hand.case.number)
    assert case is not None
    return whole(book, case, hand.procedure, hand.actor, language, hand.now)
