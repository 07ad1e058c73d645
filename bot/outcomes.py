"""What became of an errand, decided without a clock or chance, and how it is written down.

sent            the platform took every part
again           later, with a growing wait; eight tries, then parked
unknown         nobody knows whether it arrived: once more, then parked
never           parked at once, for a person to look at
too many        given back for as long as the platform asked; that was no try
withheld        their window on WhatsApp is closed: parked until they write
announced       a template knocked there; the words themselves wait until they write
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.channels.base import SendFailed
from storage.book import Book
from storage.outbox import Errand

TRIES = 8
FIRST_WAIT = 5.0
GROWTH = 3.0
LONGEST_WAIT = 30 * 60.0
"""5 s, 15 s, 45 s … half an hour: eight tries last about an hour and a half."""
SHORTEST_WAIT = 1.0
ACCOUNT_WAIT = 60.0
UNKNOWN = "unknown: "


@dataclass(frozen=True, slots=True)
class Sent:
    """All of it is with the platform; the last part's id stands for it in receipts."""

    errand: Errand
    provider_id: str
    parts_done: int


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of its parts are through, more follow, and the lease lasts until then."""

    errand: Errand
    parts_done: int
    provider_id: str
    """Of the last of them in this try; empty when there was none."""
    until: datetime


@dataclass(frozen=True, slots=True)
class Again:
    errand: Errand
    due: datetime
    reason: str
    parts_done: int


@dataclass(frozen=True, slots=True)
class Released:
    """Given back untried."""

    errand: Errand
    due: datetime
    parts_done: int


@dataclass(frozen=True, slots=True)
class Parked:
    errand: Errand
    reason: str
    parts_done: int


@dataclass(frozen=True, slots=True)
class Announced:
    """Its template is with the platform, its words are withheld."""

    errand: Errand
    provider_id: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """It waits until they write; this was written down when it was decided."""

    errand: Errand


Outcome = Sent | Progress | Again | Released | Parked | Announced | Withheld


def decide(errand: Errand, trouble: SendFailed, parts_done: int, now: datetime, chance: float) -> Outcome:
    """What to do about a failed send; `chance`, from 0 to 1, spreads those that failed together."""
    if trouble.alarm:
        return Released(errand, now + timedelta(seconds=ACCOUNT_WAIT), parts_done)
    match trouble.again:
        case "never":
            return Parked(errand, trouble.reason, parts_done)
        case "unknown":
            return _once_more(errand, trouble.reason, parts_done, now)
        case "later" if trouble.wait:
            wait = max(SHORTEST_WAIT, trouble.wait) + chance
            return Released(errand, now + timedelta(seconds=wait), parts_done)
        case "later":
            return _later(errand, trouble.reason, parts_done, now, chance)
        case _:
            assert_never(trouble.again)


def write_down(book: Book, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Those that were sent, nearly all of them, in one go."""
    for outcome in outcomes:
        if not isinstance(outcome, Sent):
            _write_down(book, outcome, now)
    sent = [one for one in outcomes if isinstance(one, Sent)]
    book.outbox.all_sent([(one.errand.id, one.provider_id, one.parts_done) for one in sent], now)


def _write_down(
    book: Book, outcome: Again | Released | Parked | Progress | Announced | Withheld, now: datetime
) -> None:
    errand = outcome.errand
    match outcome:
        case Again():
            _note_progress(book, outcome)
            book.outbox.again(errand.id, outcome.due, outcome.reason)
        case Released():
            _note_progress(book, outcome)
            book.outbox.release(errand.id, outcome.due)
        case Parked():
            _note_progress(book, outcome)
            book.outbox.park(errand.id, outcome.reason)
        case Progress(_, done, provider_id, until):
            book.outbox.go_on(errand.id, done, provider_id, now, until)
        case Announced(_, provider_id):
            book.window.withhold(errand.id, errand.address_id, provider_id, now)
        case Withheld():
            pass
        case _:
            assert_never(outcome)


def _note_progress(book: Book, outcome: Again | Released | Parked) -> None:
    if outcome.parts_done > outcome.errand.parts_done:
        book.outbox.progress(outcome.errand.id, outcome.parts_done)


def _once_more(errand: Errand, reason: str, parts_done: int, now: datetime) -> Outcome:
    """A reply must arrive, so it is worth a double; but not a third."""
    if errand.reason.startswith(UNKNOWN):
        return Parked(errand, "unknown", parts_done)
    return Again(errand, now + timedelta(seconds=FIRST_WAIT), UNKNOWN + reason, parts_done)


def _later(errand: Errand, reason: str, parts_done: int, now: datetime, chance: float) -> Outcome:
    if errand.attempts >= TRIES:
        return Parked(errand, reason, parts_done)
    # Once its arrival was in doubt it stays so: a failed try in between does not allow a second double.
    doubt = UNKNOWN if errand.reason.startswith(UNKNOWN) else ""
    wait = min(LONGEST_WAIT, FIRST_WAIT * GROWTH ** (errand.attempts - 1))
    return Again(errand, now + timedelta(seconds=wait * (0.5 + chance)), doubt + reason, parts_done)
