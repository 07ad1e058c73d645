"""The clock: says when a job is due; that it is done once is decided in the database, by a row of its moment.

    08.00 ──▶ look ──▶ last due moment ──▶ take the row ── taken before ─▶ nothing happens
                                             └ ours ──▶ work, in the same transaction ──▶ commit

Any number of processes may tick. A moment is the timetable's, never the clock's, so all of them mean the same
one. What was missed is made up for, when it is younger than a day, and its outcome says how late it was.

A job that would keep everybody else waiting is done in parts, each in a transaction of its own; whoever finds
one that was left goes on with it.
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
from scheduler.outcomes import LATE, added, lateness
from storage.book import Book
from storage.store import Store
from storage.ticks import FAILED

log = structlog.get_logger()

OLDEST = timedelta(days=1)
ROUND = timedelta(days=7)
"""What was missed of a week is made up for when somebody asks for it."""
LOOK_SECONDS = 300.0
"""So often the timetable is looked at besides: for what came due while the database was away."""


class Trigger(Protocol):
    """When: APScheduler's CronTrigger, or any other of its kind."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class More:
    """There is more to do at this moment, in another transaction."""

    came: str
    """What came of this part, as counts: "500 reminded, 3 unreachable"."""


Came = str | More


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and when; it is given the moment of the timetable and says in a word what came of it."""

    name: str
    trigger: Trigger
    work: Callable[[Book, datetime], Came]
    late: Callable[[Book, datetime, datetime], Came] | None = None
    """What is done in its place, given the present too, by whoever comes late."""


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

    @property
    def names(self) -> tuple[str, ...]:
        """Of its jobs."""
        return tuple(job.name for job in self._jobs)

    def next_at(self, name: str, now: datetime) -> datetime | None:
        """When that job is done next."""
        job = next(job for job in self._jobs if job.name == name)
        return job.trigger.get_next_fire_time(None, now)

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
        """Do whatever is due and not done, also from before this process began; what has parts, in turns."""
        jobs = list(self._jobs)
        while jobs:
            jobs = [job for job in jobs if await self.attend(job)]

    async def run_now(self, name: str) -> None:
        """Because somebody asks for it: a job as at this minute, a round for what is left of its last moment.
        Asked for twice in a minute it is done once; what came of it stands in the timetable.
        """
        job = next(job for job in self._jobs if job.name == name)
        now = self._clock()
        minute = now.replace(second=0, microsecond=0)
        try:
            await self._run(job, minute, now)
        except Exception as trouble:  # the edge: it is told of as when the clock does it
            log.error("tick.failed", job=name, error=type(trouble).__name__)
            await self._store.perform(partial(_give_up, job, minute, now, type(trouble).__name__))
        self._wake()

    async def _run(self, job: Job | Round, minute: datetime, now: datetime) -> None:
        if isinstance(job, Job):
            while isinstance(await self._store.perform(partial(do_part, job, minute, now)), More):
                pass
            return
        moment = last_due(job.trigger, now, ROUND)
        outcome = await job.go(self._store, moment, now) if moment else ""
        await self._store.perform(partial(_close, job.name, minute, now, outcome))

    async def attend(self, job: Job | Round) -> bool:
        """Do the job for its last due moment, or a part of it, unless somebody has; is there more to do?"""
        now = self._clock()
        moment = last_due(job.trigger, now)
        if moment is None:
            return False
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
                self._wake()
            if isinstance(outcome, More):
                return True
            if outcome is not None:
                log.info("tick.done", job=job.name, moment=moment.isoformat(), outcome=outcome)
        return False

    async def _come_of(self, job: Job | Round, moment: datetime, now: datetime) -> Came | None:
        if isinstance(job, Job):
            return await self._store.perform(partial(do_part, job, moment, now))
        if await asyncio.to_thread(_is_over, self._store, job.name, moment):
            return None
        outcome = await job.go(self._store, moment, now)
        return await self._store.perform(partial(_close, job.name, moment, now, outcome))

    async def _ring(self) -> None:
        """What APScheduler calls: a coroutine, since it would call a plain function in a thread."""
        self._bell.set()


def last_due(trigger: Trigger, now: datetime, oldest: timedelta = OLDEST) -> datetime | None:
    """The timetable's last moment up to now, if it is younger than a day."""
    last, moment = None, trigger.get_next_fire_time(None, now - oldest)
    while moment is not None and moment <= now:
        last, moment = moment, trigger.get_next_fire_time(moment, now)
    return last


def do_part(job: Job, moment: datetime, now: datetime, book: Book) -> Came | None:
    """The work, or a part of it: it and its row stand or fall together; None when all of it was done."""
    is_new = book.ticks.take(job.name, moment, now)
    so_far = lateness(moment, now) if is_new else book.ticks.resume(job.name, moment)
    if so_far is None:
        return None
    is_late = now - moment > LATE
    came = job.late(book, moment, now) if job.late and is_late else job.work(book, moment)
    if isinstance(came, More):
        book.ticks.note(job.name, moment, added(came.came, so_far), is_over=False)
        return came
    outcome = added(came, so_far)
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
    if book.ticks.take(job.name, moment, now) or book.ticks.resume(job.name, moment) is not None:
        book.ticks.note(job.name, moment, f"{FAILED}: {error}")
