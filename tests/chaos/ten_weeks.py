"""Ten weeks of an election with three clock processes, one of them killed each day: everybody is written to
exactly as often as they should be, at humane hours, and whoever has reported is left in peace.

    rajin     files on Friday, before anybody asks
    biasa     files once asked, before it is due
    lambat    files once asked again, after it was due
    diam      never files
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import sleep as wait
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.elections.reading import parse_election
from core.model.messages import Address, Channel, Incoming
from core.model.people import Role
from lapordesk.app import Works, build
from storage.duties import publish_election
from storage.keys import Keys
from storage.store import Store
from storage.tables import outbox
from tests.chaos.clockwork import settings_for
from tests.conversations.stage import Clock, settle_in

HOUSE = Path(__file__).parents[2]
ELECTION = HOUSE / "lapordesk" / "bundled" / "elections" / "pilkada-2024.toml"
WITA = ZoneInfo("Asia/Makassar")
FIRST, WEEKS = date(2024, 9, 23), 10
"""A Monday; the campaign begins on the Wednesday, voting is on the Wednesday of the last week."""
HOURS = (time(3), time(7), time(12), time(17, 5), time(19, 5))
VILLAGES = {
    "rajin": "64.72.03.1005",
    "biasa": "64.72.03.1004",
    "lambat": "64.72.03.1001",
    "diam": "64.72.03.1002",
}
COORDINATORS = {Role.PANWASCAM: "64.72.03", Role.KABKOTA: "64.72", Role.PROVINSI: "64"}


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody found in their chat."""

    at: datetime
    who: str
    topic: str
    text: str

    @property
    def local(self) -> datetime:
        return self.at.astimezone(WITA)


@dataclass
class Clockwork:
    """One of the clocks: a process that is killed again and again, and a warm one that replaces it."""

    process: subprocess.Popen[str]
    clock: int = 0

    def tell(self, number: int, moment: datetime) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number} {moment.isoformat()}\n")
        self.process.stdin.flush()

    def kill(self, patience: float) -> None:
        wait(patience)
        os.kill(self.clock, signal.SIGKILL)

    def hear(self, wanted: str) -> None:
        """Until it says so: "done 17" of that moment, or "clock" of another that took over."""
        said = ""
        while not said.startswith(wanted):
            assert self.process.stdout is not None
            said = self.process.stdout.readline()
            assert said, "a clock fell over by itself"
        if wanted == "clock":
            self.clock = int(said.split()[1])


@dataclass
class Clockworks:
    """Three of them."""

    running: list[Clockwork]

    told: int = 0

    def tell(self, moment: datetime, victim: int | None, patience: float) -> None:
        """All are told the time at once; the victim is killed at it, and who takes its place is told too."""
        self.told += 1
        for one in self.running:
            one.tell(self.told, moment)
        if victim is not None:
            unlucky = self.running[victim]
            unlucky.kill(patience)
            unlucky.hear("clock")
            unlucky.tell(self.told, moment)
        for one in self.running:
            one.hear(f"done {self.told}\n")


@contextmanager
def clockworks(*arguments: str) -> Iterator[Clockworks]:
    command = [sys.executable, "-m", "tests.chaos.clockwork", *arguments]
    with ExitStack() as closing:
        running = []
        for _ in range(3):
            process = closing.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE)
            )
            running.append(Clockwork(process))
        for one in running:
            one.hear("clock")
        yield Clockworks(running)


@dataclass
class Election:
    works: Works
    clock: Clock
    people: dict[int, str]
    """By id, how they are called here."""
    chats: dict[int, str]
    """By the id of their address."""
    heard: list[Message] = field(default_factory=list)
    tapped: "Iterator[int]" = field(default_factory=lambda: iter(range(10**6)))

    def deliver(self) -> list[Message]:
        """What has become due arrives; that is the only way in which anybody hears of anything."""
        now = self.clock()
        with self.works.store.begin() as book:
            errands = book.outbox.claim(now, 60.0, 1000, "post")
            topics = dict(
                book.connection.execute(
                    select(outbox.c.id, outbox.c.topic).where(outbox.c.id.in_([one.id for one in errands]))
                ).all()
            )
            for one in errands:
                book.outbox.sent(one.id, f"sent-{one.id}", 1, now)
        arrived = [
            Message(now, self.chats[one.address_id], topics[one.id], one.reply.text) for one in errands
        ]
        self.heard += arrived
        return arrived

    async def file_nihil(self, who: str, form: str) -> None:
        """One tap: nothing to report."""
        number = next(one for one, name in self.people.items() if name == who)
        with self.works.store.reading() as book:
            person = book.people.get(number)
        assert person is not None
        address = Address(Channel.TELEGRAM, "1001", who)
        key = f"p:{form}:{person.posts[0].id}:nihil"
        incoming = Incoming(f"tap-{next(self.tapped)}", address, self.clock(), choice=key)
        await self.works.turns.hear(incoming, b"{}")


