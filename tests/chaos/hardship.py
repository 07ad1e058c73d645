"""A crowd that reports while everything that can break does; and what must hold for all that.

Processes are killed and told to leave, the database crashes, the platform refuses, hangs and forgets to tell,
updates come twice and late, the folder of evidence is away, the disk is full, one chat is poisoned.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import sqlalchemy as sql

from core.model.messages import Address, Channel
from core.speech.layout import TELEGRAM, fit
from core.speech.texts import texts
from storage.keys import Keys
from storage.store import Store
from storage.tables import media, outbox, process
from tests.chaos.crowd import Supervisor, check_reports, crowd
from tests.chaos.server import Server
from tests.conversations.stage import SECRET, picture
from tests.databases import Databases
from tests.standins.telegram import TelegramStandin, Trouble
from webhooks.telegram import PATH, SECRET_HEADER, secret_for

TWICE = 0.3
"""Updates that come a second time: at once, or after the next."""
TROUBLES: tuple[Trouble, ...] = ("429", "500", "502", "drop", "lost answer", "garbage", "hang")
FILED = "✅ Diterima"
PATIENCE = 90.0


@dataclass
class Hardship:
    """The processes of a LaporDesk, the people who write to it, and what is done to both."""

    databases: Databases
    engine: str
    folder: Path
    url: str
    store: Store
    telegram: TelegramStandin
    people: list[Supervisor]
    poisoned: Supervisor
    servers: list[Server]
    think: float
    blows: Counter[str] = field(default_factory=Counter)
    """How often each was done."""

    @property
    def doors(self) -> list[Server]:
        return [one for one in self.servers if one.role in ("all", "web")]

    def of(self, role: str) -> Server:
        return random.choice([one for one in self.servers if one.role in ("all", role)])

    # ── what is done to it ──

    async def kill(self, role: str) -> None:
        """`kill -9`; whoever delivers has a few messages in hand just then."""
        server = self.of(role)
        if server.role != "web":
            self.telegram.misbehave("hang", times=3)
            await asyncio.sleep(0.3)
        self.blows[f"{role} killed"] += 1
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)

    async def leave(self) -> None:
        """All are told to go, in the middle of their work: in order, and no lease is left behind. To be done
        before any is killed: the dead leave theirs."""
        codes = await asyncio.gather(*(asyncio.to_thread(one.stop) for one in self.servers))
        assert set(codes) == {0}
        assert self._count(outbox.c.state == "leased") == 0
        await asyncio.gather(*(asyncio.to_thread(one.start) for one in self.servers))

    async def crash_database(self) -> None:
        """PostgreSQL as by a power cut; SQLite lives in the processes, and dies with them."""
        if self.engine == "sqlite":
            await self.kill("web")
            return
        self.blows["database crashed"] += 1
        await asyncio.to_thread(self.databases.server.crash)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(self.databases.server.start)
        for one in self.servers:  # whoever was just starting has given up; systemd would try again
            if not one.is_alive():
                await asyncio.to_thread(one.start)

    async def take_media_away(self, seconds: float = 1.5) -> None:
        """The folder of evidence is not mounted."""
        place, away = self.folder / "media", self.folder / "media-away"
        place.mkdir(exist_ok=True)
        self.blows["store away"] += 1
        place.rename(away)
        place.write_bytes(b"")
        await asyncio.sleep(seconds)
        place.unlink()
        away.rename(place)

    async def fill_disk(self, seconds: float = 1.5) -> None:
        """Nothing can be written any more: on SQLite neither rows nor pictures, else no pictures."""
        server = self.of("delivery")
        self.blows["disk full"] += 1
        server.fill_disk(0)
        await asyncio.sleep(seconds)
        server.empty_disk()

    # ── the people ──

    async def tell(self, client: aiohttp.ClientSession, one: Supervisor) -> None:
        """One update after the other until each is acknowledged, some of them twice, at once or late."""
        before: dict[str, object] | None = None
        for update in one.updates():
            copies = [update] + [update] * (random.random() < TWICE)
            if before is not None and random.random() < TWICE:
                copies.append(before)
            random.shuffle(copies)
            await asyncio.gather(*(self.deliver(client, copy) for copy in copies))
            before = update
            await asyncio.sleep(random.uniform(0.0, 2 * self.think))

    async def deliver(self, client: aiohttp.ClientSession, update: dict[str, object]) -> None:
        headers = {SECRET_HEADER: secret_for(SECRET, self.account)}
        patience = aiohttp.ClientTimeout(total=10)
        while True:
            url = random.choice(self.doors).url + PATH
            try:
                async with client.post(url, json=update, headers=headers, timeout=patience) as answer:
                    if answer.status == 200:
                        return
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                pass
            await asyncio.sleep(random.uniform(0.2, 0.5))

    @property
    def account(self) -> str:
        return self.telegram.token.partition(":")[0]

    # ── what must hold ──

    async def settled(self, patience: float) -> None:
        """Everything is said and kept, but to the poisoned chat."""
        try:
            async with asyncio.timeout(patience):
                while self._left() or not self._all_heard():
                    await asyncio.sleep(0.2)
        except TimeoutError:
            raise AssertionError(f"{patience:g} s later there is left: {self._what_is_left()}") from None

    def check(self) -> None:
        check_reports(self.store, [*self.people, self.poisoned])
        assert self._count(outbox.c.state == "parked", others=True) == 0
        with self.store.reading() as book:
            assert book.inbox.count_failed() == 0
            kept = list(book.connection.execute(sql.select(media.c.state)).scalars())
            turns = book.connection.execute(sql.select(sql.func.count(sql.distinct(outbox.c.inbox_id))))
            assert turns.scalar_one() == sum(len(one.updates()) for one in [*self.people, self.poisoned])
        assert kept == ["kept"] * (len(self.people) + 1)
        for one in self.people:
            heard = [str(message["text"]) for message in self.telegram.sent_to(one.chat)]
            assert undoubled(heard) == undoubled(self._said_to(one)), one.number

    def doubles(self) -> int:
        """Messages that arrived a second time, right after the first."""
        heard = [[str(message["text"]) for message in self.telegram.sent_to(one.chat)] for one in self.people]
        return sum(len(each) - len(undoubled(each)) for each in heard)

    def _said_to(self, one: Supervisor) -> list[str]:
        """In the order in which it was decided."""
        with self.store.reading() as book:
            met = book.addresses.find(Address(Channel.TELEGRAM, self.account, str(one.chat)))
            assert met is not None
            said = [spoken.reply for spoken in book.outbox.conversation(met.id)]
        return [part.text for reply in said for part in fit(reply, TELEGRAM, texts("id"))]

    def _all_heard(self) -> bool:
        return all(map(self._heard, self.people))

    def _heard(self, one: Supervisor) -> bool:
        return any(str(message["text"]).startswith(FILED) for message in self.telegram.sent_to(one.chat))

    def _left(self) -> int:
        with self.store.reading() as book:
            pictures = sql.select(sql.func.count()).where(media.c.due_at.is_not(None))
            return self._count(outbox.c.due_at.is_not(None), others=True) + int(
                book.connection.execute(pictures).scalar_one()
            )

    def _what_is_left(self) -> str:
        """Rows without their words, and who serves."""
        names = ("id", "address_id", "state", "due_at", "holder", "attempts", "reason")
        unsent = sql.select(*(outbox.c[name] for name in names)).where(outbox.c.state != "sent")
        with self.store.reading() as book:
            rows = book.connection.execute(unsent).all()
            alive = book.connection.execute(sql.select(process)).all()
            mute = [one.number for one in self.people if not self._heard(one)]
        return f"{rows}\n{alive}\nnot told: {mute}, now {datetime.now(UTC)}"

    def _count(self, which: sql.ColumnElement[bool], *, others: bool = False) -> int:
        """Messages that are so; `others`: but those to the poisoned chat."""
        wanted = sql.select(sql.func.count()).where(which)
        address = Address(Channel.TELEGRAM, self.account, str(self.poisoned.chat))
        with self.store.reading() as book:
            poisoned = book.addresses.find(address)
            if others and poisoned:
                wanted = wanted.where(outbox.c.address_id != poisoned.id)
            return int(book.connection.execute(wanted).scalar_one())


ROLES = {"sqlite": ("all",), "postgres": ("web", "delivery", "delivery", "clock")}


@contextmanager
def hardship(
    databases: Databases,
    engine: str,
    folder: Path,
    size: int,
    think: float,
    roles: Sequence[str] = (),
    kind: type[Server] = Server,
) -> Iterator[Hardship]:
    """So many people, one more whose chat is poisoned, and the processes of a LaporDesk."""
    url = databases.fresh(engine)
    store = Store(url, Keys.load(folder / "keys"))
    with closing(store), TelegramStandin() as telegram, ExitStack() as running:
        *people, poisoned = crowd(store, telegram.token.partition(":")[0], size + 1)
        for one in (*people, poisoned):
            telegram.start(one.chat)
            telegram.put_file(f"c-hasil-{one.number}", picture(50 + one.number))
        telegram.poisoned[poisoned.chat] = "hang"
        telegram.doubts_once = True
        servers = [kind(folder, url, telegram, role) for role in roles or ROLES[engine]]
        for one in servers:
            running.enter_context(one)
        yield Hardship(databases, engine, folder, url, store, telegram, people, poisoned, servers, think)


async def endure(
    hard: Hardship,
    blows: Sequence[Callable[[], Awaitable[None]]],
    rest: float,
    patience: float = PATIENCE,
    every: int = 10,
) -> None:
    """The people talk, the blows fall one after the other, the platform has its whims; then all must hold."""
    whims = asyncio.create_task(_misbehave(hard.telegram, every))
    async with aiohttp.ClientSession() as client, asyncio.TaskGroup() as all_at_once:
        all_at_once.create_task(_strike(blows, rest))
        for one in [*hard.people, hard.poisoned]:
            all_at_once.create_task(hard.tell(client, one))
    whims.cancel()
    await hard.settled(patience)
    hard.check()


async def _misbehave(telegram: TelegramStandin, every: int) -> None:
    """One message of so many meets with trouble: whims, not an outage."""
    next_at = every
    while True:
        await asyncio.sleep(0.1)
        if len(telegram.sent) >= next_at:
            telegram.misbehave(random.choice(TROUBLES))
            next_at = len(telegram.sent) + random.randint(1, 2 * every)


async def _strike(blows: Sequence[Callable[[], Awaitable[None]]], rest: float) -> None:
    for blow in blows:
        await asyncio.sleep(random.uniform(0, 2 * rest))
        await blow()


def undoubled(heard: list[str]) -> list[str]:
    """A reply may come twice, but not after a later one."""
    return [text for n, text in enumerate(heard) if n == 0 or text != heard[n - 1]]
