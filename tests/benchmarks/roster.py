"""`make bench`: rosters of a province and of the country taken in, places found among 83,000 villages.

python -m tests.benchmarks.roster [--engine sqlite|postgres] [--people 6274 435296]
"""

import argparse
import csv
import io
import resource
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import Column, Integer, MetaData, Table, Text, text

from core.forms.answers.areas import directory, find
from core.forms.form import Option
from core.model.areas import Area, Level
from core.model.people import Role
from storage import areas_source
from storage.book import Book
from storage.keys import Keys
from storage.roster import Entry, each_row, good_rows, import_roster, preview_roster
from storage.roster.staging import pages
from storage.store import Store
from tests.benchmarks.country import STATIONS
from tests.benchmarks.figures import machine
from tests.databases import Databases

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
PROVINCE = 6_274
NOW = datetime(2024, 11, 1, tzinfo=UTC)
BARE = Table(
    "bare",
    MetaData(),
    Column("line", Integer),
    *(Column(name, Text) for name in ("name", "phone", "role", "area")),
)
Line = tuple[str, float, str]


def main() -> None:
    parser = argparse.ArgumentParser(
        "tests.benchmarks.roster", description="Rosters, and the search of places."
    )
    parser.add_argument("--engine", choices=list(ENGINES), help="only this one")
    parser.add_argument("--people", type=int, nargs="+", default=[PROVINCE, STATIONS])
    asked = parser.parse_args()
    print(f"Rosters · {machine()}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        databases = Databases(Path(folder))
        for engine in [asked.engine] if asked.engine else ENGINES:
            print(f"\n{ENGINES[engine]}")
            places = tuple(areas_source.load())
            for many in asked.people:
                store = Store(databases.fresh(engine), Keys.make())
                _tell(_placed(store, places))
                _tell(_taken_in(store, places, many))
                store.close()
            _tell(_found(databases, engine, places))
        databases.close()
    print("\nThe conversation's own search, in memory")
    _tell(_chosen(places))


def _placed(store: Store, places: Sequence[Area]) -> Iterator[Line]:
    yield f"{len(places):,} areas loaded", _timed(store, lambda book: book.areas.save(places)), "s"
    _timed(store, _analyse)


def _taken_in(store: Store, places: Sequence[Area], many: int) -> Iterator[Line]:
    for by in ("code", "name"):
        content, before = _roster(places, many, by), _peak()
        read = _timed(store, partial(_read, content))
        yield f"{many:,} rows by {by}: read and checked", read, "s"
    yield f"{many:,} rows: peak memory of reading, beyond the file", (_peak() - before) / 1024, "MB"
    everybody = list(_entries(places, many))
    bare = _timed(store, partial(_bare, everybody=everybody))
    yield f"{many:,} rows: bare executemany", bare, "s"
    for what, does in {
        "preview": preview_roster,
        "import": import_roster,
        "import again": import_roster,
    }.items():
        spent = _timed(store, lambda book, does=does: does(book, everybody, NOW))
        yield f"{many:,} rows: {what}", spent, "s"
        yield f"{many:,} rows: {what}, times the bare", spent / bare, ""
    _timed(store, _analyse)
    yield f"{many:,} rows: one more person", 1000 * _timed(store, partial(_one_more, everybody[0])), "ms"
    for name, area in {"the country": "", "a province": "64", "a kabupaten": "64.02"}.items():
        yield (
            f"vacancies of {name}",
            1000 * _timed(store, lambda book, area=area: _vacancies(book, area)),
            "ms",
        )


def _found(databases: Databases, engine: str, places: Sequence[Area]) -> Iterator[Line]:
    store = Store(databases.fresh(engine), Keys.make())
    _timed(store, lambda book: book.areas.save(places))
    _timed(store, _analyse)
    for what, names in _NAMES.items():
        spent = [
            _timed(store, lambda book, name=name: book.areas.find(name, Level.VILLAGE)) for name in names
        ]
        yield f"find a village, {what}", 1000 * statistics.median(spent), "ms"
    store.close()


def _chosen(places: Sequence[Area]) -> Iterator[Line]:
    names = {one.code: one.name for one in places}
    options = tuple(
        Option(one.code, {"id": one.name}, {"kecamatan": names[one.parent]})
        for one in places
        if one.level is Level.VILLAGE
    )
    began = perf_counter()
    book = directory(options)
    yield f"{len(options):,} villages made ready, once a form", perf_counter() - began, "s"
    for what, typed in _NAMES.items():
        find(book, typed[0])
        spent = []
        for name in typed:
            began = perf_counter()
            find(book, name)
            spent.append(perf_counter() - began)
        yield f"choose a village, {what}", 1000 * statistics.median(spent), "ms"


_NAMES = {
    "its name": ("Sidomulyo", "Mekarsari", "Kel. Api-Api"),
    "joined or apart": ("sangasanga dalam", "Sanga-Sanga Muara", "sungaimeriam"),
    "its beginning": ("sidomul", "mekars", "tanjungb"),
    "a slip": ("Sidomulio", "Mekarsarri", "Sungai Meraim"),
    "no such": ("Atlantis Raya", "Xanadu", "Nirwana Biru Laut"),
}


def _roster(places: Sequence[Area], many: int, by: str) -> bytes:
    names = {one.code: one.name for one in places}
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(("nama", "telepon", "jabatan", "wilayah", "tps"))
    for one in _entries(places, many):
        village, _, tps = one.area.rpartition(".")
        lineage = (village, village[:8], village[:5]) if by == "name" else ()
        where = ", ".join(names[code] for code in lineage) or village
        writer.writerow((one.name, one.phone, "PTPS", where, tps))
    return sheet.getvalue().encode()


def _entries(places: Sequence[Area], many: int) -> Iterator[Entry]:
    """In the villages of Kalimantan Timur for a province's worth, everywhere for the country's."""
    everywhere = [one.code for one in places if one.level is Level.VILLAGE]
    villages = (
        [code for code in everywhere if code.startswith("64")] if many < len(everywhere) else everywhere
    )
    each = -(-many // len(villages))
    for n in range(many):
        village, tps = villages[n // each], n % each + 1
        yield Entry(n + 2, f"Contoh {n}", f"+62800{n:07}", Role.PTPS, f"{village}.{tps:03}")


def _bare(book: Book, everybody: Sequence[Entry]) -> None:
    BARE.create(book.connection)
    for page in pages(everybody, 2000):
        rows = [(one.row, one.name, one.phone, one.role.value, one.area) for one in page]
        book.connection.execute(
            BARE.insert(), [dict(zip(BARE.columns.keys(), row, strict=True)) for row in rows]
        )


def _read(content: bytes, book: Book) -> int:
    return sum(1 for _ in good_rows(each_row(content, "csv"), book.areas, _no))


def _one_more(first: Entry, book: Book) -> None:
    import_roster(book, [Entry(2, "Contoh Baru", "+628009999999", first.role, first.area)], NOW)


def _vacancies(book: Book, area: str) -> None:
    book.vacancies.counts(area)
    book.vacancies.first(area, 20)


def _analyse(book: Book) -> None:
    """What PostgreSQL's autovacuum does by itself, sooner or later."""
    book.connection.execute(text("ANALYZE"))


def _timed(store: Store, job: Callable[[Book], object]) -> float:
    """One transaction, its commit included."""
    began = perf_counter()
    with store.begin() as book:
        job(book)
    return perf_counter() - began


def _no(fault: object) -> None:
    raise AssertionError(f"the roster has no fault, but {fault}")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _tell(lines: Iterator[Line]) -> None:
    for what, figure, unit in lines:
        print(f"  {what:58}{figure:>10,.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
