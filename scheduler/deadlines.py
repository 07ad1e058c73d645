"""Every ten minutes: whose clock is near its end or past it is told of, once each; the rules say to whom."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger

from core.cases.lifecycle import Acted, run_out
from core.cases.procedure import Rulebook
from scheduler.ticker import Job
from storage.book import Book
from storage.cases import Outrun
from storage.keys import SealBroken
from storage.record import Origin, record

log = structlog.get_logger(__name__)

NAME = "deadlines"
MINUTES = 10
LOOKED_AT = 200
MOST = 200
"""Cases told of at one moment; the others are next: nobody else can write while this goes on."""


def deadlines() -> Job:
    return Job(NAME, CronTrigger(minute=f"*/{MINUTES}", timezone=UTC), Deadlines().watch)


@dataclass(frozen=True, slots=True)
class Deadlines:
    most: int = MOST

    def watch(self, book: Book, moment: datetime) -> str:
        """Tell of all that is near or past, and say of how many cases it was."""
        rules = book.procedures.rulebook()
        near, told, after = moment + _longest_warning(book, rules), 0, ""
        while told < self.most and (numbers := book.cases.running_out(moment, near, LOOKED_AT, after)):
            for number in numbers:
                told += _tell(book, rules, number, moment)
                if told == self.most:
                    break
            after = numbers[-1]
        return f"{told} told"


def _tell(book: Book, rules: Rulebook, number: str, moment: datetime) -> bool:
    """False when there was nothing to tell, or the case cannot be read: that must not silence the others."""
    try:
        acted = _decide(book, rules, number, moment)
        if acted is None:
            return False
        record(book, acted.effects, Origin.silent(moment))
    except Outrun:
        return False  # somebody is at it just now: the next moment sees what they made of it
    except SealBroken:
        log.error("case unreadable", case=number)
        return False
    return True


def _decide(book: Book, rules: Rulebook, number: str, moment: datetime) -> Acted | None:
    case = book.cases.get(number, notes=False)
    procedure = rules.get(case.procedure, case.version) if case else None
    acted = run_out(case, procedure, moment) if case and procedure else None
    return acted if isinstance(acted, Acted) else None


def _longest_warning(book: Book, rules: Rulebook) -> timedelta:
    """How long before its end a clock may have to be told of."""
    known = (rules.get(one.name, one.version) for one in book.procedures.versions())
    days = (term.warn_days for procedure in known if procedure for term in procedure.terms)
    return timedelta(days=max(days, default=1))
