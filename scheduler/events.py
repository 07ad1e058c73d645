"""At 16.00 on the day before a campaign event whoever has to be there is told of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from core.dialogue.reminders.coming import notice
from core.elections.election import Election
from core.elections.humane import next_chance
from core.elections.owed import Owed
from core.model.people import Role
from core.model.zones import ZONES, zone_of
from scheduler.reminders import short
from scheduler.ticker import Job
from storage.book import Book
from storage.coming import coming
from storage.mailing import PATIENT

NAME = "events"
HOUR = 16
ABOVE = frozenset({Role.PANWASCAM})
"""Told as well, where they do not owe the report themselves."""


def events() -> tuple[Job, ...]:
    return tuple(map(_job, ZONES))


def _job(zone: str) -> Job:
    trigger = CronTrigger(hour=HOUR, timezone=ZoneInfo(zone))
    telling = Telling(zone)
    return Job(f"{NAME}-{short(zone)}", trigger, telling.tell, telling.tell_late)


@dataclass(frozen=True, slots=True)
class Telling:
    zone: str

    def tell(self, book: Book, moment: datetime) -> str:
        return self.tell_late(book, moment, moment)

    def tell_late(self, book: Book, moment: datetime, now: datetime) -> str:
        """Of all that begins on the day after, unless it has begun meanwhile."""
        elections = book.elections.in_force()
        first = self._midnight(moment)
        found = coming(book, elections, first, first + timedelta(days=1), ABOVE)
        mine = [
            (person, owed, owes)
            for person, owed, owes in found
            if zone_of(owed.post.area) == self.zone and owed.period > now
        ]
        told = sum(_tell(book, person, owed, elections, now) for person, owed in _by_person(mine).items())
        return f"{told} told, {len(_by_person(mine)) - told} unreachable"

    def _midnight(self, moment: datetime) -> datetime:
        tomorrow = moment.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time.min, ZoneInfo(self.zone)).astimezone(UTC)


def _by_person(found: Sequence[tuple[int, Owed, bool]]) -> Mapping[int, list[tuple[Owed, bool]]]:
    grouped: dict[int, list[tuple[Owed, bool]]] = defaultdict(list)
    for person, owed, owes in found:
        grouped[person].append((owed, owes))
    return grouped


def _tell(
    book: Book, number: int, coming: Sequence[tuple[Owed, bool]], elections: Sequence[Election], now: datetime
) -> bool:
    person, way = book.people.get(number), book.mailing.ways([number]).get(number)
    if person is None or way is None:
        return False
    owed = [one for one, _ in coming]
    reply = notice(owed, person.language or way.language, owes=any(owes for _, owes in coming))
    due = next_chance(elections, owed[0].post.area, now)
    book.outbox.put(way.address_id, reply, now, due, topic=NAME, priority=PATIENT)
    return True
