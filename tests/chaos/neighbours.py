"""What others feel of one poisoned chat: how long they wait for a reply, with such a chat and without."""

import asyncio
import random
from dataclasses import dataclass
from statistics import quantiles
from time import monotonic

import aiohttp

from tests.chaos.crowd import Supervisor
from tests.chaos.hardship import Hardship

TIMES = 4
SPACING = 1.5
"""Seconds between two messages of a person: a chat's own pace must not be what is measured."""
RISE_SECONDS = 30.0
BACKLOG = 20
"""Messages that wait behind what hangs in the poisoned chat."""


@dataclass(frozen=True, slots=True)
class Waits:
    p50: float
    p99: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Waits":
        cuts = quantiles(seconds, n=100)
        return cls(cuts[49], cuts[98])

    def __str__(self) -> str:
        return f"p50 {self.p50 * 1000:.0f} ms, p99 {self.p99 * 1000:.0f} ms"


async def compare(hard: Hardship) -> tuple[Waits, Waits]:
    """Without it, and with it; each once before it counts."""
    async with aiohttp.ClientSession() as client:
        hard.telegram.poisoned.clear()
        await asyncio.sleep(RISE_SECONDS)  # the pace that the storm lowered rises again
        await _ask_all(hard, client)
        without = await _ask_all(hard, client)
        hard.telegram.poisoned[hard.poisoned.chat] = "hang"
        for _ in range(BACKLOG):
            await hard.deliver(client, hard.poisoned.phone.text("menu"))
        await _ask_all(hard, client)
        return Waits.of(without), Waits.of(await _ask_all(hard, client))


async def _ask_all(hard: Hardship, client: aiohttp.ClientSession) -> list[float]:
    waits = await asyncio.gather(*(_ask(hard, client, one) for one in hard.people))
    return [wait for several in waits for wait in several]


async def _ask(hard: Hardship, client: aiohttp.ClientSession, one: Supervisor) -> list[float]:
    waits = []
    await asyncio.sleep(random.uniform(0, SPACING))
    for _ in range(TIMES):
        since, before = monotonic(), len(hard.telegram.sent)
        await hard.deliver(client, one.phone.text("menu"))
        waits.append(await _answered(hard, one, before) - since)
        await asyncio.sleep(SPACING)
    return waits


async def _answered(hard: Hardship, one: Supervisor, before: int) -> float:
    """When their reply arrived."""
    while True:
        for message in hard.telegram.sent[before:]:
            if message["chat_id"] == one.chat:
                return float(message["at"])
        await asyncio.sleep(0.01)
