"""What came of the errands, on its way into the book: whatever has gathered meanwhile is one transaction.

    note ──▶ queue ──▶ batch ──▶ written, and told so
                ▲        │
                └────────┘  not written: whoever runs it next begins with them

What was sent must be written down, whatever ails the database: it is tried until it is.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from bot.outcomes import Again, Outcome, Parked, write_down
from storage.store import Store

log = structlog.get_logger(__name__)


class Notes:
    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        count: Callable[[Outcome], None],
        written: Callable[[Sequence[Outcome]], None],
        poll: float,
    ) -> None:
        self._store = store
        self._clock = clock
        self._count = count
        self._written = written
        self._poll = poll
        self._queue: asyncio.Queue[Outcome] = asyncio.Queue()
        self.writing_since: float | None = None
        """Since when it has tried to write the present batch, by the loop's clock; None: there is none."""

    def note(self, outcome: Outcome) -> None:
        """It will be written; it is in the queue before anything else can go wrong."""
        self._queue.put_nowait(outcome)
        self._count(outcome)
        if isinstance(outcome, Again | Parked):
            name = type(outcome).__name__.lower()
            channel = outcome.errand.address.channel.value
            log.warning(f"delivery.{name}", outbox=outcome.errand.id, channel=channel, reason=outcome.reason)

    async def note_at_once(self, outcome: Outcome) -> None:
        """It is written when this returns, ahead of what waits."""
        self._count(outcome)
        await self._write([outcome])

    async def run(self) -> None:
        """Write what comes, until called off."""
        while True:
            batch = [await self._queue.get()]
            self.writing_since = asyncio.get_running_loop().time()
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            try:
                await self._write(batch)
            except BaseException:
                for outcome in batch:
                    self._queue.put_nowait(outcome)
                    self._queue.task_done()
                raise
            self.writing_since = None
            for _ in batch:
                self._queue.task_done()
            self._written(batch)

    async def all_written(self, seconds: float) -> None:
        """At most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._queue.join(), seconds)

    async def _write(self, batch: Sequence[Outcome]) -> None:
        now = self._clock()
        while True:
            try:
                return await self._store.perform(lambda book: write_down(book, batch, now))
            except Exception as trouble:  # the edge: the lease gives time until the database is back
                log.error("delivery.write failed", error=type(trouble).__name__, outcomes=len(batch))
                await asyncio.sleep(self._poll)
