"""Every hour, in each time zone: who owes something is asked for it, once before it is due and once after.

16.00  500 asked ─ commit ─ 500 asked ─ commit ─ 31 asked ─ commit, the moment is over
20.00  what has not gone out yet waits for the morning

A part holds up a report that comes in meanwhile for as long as it takes, a third of a second. Whoever was
asked is noted in the ledger in the same transaction: nobody is asked twice, whoever dies and wherever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from core.elections.election import Election
from core.elections.humane import EVERYWHERE, next_opening, open_areas
from core.model.zones import ZONES
from scheduler.ticker import Came, Job, More
from storage.book import Book
from storage.reminding import PAGE, Reminded, remind_some

NAME = "reminders"


def reminders() -> tuple[Job, ...]:
    return tuple(map(_job, ZONES))


def name_of(zone: str) -> str:
    """reminders-makassar"""
    return f"{NAME}-{short(zone)}"


def short(zone: str) -> str:
    """How a zone is called in the name of a job."""
    return zone.rpartition("/")[2].lower()


def _job(zone: str) -> Job:
    asking = Asking(zone)
    return Job(name_of(zone), CronTrigger(minute=0, timezone=ZoneInfo(zone)), asking.ask, asking.ask_late)


@dataclass(frozen=True, slots=True)
class Asking:
    """The reminders of one zone."""

    zone: str
    page: int = PAGE

    def ask(self, book: Book, moment: datetime) -> Came:
        return self.ask_late(book, moment, moment)

    def ask_late(self, book: Book, moment: datetime, now: datetime) -> Came:
        """Who had to be asked at that moment and owes it still; they read it at the next good hour."""
        elections = book.elections.in_force()
        here = open_areas(elections, moment, self.zone)
        held = self._hold(book, elections, here, now) if here != EVERYWHERE else 0
        asked = remind_some(book, self.zone, here, moment, now, self.page) if here else Reminded()
        came = told(asked) + (f", {held} held" if held else "")
        return More(came) if asked.people else came

    def _hold(self, book: Book, elections: Sequence[Election], here: frozenset[str], now: datetime) -> int:
        """Most wait for the morning; on a Sunday that not all work those for the others wait for noon."""
        opening, usual = (next_opening(some, now, self.zone) for some in (elections, ()))
        then = open_areas(elections, opening, self.zone)
        held = book.mailing.hold(self.zone, then, usual) if then != EVERYWHERE else 0
        return held + (0 if here else book.mailing.hold(self.zone, here, opening))


def told(asked: Reminded) -> str:
    """In counts."""
    return f"{asked.reminded} reminded, {asked.reports} reports, {asked.unreachable} unreachable"
