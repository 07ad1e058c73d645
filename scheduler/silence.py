"""Every evening the silence climbs: that of a kecamatan to its Panwascam at 17.00, that of a kab/kota to its
coordinators at 19.00, and with it those whom no reminder could reach.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from core.dialogue.coordinators.silent import evening
from core.elections.humane import may_write
from core.model.areas import Level
from core.model.people import Role
from core.model.zones import ZONES
from scheduler.reminders import short
from scheduler.ticker import Job
from storage.book import Book
from storage.mailing import PATIENT

NAME = "silence"
EVENINGS = ((Role.PANWASCAM, Level.DISTRICT, 17), (Role.KABKOTA, Level.REGENCY, 19))
"""Who is told of which areas, and at which hour of theirs."""


def silence() -> tuple[Job, ...]:
    return tuple(_job(zone, *evening) for zone in ZONES for evening in EVENINGS)


def _job(zone: str, role: Role, level: Level, hour: int) -> Job:
    telling = Telling(zone, role, level)
    trigger = CronTrigger(hour=hour, timezone=ZoneInfo(zone))
    return Job(f"{NAME}-{role.value}-{short(zone)}", trigger, telling.tell, telling.tell_late)


@dataclass(frozen=True, slots=True)
class Telling:
    zone: str
    role: Role
    level: Level

    def tell(self, book: Book, moment: datetime) -> str:
        return self.tell_late(book, moment, moment)

    def tell_late(self, book: Book, moment: datetime, now: datetime) -> str:
        """As it stands now. At night or on another day nobody is told any more: the next evening comes."""
        elections = book.elections.in_force()
        told = alone = 0
        is_today = self._day(moment) == self._day(now)
        for area in book.silent.areas(self.zone, self.level, now) if is_today else ():
            if may_write(elections, area, now):
                people = self._tell(book, area, now)
                told, alone = told + people, alone + (not people)
        return f"{told} told, {alone} areas without anybody"

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _tell(self, book: Book, area: str, now: datetime) -> int:
        """Everybody in charge of the area who can be reached; gives how many."""
        silent = book.silent.read(area, now)
        if silent is None or not silent.total:
            return 0
        people = book.people.several(book.people.in_charge({self.role}, [area]))
        ways = book.mailing.ways(people)
        for number, way in ways.items():
            reply = evening(silent, people[number].language or way.language)
            book.outbox.put(way.address_id, reply, now, topic=NAME, priority=PATIENT)
        return len(ways)
