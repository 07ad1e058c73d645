"""`make bench`: opening a period for every polling station of the country, and counting a week of them.

python -m tests.benchmarks.ledger [--engine sqlite|postgres]
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import event, text, update

from core.digests.span import week
from storage.book import Book
from storage.duties import open_periods
from storage.keys import Keys
from storage.store import Store
from storage.tables import expectation
from tests.benchmarks.country import STATIONS, settle
from tests.benchmarks.figures import machine
from tests.databases import Databases
from tests.storage.duties import DAILY, enact, wita

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
MONDAY = date(2024, 11, 25)
SEEN = wita(27, 7)
AREAS = {"the country": "", "a province": "64", "a kabupaten": "64.02", "a kecamatan": "64.02.03"}
INDEX = "ix_expectation_area_due_at"
"""What a count has to go by, at least below the country: that is nearly every row."""


def main() -> None:
    parser = argparse.ArgumentParser("tests.benchmarks.ledger", description="The ledger of expected reports.")
    parser.add_argument("--engine", choices=list(ENGINES), help="only this one")
    only = parser.parse_args().engine
    print(f"The ledger · {machine()} · {STATIONS:,} polling stations")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        databases = Databases(Path(folder))
        for engine in [only] if only else ENGINES:
            store = Store(databases.fresh(engine), Keys.make())
            print(f"\n{ENGINES[engine]}")
            for name, figure in measure(store):
                print(f"  {name:56}{figure:>12}")
            store.close()
        databases.close()


def measure(store: Store) -> Iterator[tuple[str, str]]:
    """What is measured, line by line as it is done."""
    with store.begin() as book:
        settle(book)
        enact(book, DAILY, areas=frozenset())
    _analyse(store)
    opened = _timed(store, lambda book: open_periods(book, wita(24, 9)))
    yield "open a period, s", f"{opened:.2f}"
    bare = _timed(store, _insert_bare)
    yield "the same rows into a bare table, s", f"{bare:.2f}"
    yield "ratio", f"{opened / bare:.1f}"
    yield (
        "look again, nothing to open, ms",
        _ms(_timed(store, lambda book: open_periods(book, wita(24, 9, 10)))),
    )
    for day in (25, 26):
        _timed(store, lambda book, on=day: open_periods(book, wita(on, 9)))
    _timed(store, _tell)
    _analyse(store)
    rows = _count(store)
    yield "rows in the ledger", f"{rows:,}"
    for name, code in AREAS.items():
        yield from _tallied(store, name, code)


def _tallied(store: Store, name: str, code: str) -> Iterator[tuple[str, str]]:
    span = week(code, MONDAY, SEEN)
    asked: list[tuple[str, Any]] = []
    with store.reading() as book:
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        for what, count in {
            "tally": lambda: book.tallies.tally(span),
            "parts, this week and the last": lambda: book.tallies.parts(span),
            "days": lambda: book.tallies.days(span),
            "forms, this week and the last": lambda: book.tallies.forms(span),
            "100 silent posts": lambda: book.tallies.silences(span, 100),
        }.items():
            asked.clear()
            began = perf_counter()
            count()
            spent, statement = perf_counter() - began, next(one for one in asked if "expectation" in one[0])
            by_index = "index" if INDEX in _plan(book, *statement) else "whole table"
            yield f"{name}: {what}, ms ({by_index})", _ms(spent)


def _plan(book: Book, statement: str, given: Any) -> str:
    explain = "EXPLAIN QUERY PLAN" if book.connection.dialect.name == "sqlite" else "EXPLAIN"
    return str(book.connection.exec_driver_sql(f"{explain} {statement}", given).all())


def _timed(store: Store, job: Callable[[Book], object]) -> float:
    """One transaction, its commit included."""
    began = perf_counter()
    with store.begin() as book:
        job(book)
    return perf_counter() - began


def _insert_bare(book: Book) -> None:
    """Into a table like it that has no index at all, the rows as they are."""
    book.connection.execute(text("CREATE TABLE bare AS SELECT * FROM expectation WHERE 1 = 0"))
    book.connection.execute(text("INSERT INTO bare SELECT * FROM expectation"))


def _tell(book: Book) -> None:
    """Two of three have told, before it was due."""
    told = update(expectation).where(expectation.c.id % 3 != 0)
    book.connection.execute(told.values(state="filed", told_at=wita(25, 15), report="P-1"))


def _count(store: Store) -> int:
    with store.reading() as book:
        return int(book.connection.execute(text("SELECT count(*) FROM expectation")).scalar_one())


def _analyse(store: Store) -> None:
    """What PostgreSQL's autovacuum does by itself, sooner or later."""
    with store.begin() as book:
        book.connection.execute(text("ANALYZE"))


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:,.1f}"


if __name__ == "__main__":
    main()
