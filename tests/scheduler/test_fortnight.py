"""A fortnight of a small country: 200 posts, three clocks of which one drops out each day, real reports.

Whom a reminder has to reach is worked out beside the program, hour by hour, from who owes what. It reaches
exactly those, once before the time and once after it, on both engines.
"""

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.model.effects import Filed, Postponed
from core.model.messages import Channel
from core.model.people import Role
from scheduler.periods import periods
from scheduler.reminders import reminders
from scheduler.silence import NAME as SILENCE
from scheduler.silence import silence
from scheduler.ticker import Ticker
from storage.book import Book
from storage.keys import Keys
from storage.record import Origin, record
from storage.store import Store
from tests.core.elections.samples import duty
from tests.storage.duties import PONTIANAK, SIDODADI, enact, hire, settle
from tests.storage.reachable import phone_of, said, send_all
from tests.storage.samples import CHAT, filed

POSTS = 200
FIRST, DAYS = date(2024, 11, 14), 14
"""Thursday to voting day: a Sunday of the campaign, the Sunday of the quiet period, voting."""
ZONES = {"64": ZoneInfo("Asia/Makassar"), "61": ZoneInfo("Asia/Jakarta")}
QUIET = {date(2024, 11, day) for day in (24, 25, 26, 27)}


@dataclass
class Owes:
    """One expected report, as the test keeps it."""

    post: int
    due: datetime
    zone: ZoneInfo
    asked: int = 0
    told: bool = False
    waits: datetime | None = None

    def is_spoken_of(self, now: datetime) -> bool:
        is_time = self.due - timedelta(hours=3) <= now < self.due + timedelta(days=3)
        return is_time and not self.told and not (self.waits and now < self.waits)