def settle(store: Store, clock: Clock) -> Election:
    """The province, the forms, the election; four supervisors and three coordinators, each with a chat."""
    settle_in(store, clock())
    people, chats = {}, {}
    with store.begin() as book:
        for person in list(book.people.every()):
            for post in person.posts:
                book.people.vacate(post.id, clock())
        for name, village in VILLAGES.items():
            people[_appoint(book, name, Role.PKD, village, clock())] = name
        for role, area in COORDINATORS.items():
            people[_appoint(book, role.value, role, area, clock())] = role.value
        for number, name in people.items():
            met = book.addresses.meet(Address(Channel.TELEGRAM, "1001", name), clock())
            book.addresses.link(met.id, number)
            chats[met.id] = name
        source = ELECTION.read_text(encoding="utf-8")
        publish_election(book, source, parse_election(source), clock())
    works = build(settings_for(store.url, Path("unused")), store, clock)
    return Election(works, clock, people, chats)


def _appoint(book, name: str, role: Role, area: str, now: datetime) -> int:  # type: ignore[no-untyped-def]
    number = sum(map(ord, name)) * 1000 + len(name)
    person = book.people.save(f"{name} Contoh", f"+62800{number:07}", now)
    book.people.assign(person, role, area, now)
    return int(person)


@pytest.fixture
def key_file(keys: Keys, tmp_path: Path) -> Path:
    keys.save(tmp_path / "keys")
    return tmp_path / "keys"


def test_everybody_is_written_to_as_they_should_be(
    store: Store, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clock = Clock(_at(FIRST - timedelta(days=1), time(12)))
    election = settle(store, clock)
    chance = random.Random(27_11_2024)
    with clockworks(store.url, str(key_file), str(tmp_path)) as clocks, asyncio.Runner() as runner:
        for day in (FIRST + timedelta(days=n) for n in range(7 * WEEKS)):
            unlucky = chance.choice(HOURS)
            for hour in HOURS:
                clock.now = _at(day, hour)
                victim = chance.randrange(3) if hour == unlucky else None
                clocks.tell(clock.now, victim, chance.uniform(0.0, 0.1))
                runner.run(react(election, election.deliver()))
    check_hours(election.heard)
    check_reminders(election.heard)
    check_mondays(election.heard)


async def react(election: Election, arrived: list[Message]) -> None:
    """Each as it is in them; an answer of ours may follow, and is read."""
    now = election.clock().astimezone(WITA)
    if now.weekday() == 4 and now.hour == 12 and _campaign(now.date()):
        await election.file_nihil("rajin", "lhp")
    if now.hour == 7 and _quiet(now.date()):
        await election.file_nihil("rajin", "lhp")
    for message in arrived:
        if message.topic != "owed":
            continue
        asked = sum(1 for one in election.heard if (one.who, one.topic) == (message.who, "owed"))
        if message.who == "biasa" or (message.who == "lambat" and asked % 2 == 0):
            await election.file_nihil(message.who, "lhp")
    election.deliver()


def check_hours(heard: list[Message]) -> None:
    """Nobody is written to unasked by night or on a Sunday morning, but for the Monday desk at seven."""
    for message in heard:
        if message.topic in ("owed", "silence"):
            assert 8 <= message.local.hour < 20, message
            assert message.local.weekday() != 6 or message.local.hour >= 12 or _quiet(message.local.date())
        if message.topic == "digest":
            assert (message.local.weekday(), message.local.hour) == (0, 7), message


def check_reminders(heard: list[Message]) -> None:
    """A weekly report in each of the campaign's eight and a half weeks, one on each of three quiet days."""
    sundays = [
        FIRST + timedelta(days=6 + 7 * n)
        for n in range(WEEKS)
        if _campaign(FIRST + timedelta(days=6 + 7 * n))
    ]
    weeks, quiet = len(sundays) + 1, 3  # the last week of the campaign ends on a Saturday
    asked = Counter(message.who for message in heard if message.topic == "owed")
    assert asked["rajin"] == 0
    assert asked["biasa"] == weeks + quiet
    assert asked["diam"] == 2 * (weeks + quiet)
    # Asked on Monday for Sunday's report, "lambat" files: that stands for Monday's, which is due next.
    assert asked["lambat"] == 2 * (weeks + quiet) - 2
    assert not set(asked) - set(VILLAGES)


def check_mondays(heard: list[Message]) -> None:
    """Each coordinator, each Monday, once; nobody else."""
    digests = Counter((message.who, message.local.date()) for message in heard if message.topic == "digest")
    mondays = [FIRST + timedelta(days=7 * n) for n in range(WEEKS)]
    assert digests == Counter((role.value, monday) for role in COORDINATORS for monday in mondays)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, WITA).astimezone(UTC)


def _campaign(day: date) -> bool:
    return date(2024, 9, 25) <= day <= date(2024, 11, 23)


def _quiet(day: date) -> bool:
    return date(2024, 11, 24) <= day <= date(2024, 11, 26)
