"""The clock: says when a job is due; that it is done once is decided in the database, by a row of its moment.

    08.00 ──▶ look ──▶ last due moment ──▶ take the row ── taken before ─▶ nothing happens
                                             └ ours ──▶ work, in the same transaction ──▶ commit

Any number of processes may tick. A moment is the timetable's, never the clock's, so all of them mean the same
one. What was missed is made up for, when it is younger than a day.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.waiting import pause
from storage.book import Book
from storage.store import Store

log = structlog.get_logger()

OLDEST = timedelta(days=1)
LOOK_SECONDS = 300.0
"""So often the timetable is looked at besides: for what came due while the database was away."""


class Trigger(Protocol):
    """When: APScheduler's CronTrigger, or any other of its kind."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and when; it is given the moment of the timetable and says in a word what came of it."""

    name: str
    trigger: Trigger
    work: Callable[[Book, datetime], str]


@dataclass(frozen=True, slots=True)
class Round:
    """What takes too long for one transaction: each part of it has its own, with a row that says it is done.
    Begun again, by this process or another, it goes on with what is left; the moment is over at its end."""

    name: str
    trigger: Trigger
    go: Callable[[Store, datetime, datetime], Awaitable[str]]
    """Given the store, the timetable's moment and now."""


class Ticker:
    def __init__(
        self,
        store: Store,
        jobs: Sequence[Job | Round],
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._wake = wake
        self._bell = asyncio.Event()
        self._is_stopping = False

    async def run(self) -> None:
        """Tick until `stop`; what is under way is ended first."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        for job in self._jobs:
            scheduler.add_job(self._ring, job.trigger, id=job.name, misfire_grace_time=None)
        scheduler.start()
        try:
            while not self._is_stopping:
                self._bell.clear()
                await self.look()
                await pause(self._bell, LOOK_SECONDS)
        finally:
            scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # AsyncIOScheduler shuts down in the loop's next round

    def stop(self) -> None:
        self._is_stopping = True
        self._bell.set()

    async def look(self) -> None:
        """Do whatever is due and not done, also from before this process began."""
        for job in self._jobs:
            await self.attend(job)

    async def attend(self, job: Job | Round) -> None:
        """Do the job for its last due moment, unless somebody has."""
        now = self._clock()
        moment = last_due(job.trigger, now)
        if moment is None:
            return
        try:
            outcome = await self._come_of(job, moment, now)
        except (OperationalError, InterfaceError) as trouble:
            # The database is away: nothing is taken, and the next look finds the moment still open.
            log.error("tick.put off", job=job.name, error=type(trouble).__name__)
        except Exception as trouble:  # the edge: one job that falls over must not stop the others
            log.error("tick.failed", job=job.name, error=type(trouble).__name__)
            await self._store.perform(partial(_give_up, job, moment, now, type(trouble).__name__))
        else:
            if outcome is not None:
                log.info("tick.done", job=job.name, moment=moment.isoformat(), outcome=outcome)
                self._wake()

    async def _come_of(self, job: Job | Round, moment: datetime, now: datetime) -> str | None:
        if isinstance(job, Job):
            return await self._store.perform(partial(_do, job, moment, now))
        if await asyncio.to_thread(_is_over, self._store, job.name, moment):
            return None
        outcome = await job.go(self._store, moment, now)
        return await self._store.perform(partial(_close, job.name, moment, now, outcome))

    async def _ring(self) -> None:
        """What APScheduler calls: a coroutine, since it would call a plain function in a thread."""
        self._bell.set()


def last_due(trigger: Trigger, now: datetime) -> datetime | None:
    """The timetable's last moment up to now, if it is younger than a day."""
    last, moment = None, trigger.get_next_fire_time(None, now - OLDEST)
    while moment is not None and moment <= now:
        last, moment = moment, trigger.get_next_fire_time(moment, now)
    return last


def _do(job: Job, moment: datetime, now: datetime, book: Book) -> str | None:
    """The work and its row stand or fall together; None when the row was somebody else's."""
    if not book.ticks.take(job.name, moment, now):
        return None
    outcome = job.work(book, moment)
    book.ticks.note(job.name, moment, outcome)
    return outcome


def _is_over(store: Store, name: str, moment: datetime) -> bool:
    with store.reading() as book:
        return book.ticks.is_taken(name, moment)


def _close(name: str, moment: datetime, now: datetime, outcome: str, book: Book) -> str | None:
    """None when another process came to the end of it first."""
    if not book.ticks.take(name, moment, now):
        return None
    book.ticks.note(name, moment, outcome)
    return outcome


def _give_up(job: Job | Round, moment: datetime, now: datetime, error: str, book: Book) -> None:
    """What it wrote is rolled back; the moment is over, or it would fall over again at every look."""
    if book.ticks.take(job.name, moment, now):
        book.ticks.note(job.name, moment, f"failed: {error}")