@dataclass
class Country:
    stores: list[Store]
    chance: random.Random
    holders: dict[int, int] = field(default_factory=dict)
    """Post to person; a vacant one is not in it."""
    mute: set[int] = field(default_factory=set)
    """People who never wrote to us."""
    owes: dict[tuple[int, date], Owes] = field(default_factory=dict)
    wanted: list[tuple[datetime, int]] = field(default_factory=list)
    number: int = 0
    now: datetime = datetime(2024, 11, 14, tzinfo=UTC)

    def settle(self) -> None:
        with self.stores[0].begin() as book:
            settle(book)
            for number in range(1, POSTS + 1):
                village = SIDODADI if number <= POSTS // 2 else PONTIANAK
                post = hire(book, number, village, tps=(number - 1) % (POSTS // 2) + 1)
                if number % 40 == 0:
                    book.people.vacate(post, at(FIRST, time(1), ZONES["64"]))
                    continue
                self.holders[post] = number
                if number % 33 == 0:
                    self.mute.add(number)
                else:
                    phone_of(book, post)
            phone_of(book, hire(book, POSTS + 1, "64.72.03", role=Role.PANWASCAM))
            duties = (
                duty("kampanye", "daily", "kampanye", due=time(20)),
                duty("tenang", "daily", "masa-tenang", due=time(18)),
                duty("pungut", "once", "pungut-hitung", due=time(15)),
            )
            enact(book, *duties, areas=frozenset(), now=at(FIRST, time(1), ZONES["64"]))

    def open(self, day: date) -> None:
        due = time(15) if day == date(2024, 11, 27) else time(18) if day in QUIET else time(20)
        for post in self.holders:
            zone = ZONES["64" if post <= POSTS // 2 else "61"]
            self.owes[post, day] = Owes(post, at(day, due, zone), zone)

    def expect(self, now: datetime) -> None:
        """Whom the hour has to reach."""
        for zone in ZONES.values():
            if self.may_write(now, zone):
                self._expect(now, zone)

    def _expect(self, now: datetime, zone: ZoneInfo) -> None:
        for post, person in self.holders.items():
            mine = [
                one
                for one in self.owes.values()
                if one.post == post and one.zone == zone and one.is_spoken_of(now)
            ]
            if any(one.asked < (2 if one.due <= now else 1) for one in mine):
                for one in mine:
                    one.asked = 2 if one.due <= now else 1
                if person not in self.mute:
                    self.wanted.append((now, person))

    @staticmethod
    def may_write(now: datetime, zone: ZoneInfo) -> bool:
        local = now.astimezone(zone)
        from_hour = 12 if local.weekday() == 6 and local.date() not in QUIET else 8
        return from_hour <= local.hour < 20

    def report(self, now: datetime) -> None:
        """Some tell, some want tomorrow; most who were asked tell sooner."""
        with self.stores[self.number % 3].begin() as book:
            for one in list(self.owes.values()):
                begun = at(one.due.astimezone(one.zone).date(), time(6), one.zone)
                if one.told or now < begun or now > one.due + timedelta(days=1):
                    continue
                draw = self.chance.random()
                if draw < (0.08 if one.asked else 0.03):
                    self._tell(book, one, now)
                elif one.asked and draw > 0.985 and self.holders[one.post] not in self.mute:
                    self._postpone(book, one, now)

    def _tell(self, book: Book, one: Owes, now: datetime) -> None:
        """The ledger closes what is due next, else what was due last."""
        mine = [o for o in self.owes.values() if o.post == one.post and not o.told and _has_begun(o, now)]
        ahead = [o for o in mine if o.due >= now]
        closed = min(ahead, key=lambda o: o.due) if ahead else max(mine, key=lambda o: o.due)
        closed.told = True
        self.number += 1
        report = filed(f"P-{self.number}", self.holders[one.post], one.post, now)
        self._do(book, Filed(report), one.post, now)

    def _postpone(self, book: Book, one: Owes, now: datetime) -> None:
        tomorrow = now.astimezone(one.zone).date() + timedelta(days=1)
        until = at(tomorrow, time(8), one.zone)
        if not self.may_write(until, one.zone):
            until = at(tomorrow, time(12), one.zone)
        for other in self.owes.values():
            if other.post == one.post and not other.told and _has_begun(other, now):
                other.waits, other.asked = until, 0
        self._do(book, Postponed((one.post,), until), one.post, now)

    def _do(self, book: Book, effect: Filed | Postponed, post: int, now: datetime) -> None:
        met = book.addresses.meet(CHAT, now)
        record(book, [effect], Origin(met.id, self.holders[post], Channel.TELEGRAM, None, now))


def at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _has_begun(one: Owes, now: datetime) -> bool:
    return at(one.due.astimezone(one.zone).date(), time(6), one.zone) <= now


@pytest.fixture
def country(database_url: str, keys: Keys) -> Iterator[Country]:
    with ExitStack() as closing:
        stores = [Store(database_url, keys, pool=2) for _ in range(3)]
        for one in stores:
            closing.callback(one.close)
        made = Country(stores, random.Random(20241127))
        made.settle()
        yield made


async def test_every_reminder_exactly_once_to_exactly_the_right_people(country: Country) -> None:
    sent: list[tuple[datetime, int]] = []
    clocks: list[Ticker] = []
    for hour in range(DAYS * 24):
        now = at(FIRST, time(0), ZONES["64"]) + timedelta(hours=hour)
        country.now = now
        if hour % 24 == 6:
            country.open(now.astimezone(ZONES["64"]).date())
        if hour % 24 == 0:
            clocks = _clocks(country, without=hour // 24 % 3)
        await asyncio.gather(*(clock.look() for clock in clocks))
        country.expect(now)
        with country.stores[0].begin() as book:
            # What goes out at once; whoever reports in the meantime is in the next hour's.
            sent += [(now, person) for person in send_all(book, now) if person <= POSTS]
        country.report(now + timedelta(minutes=30))
    assert len(country.wanted) > 1000
    assert sorted(sent) == sorted(country.wanted)
    _nobody_at_night(sent, country)
    with country.stores[0].reading() as book:
        evenings = [reply for person, reply in said(book, SILENCE) if person == POSTS + 1]
    assert 8 <= len(evenings) <= DAYS
    assert not [one for one in country.owes.values() if one.post not in country.holders]


def _clocks(country: Country, without: int) -> list[Ticker]:
    """Three clocks begin the day, one of them has died."""
    jobs = (periods(), *reminders(), *silence())
    there = [store for number, store in enumerate(country.stores) if number != without]
    return [Ticker(store, jobs, lambda: country.now) for store in there]


def _nobody_at_night(sent: list[tuple[datetime, int]], country: Country) -> None:
    post_of = {person: post for post, person in country.holders.items()}
    for moment, person in sent:
        zone = ZONES["64" if post_of[person] <= POSTS // 2 else "61"]
        assert country.may_write(moment, zone)
