"""Each moment of the timetable is dealt with once, by whoever is there; what was missed is made up for."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from scheduler.ticker import Job, More, Ticker, last_due
from storage.book import Book
from storage.keys import Keys
from storage.store import Store
from storage.tables import tick
from tests.scheduler.dying import DONE, EIGHT, digest, note

HOUSE = Path(__file__).parents[2]
WITA = ZoneInfo("Asia/Makassar")
MONDAY = datetime(2024, 11, 25, 8, tzinfo=WITA)
"""A Monday at eight, as it is in Samarinda."""


class Clock:
    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)


def done(store: Store) -> list[str]:
    with store.reading() as book:
        return book.marks.get(DONE).split()


def taken(store: Store, job: str) -> datetime | None:
    with store.reading() as book:
        return book.ticks.last(job)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (MONDAY - timedelta(seconds=1), MONDAY - timedelta(days=1)),
        (MONDAY, MONDAY),
        (MONDAY + timedelta(hours=23, minutes=59), MONDAY),
        (MONDAY + timedelta(days=1), MONDAY + timedelta(days=1)),
    ],
)
def test_the_last_due_moment_is_the_timetables(now: datetime, due: datetime) -> None:
    assert last_due(EIGHT, now.astimezone(UTC)) == due


def test_what_is_older_than_a_day_is_let_be() -> None:
    mondays = CronTrigger(day_of_week="mon", hour=8, timezone=WITA)
    assert last_due(mondays, MONDAY + timedelta(hours=23)) == MONDAY
    assert last_due(mondays, MONDAY + timedelta(hours=25)) is None


@pytest.fixture
def three(database_url: str, keys: Keys) -> Iterator[list[Store]]:
    """The same database three times, as three processes have it."""
    with ExitStack() as closing:
        stores = [Store(database_url, keys, pool=2) for _ in range(3)]
        for one in stores:
            closing.callback(one.close)
        yield stores


async def test_three_clocks_tick_once(three: list[Store]) -> None:
    """A dozen moments; the clocks never look at quite the same time, and mean the same moment."""
    now = Clock()
    job = Job("digest", CronTrigger(minute="*/5", timezone=WITA), note)
    clocks = [Ticker(store, (job,), now) for store in three]
    for step in range(12):
        now.now = MONDAY + timedelta(minutes=5 * step, seconds=step)
        await asyncio.gather(*(clock.attend(job) for clock in clocks))
    moments = [MONDAY + timedelta(minutes=5 * step) for step in range(12)]
    assert done(three[0]) == [moment.isoformat() for moment in moments]


async def test_what_was_missed_is_made_up_for_once(store: Store) -> None:
    now = Clock(MONDAY + timedelta(hours=3))
    for _ in range(2):
        await Ticker(store, (digest,), now).look()
    assert done(store) == [MONDAY.isoformat()]
    now.now = MONDAY + timedelta(days=3, hours=1)
    await Ticker(store, (digest,), now).look()
    assert done(store) == [MONDAY.isoformat(), (MONDAY + timedelta(days=3)).isoformat()]


async def test_who_dies_at_work_has_done_nothing_and_the_next_does_it(
    database_url: str, tmp_path: Path
) -> None:
    keys = Keys.load(tmp_path / "keys")
    store = Store(database_url, keys)
    try:
        dying = subprocess.run(
            [sys.executable, "-m", "tests.scheduler.dying", database_url, str(tmp_path / "keys")],
            cwd=HOUSE,
            check=False,
            timeout=60,
        )
        assert dying.returncode == -signal.SIGKILL
        assert (done(store), taken(store, "digest")) == ([], None)
        await Ticker(store, (digest,), Clock(MONDAY + timedelta(minutes=1))).look()
        assert done(store) == [MONDAY.isoformat()]
    finally:
        store.close()


async def test_a_job_that_falls_over_is_noted_and_harms_nothing(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    def fall(book: Book, moment: datetime) -> str:
        note(book, moment)
        raise ValueError("kotak suara dibuka")

    woken: list[bool] = []
    jobs = (Job("falls", EIGHT, fall), digest)
    for _ in range(2):
        await Ticker(store, jobs, Clock(), lambda: woken.append(True)).look()
    assert done(store) == [MONDAY.isoformat()], "what it wrote is gone, the other's is there"
    with store.reading() as book:
        assert outcome(book, "falls") == "failed: ValueError"
        assert outcome(book, "digest") == "noted"
    assert woken == [True], "for the one that was done, once"
    told = capsys.readouterr().out
    assert told.count("tick.failed") == 1
    assert "kotak" not in told


async def test_whoever_comes_late_says_so_and_may_do_something_else(store: Store) -> None:
    told: list[datetime] = []

    def late(book: Book, moment: datetime, now: datetime) -> str:
        told.extend((moment, now))
        return "1 caught up"

    jobs = (digest, Job("other", EIGHT, note, late))
    await Ticker(store, jobs, Clock(MONDAY + timedelta(hours=2))).look()
    with store.reading() as book:
        assert outcome(book, "digest") == "noted, 120 minutes late"
        assert outcome(book, "other") == "1 caught up, 120 minutes late"
    assert told == [MONDAY, MONDAY + timedelta(hours=2)]
    assert done(store) == [MONDAY.isoformat()]


async def test_a_job_in_parts_is_over_when_it_says_so(store: Store) -> None:
    left = [3]

    def work(book: Book, moment: datetime) -> str | More:
        left[0] -= 1
        note(book, moment)
        return More("2 told") if left[0] else "1 told, 1 lost"

    woken: list[bool] = []
    ticker = Ticker(store, (Job("parts", EIGHT, work),), Clock(), lambda: woken.append(True))
    assert await ticker.attend(Job("parts", EIGHT, work))
    with store.reading() as book:
        run = book.ticks.run("parts")
        assert run
        assert (run.outcome, run.is_over, run.succeeded_at) == ("2 told", False, None)
    await ticker.look()
    await ticker.look()
    with store.reading() as book:
        assert outcome(book, "parts") == "5 told, 1 lost"
    assert len(done(store)) == len(woken) == 3


async def test_a_part_that_falls_over_ends_it(store: Store) -> None:
    left = [2]

    def work(book: Book, moment: datetime) -> str | More:
        left[0] -= 1
        note(book, moment)
        if left[0]:
            return More("2 told")
        raise ValueError("kotak suara dibuka")

    for _ in range(2):
        await Ticker(store, (Job("parts", EIGHT, work),), Clock()).look()
    with store.reading() as book:
        run = book.ticks.run("parts")
        assert run
        assert (run.outcome, run.is_over, run.is_well) == ("failed: ValueError", True, False)
    assert done(store) == [MONDAY.isoformat()], "what the first part wrote stands"


async def test_while_the_database_is_away_nothing_is_given_up(store: Store) -> None:
    away = [True]

    def work(book: Book, moment: datetime) -> str:
        if away.pop():
            away.append(False)
            raise OperationalError("insert", {}, Exception("gone"))
        return note(book, moment)

    ticker = Ticker(store, (Job("digest", EIGHT, work),), Clock())
    await ticker.look()
    assert taken(store, "digest") is None
    await ticker.look()
    assert done(store) == [MONDAY.isoformat()]


async def test_it_runs_until_it_is_told_to_stop(store: Store) -> None:
    """With APScheduler's own clock: a job of every second rings by itself."""
    rung = asyncio.Event()
    loop = asyncio.get_running_loop()

    def work(book: Book, moment: datetime) -> str:
        loop.call_soon_threadsafe(rung.set)
        return note(book, moment)

    ticker = Ticker(store, (Job("tick", CronTrigger(second="*"), work),), lambda: datetime.now(UTC))
    running = asyncio.create_task(ticker.run())
    async with asyncio.timeout(20):
        await rung.wait()
        rung.clear()  # that was the look at the start; the next is a ring
        await rung.wait()
        ticker.stop()
        await running
    assert len(done(store)) == len(set(done(store))) >= 2


def outcome(book: Book, job: str) -> str:
    return str(book.connection.execute(select(tick.c.outcome).where(tick.c.job == job)).scalar_one())
