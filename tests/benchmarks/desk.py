"""`make bench`: every page of the web desk over 1,000,000 reports and 100,000 cases, beside a small house.

python -m tests.benchmarks.desk [--engine sqlite|postgres] [--reports 1000000] [--cases 100000] [--asks 40]
    [--only "cases: a common"] [--role kabkota] [--pages] [--quick]

Through the whole application, in this process; the clock goes on by a minute from look to look.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from core.model.people import Role
from storage.keys import Keys
from storage.store import Store
from tests.benchmarks.desk_export import exports
from tests.benchmarks.desk_house import SEATS, Desk, fill
from tests.benchmarks.desk_pages import pages_of
from tests.benchmarks.figures import machine, percentile
from tests.benchmarks.meter import cpu_seconds
from tests.benchmarks.processes import first_process
from tests.databases import Databases

SMALL = (1_000, 100)
QUICK = (20_000, 2_000, 10)
AIM = 100
HEADINGS = ("first", "p50", "p95", "max", "CPU ms", "p95 in a small house", "ratio")


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds: of the first look, then of all the others."""

    first: float
    looks: Sequence[float]
    cpu: float
    """Of the processor for a look, the database's and what is counted beside it included."""

    def at(self, percent: int) -> float:
        return percentile(list(self.looks), percent)


@dataclass(frozen=True, slots=True)
class Wish:
    role: str
    only: str
    asks: int


def main() -> None:
    asked = _asked()
    reports, cases, asks = QUICK if asked.quick else (asked.reports, asked.cases, asked.asks)
    wish = Wish(asked.role, asked.only, asks)
    print(f"LaporDesk · {machine()} · {reports:,} reports, {cases:,} cases; small: {SMALL[0]:,}, {SMALL[1]}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        databases = Databases(Path(folder))
        for engine in [asked.engine] if asked.engine else ["sqlite", "postgres"]:
            tables, store = [], None
            for size in (SMALL, (reports, cases)):
                if store:
                    store.close()
                store = Store(databases.fresh(engine), Keys.load(Path(folder) / "keys"))
                began = time.perf_counter()
                fill(store, *size, tell=_tell)
                _tell(f"{engine}: {size[0]:,} reports in {time.perf_counter() - began:.0f} s")
                process = None if engine == "sqlite" else first_process(databases)
                tables.append(dict(look_around(store, wish, process)))
            assert store
            print(f"\n{engine}\n{'':44}" + "".join(f"{one:>{max(9, len(one) + 2)}}" for one in HEADINGS))
            for name, took in tables[1].items():
                print(line(name, took, tables[0][name]), flush=True)
            for told in () if asked.quick or asked.pages else exports(store.url, Path(folder) / "keys"):
                print(told, flush=True)
            store.close()
        databases.close()


def look_around(store: Store, wish: Wish, database: int | None) -> Iterator[tuple[str, Took]]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(store, Path(folder))
        for role, _ in SEATS:
            if wish.role in ("", role.value):
                yield from _of_role(desk, role, wish, database)
        desk.close()


def _of_role(desk: Desk, role: Role, wish: Wish, database: int | None) -> Iterator[tuple[str, Took]]:
    with desk.store.reading() as book:
        pages = pages_of(book, desk.members[role])
    for name, addresses in pages.items():
        if wish.only in name:
            headers = desk.enter(role)
            yield f"{role.value} · {name}", _looked(desk, addresses, headers, wish.asks, database)


def _looked(
    desk: Desk, addresses: Sequence[str], headers: dict[str, str], asks: int, database: int | None
) -> Took:
    spent, cpu = [], 0.0
    for number, address in enumerate(islice(cycle(addresses), asks + 1)):
        before, began = _cpu(database), time.perf_counter()
        desk.get(address, headers)
        spent.append(1000 * (time.perf_counter() - began))
        desk.rest()
        cpu += 1000 * (_cpu(database) - before) if number else 0
    return Took(spent[0], spent[1:], cpu / asks)


def _cpu(database: int | None) -> float:
    return time.process_time() + (cpu_seconds(database) if database else 0.0)


def line(name: str, took: Took, small: Took) -> str:
    mark = " *" if took.at(95) > AIM else ""
    figures = (took.first, took.at(50), took.at(95), max(took.looks), took.cpu, small.at(95))
    cells = "".join(
        f"{one:>{max(9, len(head) + 2)}.1f}" for one, head in zip(figures, HEADINGS, strict=False)
    )
    return f"{name:44}{cells}{took.at(95) / small.at(95):>9.1f}{mark}"


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks.desk", description="The pages of the web desk.")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one")
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--asks", type=int, default=40, help="looks at each page")
    parser.add_argument("--role", default="", choices=[role.value for role, _ in SEATS], help="only theirs")
    parser.add_argument("--only", default="", help="only the pages with this in their name")
    parser.add_argument("--pages", action="store_true", help="no exports, which take the longest")
    parser.add_argument("--quick", action="store_true", help="a rough look: 20,000 reports, 2,000 cases")
    return parser.parse_args()


if __name__ == "__main__":
    main()
