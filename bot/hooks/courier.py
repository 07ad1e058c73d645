"""From the hooks' outbox to other systems: claims what is due, sends it, notes how it went.

    hook_delivery ──claim──▶ HookSender.send ──▶ outcome ──▶ hook_delivery

An event is told at least once, always under the same name: whoever dies between sending and writing it down
leaves a lease that runs out. Of each system a few are under way at a time, so one that hangs delays only
itself; in which order the events reach it is not promised.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import assert_never

import structlog

from bot.hooks.sending import HookSender
from bot.waiting import pause
from core.hooks.signing import headers
from core.hooks.trying import Answer, Arrived, GivenUp, Later, Unwanted, decide
from core.model.cases import CLOCK
from storage.book import Book
from storage.hook_outbox import HookErrand
from storage.store import Store

LEASE_SECONDS = 30.0
"""Three times as long as a try can take."""
AT_A_TIME = 4
"""Of one system."""
POLL_SECONDS = 1.0
STOP_SECONDS = 5.0

log = structlog.get_logger(__name__)


class HookCourier:
    """One process's part of the telling; several share it by their leases."""

    def __init__(
        self,
        store: Store,
        sender: HookSender,
        clock: Callable[[], datetime],
        holder: str,
        *,
        chance: Callable[[], float] = random.random,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._store = store
        self._sender = sender
        self._clock = clock
        self._holder = holder
        self._chance = chance
        self._poll = poll
        self._in_hand: Counter[int] = Counter()
        self._flights: set[asyncio.Task[None]] = set()
        self._landed = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`; what is under way may end, what cannot is told again by whoever comes next."""
        async with self._sender:
            try:
                while not self._stopping.is_set():
                    self._landed.clear()
                    await self._round()
                    await pause(self._landed, self._poll)
            finally:
                await self._wind_down()

    def stop(self) -> None:
        self._stopping.set()
        self._landed.set()

    async def _round(self) -> None:
        now, in_hand = self._clock(), dict(self._in_hand)
        try:
            errands = await self._store.perform(
                lambda book: book.hook_outbox.claim(now, LEASE_SECONDS, self._holder, AT_A_TIME, in_hand)
            )
        except Exception as trouble:  # the edge: whatever ails the database, the next round asks again
            log.error("hooks.claim failed", error=type(trouble).__name__)
            return
        for errand in errands:
            self._launch(errand)

    def _launch(self, errand: HookErrand) -> None:
        def landed(flight: asyncio.Task[None]) -> None:
            self._flights.discard(flight)
            self._in_hand[errand.hook_id] -= 1
            self._landed.set()

        self._in_hand[errand.hook_id] += 1
        flight = asyncio.create_task(self._tell(errand))
        self._flights.add(flight)
        flight.add_done_callback(landed)

    async def _tell(self, errand: HookErrand) -> None:
        try:
            signed = headers(errand.secrets, errand.event, errand.body, self._clock())
            answer = await self._sender.send(errand.address, errand.body, signed)
            chance, now = self._chance(), self._clock()
            await self._store.perform(lambda book: write_down(book, errand, answer, chance, now))
        except Exception as trouble:  # the edge: its lease runs out, and it is told again
            log.error("hooks.fault", hook=errand.hook_id, event_id=errand.event, error=type(trouble).__name__)

    async def _wind_down(self) -> None:
        if self._flights:
            _, late = await asyncio.wait(self._flights, timeout=STOP_SECONDS)
            for flight in late:
                flight.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def write_down(book: Book, errand: HookErrand, answer: Answer, chance: float, now: datetime) -> None:
    match decide(answer, errand.attempts, now, chance):
        case Arrived():
            book.hook_outbox.arrived(errand, answer, now)
            return
        case Later(due):
            book.hook_outbox.again(errand, answer, due, now)
        case GivenUp():
            book.hook_outbox.give_up(errand, answer, now)
        case Unwanted():
            book.hook_outbox.give_up(errand, answer, now)
            if book.hooks.stop(errand.hook_id, now):
                details = {"why": "gone"}
                book.audit.write(CLOCK.key, "hook.stopped", f"hook:{errand.hook_id}", details, now)
        case outcome:
            assert_never(outcome)
    log.warning("hooks.not arrived", hook=errand.hook_id, tries=errand.attempts, status=answer.status)
