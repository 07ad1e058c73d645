"""Each morning, on Sundays not: who left a report lying half filled is asked, once, whether to go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from bot.forms import FormShelf
from core.dialogue.filling.reminding import remind, waiting
from core.dialogue.session import Session, from_json
from core.elections.election import Election
from core.elections.humane import may_write
from core.forms.filling import Filling
from core.model.messages import Channel
from core.model.people import Person
from scheduler.ticker import Job
from storage.book import Book
from storage.mailing import PATIENT

NAME = "unfinished"
HOUR = 8
QUIET = timedelta(days=2)
FORGOTTEN = timedelta(days=30)
"""What has lain longer is let be: nobody is asked about last month's election."""
REACHABLE = frozenset({Channel.TELEGRAM, Channel.SMS, Channel.WEBCHAT})
"""WhatsApp takes no free text from us a day after the last word of theirs; a terminal is never written to."""


def unfinished(shelf: FormShelf, zone: str, language: str) -> Job:
    trigger = CronTrigger(hour=HOUR, timezone=ZoneInfo(zone))
    asking = Unfinished(shelf, ZoneInfo(zone), language)
    return Job(NAME, trigger, asking.remind, asking.remind_late)


@dataclass(frozen=True, slots=True)
class Unfinished:
    shelf: FormShelf
    zone: ZoneInfo
    language: str

    def remind(self, book: Book, moment: datetime) -> str:
        return self.remind_late(book, moment, moment)

    def remind_late(self, book: Book, moment: datetime, now: datetime) -> str:
        """Ask everybody whose conversation has been quiet so long, and say how many were asked. Who may not
        be written to now is asked on another morning."""
        asked, elections = 0, book.elections.in_force()
        for owner, state in book.sessions.quiet(moment - FORGOTTEN, moment - QUIET):
            person = _person(book, owner)
            if person and _may_be_asked(person, elections, now):
                asked += self._ask(book, person, from_json(state), now)
        return f"{asked} asked"

    def _ask(self, book: Book, person: Person, session: Session, moment: datetime) -> bool:
        """True when there was something to ask about, nobody had asked, and there was a way to ask."""
        fillings = waiting(session, person)
        address_id = _reach(book, person) if fillings else None
        if address_id is None:
            return False
        fresh = [filling for filling in fillings if _is_first(book, person, filling, moment)]
        plan = self.shelf.catalogue(book).get(fresh[0].form, fresh[0].version) if fresh else None
        if plan is None:
            return False
        language = person.language or session.language or self.language
        reply = remind(fresh[0], plan, language, moment.astimezone(self.zone))
        book.outbox.put(address_id, reply, moment, topic=NAME, priority=PATIENT)
        return True


def _may_be_asked(person: Person, elections: Sequence[Election], now: datetime) -> bool:
    """By the clocks of their post; nobody without one has a report to go on with."""
    return bool(person.posts) and may_write(elections, person.posts[0].area, now)


def _person(book: Book, owner: str) -> Person | None:
    kind, _, number = owner.partition(":")
    return book.people.get(int(number)) if kind == "person" else None


def _reach(book: Book, person: Person) -> int | None:
    """Where they last wrote from, of the places where we may write first."""
    there = (met.id for met in book.addresses.of_person(person.id) if met.address.channel in REACHABLE)
    return next(there, None)


def _is_first(book: Book, person: Person, filling: Filling, moment: datetime) -> bool:
    """Once a filling: that it was asked about is a row of the timetable too, under the filling's own name."""
    return book.ticks.take(f"{NAME} {person.id} {filling.id}", filling.started_at, moment)
