"""Five supervisors and three coordinators of an election, what they hear, and how they take it.

rajin     files at noon, before anybody asks
sigap     files at five on the day that it is due: asked by then, but the message has not gone out
biasa     files once asked
lambat    files once asked after it was due
diam      never files
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.elections.reading import parse_election
from core.model.messages import Address, Channel, Incoming
from core.model.people import Role
from lapordesk.app import Works, build
from lapordesk.workbooks import BUNDLED
from storage.book import Book
from storage.duties import publish_election
from storage.store import Store
from storage.tables import outbox, tick
from tests.chaos.clockwork import settings_for
from tests.conversations.stage import Clock, settle_in

ELECTION = BUNDLED / "elections" / "pilkada-2024.toml"
WITA = ZoneInfo("Asia/Makassar")
NOON, FIVE, SEVEN = time(12), time(17, 5), time(19, 5)
BEGINS, ENDS, VOTING = date(2024, 9, 25), date(2024, 11, 23), date(2024, 11, 27)
"""The campaign, both included; the three days after it are quiet."""
VILLAGES = {
    "rajin": "64.72.03.1005",
    "sigap": "64.72.03.1006",
    "biasa": "64.72.03.1004",
    "lambat": "64.72.03.1001",
    "diam": "64.72.03.1002",
}
COORDINATORS = {Role.PANWASCAM: "64.72.03", Role.KABKOTA: "64.72", Role.PROVINSI: "64"}


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What somebody found in their chat; `says` is what of it the test looks at."""

    local: datetime
    who: str
    topic: str
    says: str = ""


@dataclass
class Election:
    works: Works
    clock: Clock
    people: dict[str, int]
    chats: dict[int, str]
    """By the id of their address."""
    heard: list[Message] = field(default_factory=list)
    answered: list[Message] = field(default_factory=list)
    """What has to come back at once to those who filed."""
    taps: Iterator[int] = field(default_factory=count)

    @property
    def local(self) -> datetime:
        return self.clock().astimezone(WITA)

    async def before_the_post(self) -> None:
        """Who files by themselves."""
        day = self.local.date()
        if self.local.time() == NOON and (_is_quiet(day) or (day.weekday() == 5 and _is_campaign(day))):
            await self._file("rajin")
        if self.local.time() == FIVE and is_due(day):
            await self._file("sigap")

    def deliver(self) -> list[Message]:
        """What has become due arrives; that is the only way in which anybody hears of anything."""
        with self.works.store.begin() as book:
            errands = book.outbox.claim(self.clock(), 60.0, 1000, "post")
            asked = select(outbox.c.id, outbox.c.topic).where(outbox.c.id.in_([one.id for one in errands]))
            topics = {row.id: row.topic for row in book.connection.execute(asked)}
            book.outbox.all_sent([(one.id, f"sent-{one.id}", 1) for one in errands], self.clock())
        arrived = [
            Message(self.local, self.chats[one.address_id], topics[one.id], _gist(one.reply.text))
            for one in errands
        ]
        self.heard += arrived
        return arrived

    async def react(self, arrived: list[Message]) -> None:
        """Who was asked answers, as it is in them."""
        for message in arrived:
            is_late = not (self.local.time() == FIVE and is_due(self.local.date()))
            if message.topic == "owed" and (message.who == "biasa" or (message.who == "lambat" and is_late)):
                await self._file(message.who)

    async def _file(self, who: str) -> None:
        """One tap: nothing to report."""
        with self.works.store.reading() as book:
            person = book.people.get(self.people[who])
        assert person is not None
        address = Address(Channel.TELEGRAM, "1001", who)
        key = f"p:lhp:{person.posts[0].id}:nihil"
        tap = Incoming(f"tap-{next(self.taps)}", address, self.clock(), choice=key)
        await self.works.turns.hear(tap, b"{}")
        self.answered.append(Message(self.local, who, ""))

    def unsaid(self) -> Counter[tuple[str, str, str]]:
        """Whose message never went out, under which topic, and what became of it."""
        query = select(outbox.c.address_id, outbox.c.topic, outbox.c.state).where(outbox.c.state != "sent")
        with self.works.store.reading() as book:
            rows = book.connection.execute(query).all()
        return Counter((self.chats[row.address_id], row.topic, row.state) for row in rows)

    def troubles(self) -> list[tuple[str, datetime, str]]:
        """Moments of the timetable that failed, or that nobody ended."""
        with self.works.store.reading() as book:
            rows = book.connection.execute(select(tick)).all()
        return [
            (row.job, row.scheduled_for, row.outcome)
            for row in rows
            if not row.job.startswith("unfinished ") and ("failed" in row.outcome or not row.is_over)
        ]


def settle(store: Store, clock: Clock) -> Election:
    """The province, the forms, the election; each of the eight has a chat, all other posts are vacant."""
    settle_in(store, clock())
    people, chats = {}, {}
    with store.begin() as book:
        for person in list(book.people.every()):
            for post in person.posts:
                book.people.vacate(post.id, clock())
        for name, village in VILLAGES.items():
            people[name] = _appoint(book, name, Role.PKD, village, clock())
        for role, area in COORDINATORS.items():
            people[role.value] = _appoint(book, role.value, role, area, clock())
        for name, number in people.items():
            met = book.addresses.meet(Address(Channel.TELEGRAM, "1001", name), clock())
            book.addresses.link(met.id, number)
            chats[met.id] = name
        source = ELECTION.read_text(encoding="utf-8")
        publish_election(book, source, parse_election(source), clock())
    works = build(settings_for(store.url, Path("unused")), store, clock)
    return Election(works, clock, people, chats)


def _appoint(book: Book, name: str, role: Role, area: str, now: datetime) -> int:
    person = book.people.save(f"{name} Contoh", None, now)
    book.people.assign(person, role, area, now)
    return person


def _gist(text: str) -> str:
    """Of a list the number of the silent, of a digest whether it comes late."""
    if text.startswith("Belum lapor di "):
        return text.partition(": ")[2].split()[0]
    return "late" if "Disusun menyusul" in text else ""


def is_due(day: date) -> bool:
    """On Sundays, on the campaign's last day, on each quiet day."""
    return (_is_campaign(day) and day.weekday() == 6) or day == ENDS or _is_quiet(day)


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, WITA).astimezone(UTC)


def _is_campaign(day: date) -> bool:
    return BEGINS <= day <= ENDS


def _is_quiet(day: date) -> bool:
    return ENDS < day < VOTING


def days(first: date, many: int) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(many))
