"""The people of voting day: each tells of the voting and of the counting, with a picture, at their own pace.

An open loop but for their own answers: they begin one after the other, and think before they write.
"""

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import perf_counter

import aiohttp

from tests.benchmarks.conversation import PICTURE, day
from tests.benchmarks.crowd import BotApi, Door, Person
from tests.conversations.stage import picture

PATIENCE = 600.0
"""Seconds that somebody waits for a reply before they give up; then the measurement is void."""
TRIES_AGAIN = 1.0
DIFFERENT = 200
"""So many different pictures there are."""


@dataclass(frozen=True, slots=True)
class DayOrder:
    """So many people at that door, who begin within so many seconds and think so many before a message."""

    door: Door
    people: int
    begin: float
    think: float


@dataclass(slots=True)
class Lived:
    """When each reply came, counted from the beginning, and how long it was waited for."""

    replies: list[tuple[float, float]] = field(default_factory=list)
    pictures: list[tuple[float, float]] = field(default_factory=list)
    """The same of replies to a picture, which are held for the rest of an album."""
    finished: int = 0


class Supervisor(Person):
    """Says the lines of the day; a button that is not there any more is typed."""

    def updates(self) -> Iterator[tuple[bool, bytes]]:
        """Is it a picture, and the update."""
        for line in day():
            if line == PICTURE:
                yield True, json.dumps(self._phone.photo(f"day-{self.number % DIFFERENT}")).encode()
            elif line.startswith("[") and (key := self._buttons.get(line[1:-1])):
                yield False, json.dumps(self._phone.tap(key)).encode()
            else:
                yield False, json.dumps(self._phone.text(line.strip("[]"))).encode()


def serve_day(pipe: Connection) -> None:
    """The process: tells the address and token of its Bot API, then lives one day."""
    with BotApi() as telegram:
        for number in range(DIFFERENT):
            telegram.put_file(f"day-{number}", picture(20 + number))
        pipe.send((telegram.url, telegram.token))
        pipe.send(telegram.run(_live(pipe.recv(), telegram)))


async def _live(order: DayOrder, telegram: BotApi) -> Lived:
    lived, began = Lived(), perf_counter()
    headers = {"Content-Type": "application/json"} | order.door.headers
    async with aiohttp.ClientSession(headers=headers) as client:
        people = map(Supervisor, range(order.people))
        await asyncio.gather(*(_tell(order, one, telegram, client, lived, began) for one in people))
    return lived


async def _tell(
    order: DayOrder,
    one: Supervisor,
    telegram: BotApi,
    client: aiohttp.ClientSession,
    lived: Lived,
    began: float,
) -> None:
    chance = random.Random(one.number)
    await asyncio.sleep(chance.uniform(0, order.begin))
    inbox = telegram.inbox[one.chat]
    for is_picture, update in one.updates():
        await asyncio.sleep(chance.uniform(0, 2 * order.think))
        while not inbox.empty():  # what was said of itself: of a picture that was looked at meanwhile
            inbox.get_nowait()
        sent = perf_counter()
        await _deliver(client, order.door.of(one.number), update)
        async with asyncio.timeout(PATIENCE):
            replied, message = await inbox.get()
        one.look(message)
        (lived.pictures if is_picture else lived.replies).append((replied - began, replied - sent))
    lived.finished += 1


async def _deliver(client: aiohttp.ClientSession, url: str, update: bytes) -> None:
    """Again and again until it is acknowledged, as Telegram does."""
    while True:
        # A connection that rested is closed at the other end now and then, just as we write.
        with suppress(aiohttp.ClientError):
            async with client.post(url, data=update) as answer:
                await answer.read()
            if answer.status == 200:
                return
        await asyncio.sleep(TRIES_AGAIN)
