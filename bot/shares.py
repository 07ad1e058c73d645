"""Which part of the chats a delivery process serves, so that several together keep one pace.

Of n processes that live the k-th serves the chats whose number leaves k when divided by n, at an n-th of each
account's pace. Who comes new waits until all others must have noticed; who could not say for a while that it
lives stops, for others take over from it; and who lives but does not get on says nothing.

    since 0 s: one alone  ──another comes──▶  2 s: half of the chats  ──it dies──▶  8 s later: all of them
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.waiting import pause
from storage.store import Store

BEAT_SECONDS = 2.0
SETTLE_SECONDS = 5.0
"""Whoever still serves has looked again by then: it stops at `FENCE_SECONDS` without a look."""
FENCE_SECONDS = 4.0
ROLE = "delivery"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """The chats whose number leaves `place` when divided by `of`."""

    place: int = 0
    of: int = 1


WHOLE = Share()


class Shares:
    """What the last look at the living came to; times are seconds of this process's own clock."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._share: Share | None = None
        self._served_from = 0.0
        self._looked_at: float | None = None

    def look(self, living: Sequence[str], now: float) -> None:
        """These live, this one among them."""
        if self._looked_at is None or now - self._looked_at > FENCE_SECONDS:
            self._served_from = now + SETTLE_SECONDS if len(living) > 1 else now
        self._share = Share(sorted(living).index(self._name), len(living))
        self._looked_at = now

    def at(self, now: float) -> Share | None:
        """Ours now; None while we have none for certain."""
        is_sure = self._looked_at is not None and now - self._looked_at <= FENCE_SECONDS
        return self._share if is_sure and now >= self._served_from else None


class Presence:
    """Says every other second that this process lives and what it does, and keeps its share of that."""

    def __init__(
        self,
        store: Store,
        name: str,
        clock: Callable[[], datetime],
        told: Callable[[], None] = lambda: None,
        role: str = ROLE,
        is_well: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._name = name
        self._clock = clock
        self._told = told
        self._role = role
        self._is_well = is_well
        self._shares = Shares(name)
        self._stopping = asyncio.Event()

    @property
    def share(self) -> Share | None:
        return self._shares.at(asyncio.get_running_loop().time())

    async def run(self) -> None:
        """Until `stop`; then others need not wait until this one is missed."""
        while not self._stopping.is_set():
            await self._beat()
            await pause(self._stopping, BEAT_SECONDS)
        await self._store.perform(lambda book: book.processes.leave(self._name))

    def stop(self) -> None:
        self._stopping.set()

    async def _beat(self) -> None:
        if not self._is_well():
            log.error("presence.unwell", role=self._role)
            return
        asked, now = asyncio.get_running_loop().time(), self._clock()
        try:
            async with asyncio.timeout(FENCE_SECONDS):  # by then its share is gone, whatever the answer
                living = await self._store.perform(
                    lambda book: book.processes.beat(self._name, self._role, now)
                )
        except Exception as trouble:  # the edge: the database is away; who cannot look stops by itself
            log.error("presence.beat failed", error=type(trouble).__name__)
            return
        before = self.share
        self._shares.look([one.name for one in living], asked)
        if self.share != before:
            self._told()
