"""`make bench`: an evening at which every supervisor of the country is reminded, at 17.00 in each zone.

python -m tests.benchmarks.reminders [--engine sqlite|postgres] [--posts 435296]
"""

import argparse
import asyncio
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import structlog
from sqlalchemy import Engine, Select, event, func, select, text

from lapordesk.serving import leave_in_peace
from scheduler.reminders import reminders
from scheduler.ticker import Ticker
from storage.book import Book
from storage.duties import open_periods
from storage.keys import Keys
from storage.store import Store
from storage.tables import expectation, outbox
from tests.benchmarks.country import STATIONS, hire_all, settle
from tests.benchmarks.figures import machine, peak
from tests.databases import Databases
from tests.storage.duties import DAILY, enact, wita

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
MORNING, LATER = wita(25, 9), wita(25, 19)
HOURS = tuple(wita(25, hour) for hour in (16, 17, 18))
"""17.00 in WIT, in WITA, in WIB."""


@dataclass
class Parts:
    """How long each transaction took, and the memory after it."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    since: float = field(default_factory=perf_counter)

    def end(self) -> None:
        self.seconds.append(perf_counter() - self.since)
        self.memory.append(peak())
        self.since = perf_counter()


def main() -> None:
    asked = _asked()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    print(f"Reminders · {machine()} · {asked.posts:,} posts, one in fifty of them vacant")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        databases = Databases(Path(folder))
        for engine in [asked.engine] if asked.engine else ENGINES:
            store = Store(databases.fresh(engine), Keys.make())
            print(f"\n{ENGINES[engine]}")
            for name, figure in measure(store, asked.posts):
                print(f"  {name:56}{figure:>12}", flush=True)
            store.close()
        databases.close()


def measure(store: Store, posts: int) -> Iterator[tuple[str, str]]:
    """What is measured, line by line as it is done."""
    _prepare(store, posts)
    leave_in_peace()  # as a process of the clock does
    with _counting() as statements, _timing() as parts:
        began, parts.since = perf_counter(), perf_counter()
        used = process_time()
        for hour in HOURS:
            _look(store, hour)
        spent, used, many = perf_counter() - began, process_time() - used, next(statements)
    reminded, silent = _count(store, _REMINDERS), _count(store, _ASKED)
    assert reminded == silent == posts - posts // 50, (reminded, silent)
    yield "people reminded", f"{reminded:,}"
    yield "all of them, s", f"{spent:.1f}"
    yield "people a second", f"{reminded / spent:,.0f}"
    yield "of the processor, PostgreSQL's left out, s", f"{used:.1f}"
    tenth = max(1, len(parts.seconds) // 10)
    yield "transactions", f"{len(parts.seconds):,}"
    yield "one of the first tenth, ms", f"{_mean(parts.seconds[:tenth]):,.0f}"
    yield "one of the last tenth, ms", f"{_mean(parts.seconds[-tenth:]):,.0f}"
    yield "the longest, ms", f"{1000 * max(parts.seconds):,.0f}"
    yield "statements for a hundred people", f"{100 * many / reminded:.1f}"
    yield "peak memory, MB", f"{peak():.0f}"
    yield "of it after a tenth of them, MB", f"{parts.memory[tenth - 1]:.0f}"
    bare = _timed(store, _insert_bare)
    yield "the same messages into a bare table, s", f"{bare:.1f}"
    again = perf_counter()
    _look(store, LATER)
    yield "the hour after: what waits for the morning is held, ms", f"{1000 * (perf_counter() - again):,.0f}"
    assert _count(store, _REMINDERS) == reminded, "nobody is asked twice"


def _look(store: Store, now: datetime) -> None:
    asyncio.run(Ticker(store, reminders(), lambda: now).look())


def _prepare(store: Store, posts: int) -> None:
    with store.begin() as book:
        settle(book, posts)
        hire_all(book)
        enact(book, DAILY, areas=frozenset(), now=MORNING)
    _analyse(store)
    with store.begin() as book:
        open_periods(book, MORNING)
    _analyse(store)


_REMINDERS = select(func.count()).select_from(outbox).where(outbox.c.topic == "owed")
_ASKED = select(func.count()).select_from(expectation).where(expectation.c.reminded == 1)


@contextmanager
def _counting() -> Iterator["count[int]"]:
    statements: count[int] = count()

    def note(*_: Any) -> None:
        next(statements)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def _timing() -> Iterator[Parts]:
    parts = Parts()

    def note(_: Any) -> None:
        parts.end()

    event.listen(Engine, "commit", note)
    try:
        yield parts
    finally:
        event.remove(Engine, "commit", note)


def _mean(seconds: list[float]) -> float:
    return 1000 * sum(seconds) / len(seconds)


def _count(store: Store, query: Select[tuple[int]]) -> int:
    with store.reading() as book:
        return int(book.connection.execute(query).scalar_one())


def _timed(store: Store, job: Callable[[Book], object]) -> float:
    began = perf_counter()
    with store.begin() as book:
        job(book)
    return perf_counter() - began


def _insert_bare(book: Book) -> None:
    """Into a table like it that has no index at all, the rows as they are."""
    book.connection.execute(text("CREATE TABLE bare AS SELECT * FROM outbox WHERE 1 = 0"))
    book.connection.execute(text("INSERT INTO bare SELECT * FROM outbox"))


def _analyse(store: Store) -> None:
    """What PostgreSQL's autovacuum does by itself, sooner or later."""
    with store.begin() as book:
        book.connection.execute(text("ANALYZE"))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks.reminders", description="The cost of reminding all.")
    parser.add_argument("--engine", choices=list(ENGINES), help="only this one")
    parser.add_argument("--posts", type=int, default=STATIONS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
