"""People who chat all at once, and the Bot API that brings them the replies: a process of their own.

Closed loop: each sends the next update when the reply to the last has arrived, and thinks no time at all.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any, TypeVar

import aiohttp

from tests.benchmarks.conversation import greetings, talk
from tests.chaos.crowd import FIRST_CHAT
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram_phone import TelegramPhone

PATIENCE = 60.0
JSON = {"Content-Type": "application/json"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """Where updates are posted, each person's at one of these, and whether anybody answers there."""

    urls: tuple[str, ...]
    headers: dict[str, str] = field(default_factory=dict)
    replies: bool = True

    def of(self, number: int) -> str:
        return self.urls[number % len(self.urls)]


@dataclass(frozen=True, slots=True)
class Order:
    """So many people at that door; so many seconds are measured, once everybody is well into their talk."""

    door: Door
    people: int
    seconds: float
    warm_up: int
    """Turns that each takes before; at most their greetings."""
    first: int = 0
    """The number of the first of them: people stand where an earlier order left them."""


@dataclass(slots=True)
class Observed:
    """Seconds that each turn of the window took until it was acknowledged, and until its reply was there."""

    seconds: float = 0.0
    acknowledged: list[float] = field(default_factory=list)
    replied: list[float] = field(default_factory=list)

    def __add__(self, other: "Observed") -> "Observed":
        return Observed(
            self.seconds + other.seconds,
            self.acknowledged + other.acknowledged,
            self.replied + other.replied,
        )


class BotApi(TelegramStandin):
    """As strict as ever; and whoever waits for a message is told when it was accepted."""

    def __init__(self) -> None:
        super().__init__(anyone=True)
        self.inbox: defaultdict[int, asyncio.Queue[tuple[float, dict[str, Any]]]] = defaultdict(asyncio.Queue)

    def follow(self, order: Order, tell: Connection) -> Observed:
        """Let the crowd chat."""
        self.inbox.clear()  # what was still under way when the last window closed
        return self.run(_chat(order, self, tell))

    def run(self, talk: Coroutine[Any, Any, T]) -> T:
        """On the stand-in's own loop: two threads would only wait for one another."""
        return asyncio.run_coroutine_threadsafe(talk, self._loop).result()

    def _send(self, bot: str, method: str, given: dict[str, Any]) -> dict[str, Any]:
        answer = super()._send(bot, method, given)
        message = self.sent.pop()
        self.inbox[message["chat_id"]].put_nowait((perf_counter(), message))
        return answer


def serve_orders(pipe: Connection) -> None:
    """The process: tells the address and token of its Bot API, then follows orders until there is none."""
    with BotApi() as telegram:
        pipe.send((telegram.url, telegram.token))
        while (order := pipe.recv()) is not None:
            pipe.send(telegram.follow(order, pipe))


class Person:
    """One chat: what is said next may be a button of the last reply."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.chat = FIRST_CHAT + number
        self._phone = TelegramPhone(self.chat, f"Pengawas {number}")
        self._lines = talk(number)
        self._last = ""
        self._buttons: dict[str, str] = {}

    def update(self) -> bytes:
        line = next(self._lines)
        if not line.startswith("["):
            return json.dumps(self._phone.text(line)).encode()
        key = self._buttons.get(line[1:-1])
        assert key is not None, f"{line} was to be tapped, below: {self._last} {list(self._buttons)}"
        return json.dumps(self._phone.tap(key)).encode()

    def look(self, message: dict[str, Any]) -> None:
        rows = (message["reply_markup"] or {}).get("inline_keyboard", ())
        self._last = message["text"]
        self._buttons = {button["text"]: button["callback_data"] for row in rows for button in row}

    def words(self) -> bytes:
        """A message that nobody will answer."""
        return json.dumps(self._phone.text("jam 7 lewat 20")).encode()


class Window:
    """Opens when everybody is warm; a turn that ends while it is open counts, whenever it began."""

    def __init__(self, people: int) -> None:
        self.observed = Observed()
        self.since = 0.0
        self.is_open = False
        self._cold = people
        self.all_warm = asyncio.Event()

    def warm(self) -> None:
        self._cold -= 1
        if not self._cold:
            self.all_warm.set()

    def open(self) -> None:
        self.since, self.is_open = perf_counter(), True

    def close(self) -> Observed:
        self.observed.seconds, self.is_open = perf_counter() - self.since, False
        return self.observed

    def count(self, began: float, acknowledged: float, replied: float) -> None:
        if self.is_open:
            self.observed.acknowledged.append(acknowledged - began)
            self.observed.replied.append(replied - began)


async def _chat(order: Order, telegram: BotApi, tell: Connection) -> Observed:
    window = Window(order.people)
    connector = aiohttp.TCPConnector(limit=order.people)
    async with aiohttp.ClientSession(connector=connector, headers=JSON | order.door.headers) as client:
        one = _converse if order.door.replies else _knock
        talks = [
            asyncio.create_task(one(order, Person(order.first + number), telegram, client, window))
            for number in range(order.people)
        ]
        measured = asyncio.create_task(_measure(order, window, tell))
        done, _ = await asyncio.wait([measured, *talks], return_when=asyncio.FIRST_COMPLETED)
        for task in [measured, *talks]:
            task.cancel()
        await asyncio.gather(measured, *talks, return_exceptions=True)
        for task in done:
            task.result()
    return window.observed


async def _measure(order: Order, window: Window, tell: Connection) -> None:
    await window.all_warm.wait()
    tell.send("open")
    window.open()
    await asyncio.sleep(order.seconds)
    window.close()
    tell.send("closed")


async def _converse(
    order: Order, person: Person, telegram: BotApi, client: aiohttp.ClientSession, window: Window
) -> None:
    inbox = telegram.inbox[person.chat]
    for _ in _turns(order, person, window):
        update, began = person.update(), perf_counter()
        acknowledged = await _post(client, order.door.of(person.number), update)
        async with asyncio.timeout(PATIENCE):
            replied, message = await inbox.get()
        assert inbox.empty(), "two replies to one turn"
        person.look(message)
        window.count(began, acknowledged, replied)


async def _knock(
    order: Order, person: Person, _: BotApi, client: aiohttp.ClientSession, window: Window
) -> None:
    for _turn in _turns(order, person, window):
        update, began = person.words(), perf_counter()
        acknowledged = await _post(client, order.door.of(person.number), update)
        window.count(began, acknowledged, acknowledged)


def _turns(order: Order, person: Person, window: Window) -> Iterator[None]:
    """Without end; after the first few this person is warm."""
    for _ in range(min(order.warm_up, greetings(person.number))):
        yield
    window.warm()
    while True:
        yield


async def _post(client: aiohttp.ClientSession, url: str, update: bytes) -> float:
    async with client.post(url, data=update) as answer:
        assert answer.status == 200, answer.status
        await answer.read()
    return perf_counter()
