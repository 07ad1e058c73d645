"""The job that opens periods: at the start and every ten minutes, once, also when a clock dies at it."""

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from scheduler.periods import NAME, periods
from scheduler.ticker import Ticker
from storage.book import Book
from storage.keys import Keys
from storage.store import Store
from storage.tables import tick
from tests.storage.duties import DAILY, enact, expected, hire, settle, wita

HOUSE = Path(__file__).parents[2]


def outcomes(book: Book) -> list[tuple[datetime, str]]:
    rows = book.connection.execute(select(tick).where(tick.c.job == NAME).order_by(tick.c.scheduled_for))
    return [(row.scheduled_for, row.outcome) for row in rows]


def prepare(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        hire(book, 2, tps=2)
        enact(book, DAILY)


async def test_each_quiet_day_is_opened_by_whoever_looks_first(store: Store) -> None:
    prepare(store)
    now = [wita(24, 5)]
    clocks = [Ticker(store, (periods(),), lambda: now[0].astimezone(UTC)) for _ in range(3)]
    for _ in range(40):
        await asyncio.gather(*(clock.look() for clock in clocks))
        now[0] += timedelta(minutes=100, seconds=7)
    with store.reading() as book:
        assert [row.period for row in expected(book)] == [wita(day, 6) for day in (24, 24, 25, 25, 26, 26)]
        told = [outcome for _, outcome in outcomes(book)]
    assert len(told) == 40
    assert sorted(set(told)) == ["0 opened, 0 expected", "1 opened, 2 expected"]


async def test_a_clock_that_was_away_opens_what_it_missed(store: Store) -> None:
    prepare(store)
    await Ticker(store, (periods(),), lambda: wita(29, 12, 5).astimezone(UTC)).look()
    with store.reading() as book:
        assert outcomes(book) == [(wita(29, 12), "3 opened, 6 expected")]


async def test_a_clock_that_dies_has_opened_nothing_and_the_next_opens_it(
    database_url: str, tmp_path: Path
) -> None:
    store = Store(database_url, Keys.load(tmp_path / "keys"))
    try:
        prepare(store)
        command = [
            sys.executable,
            "-m",
            "tests.scheduler.dying_at_periods",
            database_url,
            str(tmp_path / "keys"),
        ]
        dying = subprocess.run(command, cwd=HOUSE, check=False, timeout=60)
        assert dying.returncode == -signal.SIGKILL
        with store.reading() as book:
            assert (expected(book), outcomes(book), book.openings.of("coba")) == ([], [], [])
        await Ticker(store, (periods(),), lambda: wita(24, 7, 1).astimezone(UTC)).look()
        with store.reading() as book:
            assert len(expected(book)) == 2
    finally:
        store.close()
