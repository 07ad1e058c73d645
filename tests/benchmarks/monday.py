"""What the Monday run costs over a million reports: 116 areas, each counted and rendered; and those who
chat meanwhile.

python -m tests.benchmarks.monday [--engine sqlite|postgres] [--reports 1000000] [--areas 116]
    [--people 100] [--seconds 15]

Beside the counting stands the bare statement: one look at the same rows of the ledger. `--people 0`: nobody
chats.
"""

import argparse
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, event, func, insert, select, text

from core.digests.digest import Digest
from core.digests.span import week
from core.digests.weeks import moment_of
from core.forms.written import to_json
from core.model.areas import Level
from core.model.records import Answers
from lapordesk.workbooks import BUNDLED, read_form_file
from scheduler.render.rendered import render
from storage.areas_source import load
from storage.book import Book
from storage.keys import Keys
from storage.scopes import inside
from storage.store import Store
from storage.tables import area, expectation, holding, person, post, report, revision
from storage.written import write_answers
from tests.benchmarks.apart import crowd_apart
from tests.benchmarks.beside import Beside, table
from tests.benchmarks.figures import machine, peak
from tests.benchmarks.processes import first_process
from tests.databases import Databases

MONDAY = date(2024, 11, 18)
AT_SEVEN = moment_of("64", MONDAY)
STATIONS = 6
"""Of a village: 6,228 in the province, of which it had 6,274."""
WEEKS = 20
SILENT = 13
"""One in so many is not told."""
LACKING = 17
BATCH = 10_000


def main() -> None:
    asked = _asked()
    print(f"LaporDesk · {machine()} · {asked.reports:,} reports, {asked.areas} areas")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, crowd_apart() as people:
        databases = Databases(Path(folder))
        for engine in [asked.engine] if asked.engine else ["sqlite", "postgres"]:
            url, data = databases.fresh(engine), Path(folder) / engine
            store = Store(url, Keys.load(data / "keys"))
            _fill(store, asked.reports)
            codes = _codes(store)[: asked.areas]
            _measure(store, engine, codes)
            beside = Beside(people, asked.people, asked.seconds)
            if asked.people:
                beside.settle(store, codes, _start())
            store.close()
            if asked.people:
                database = None if engine == "sqlite" else first_process(databases)
                for line in table(dict(beside.measure(data, url, database, AT_SEVEN))):
                    print(f"{'':10} {line}", flush=True)
        databases.close()


def _codes(store: Store) -> list[str]:
    """The province, its kab/kota, its kecamatan."""
    with store.reading() as book:
        below = (book.areas.under("64", level) for level in (Level.REGENCY, Level.DISTRICT))
        return ["64", *(one.code for areas in below for one in areas)]


def _measure(store: Store, engine: str, codes: list[str]) -> None:
    before, spent = peak(), {"counted": 0.0, "bare": 0.0, "rendered": 0.0}
    slowest, statements = 0.0, 0
    for code in codes:
        digest, took, many = _counted(store, code)
        spent["counted"] += took
        slowest, statements = max(slowest, took), statements + many
        spent["bare"] += _bare(store, code)
        began = time.perf_counter()
        render(digest, "id")
        spent["rendered"] += time.perf_counter() - began
    areas = len(codes)
    print(
        f"{engine:10} counted {spent['counted']:7.1f} s, the slowest {1000 * slowest:,.0f} ms, "
        f"{statements / areas:.0f} statements an area"
    )
    print(f"{'':10} bare    {spent['bare']:7.1f} s, ratio {spent['counted'] / spent['bare']:.1f}")
    print(f"{'':10} render  {spent['rendered']:7.1f} s, {1000 * spent['rendered'] / areas:,.0f} ms an area")
    print(f"{'':10} peak memory {peak():.0f} MB, {peak() - before:.0f} MB more than before")


def _counted(store: Store, code: str) -> tuple[Digest, float, int]:
    asked: list[object] = []
    with store.reading() as book:
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(1))
        began = time.perf_counter()
        digest = book.digests.count(code, MONDAY, AT_SEVEN)
        return digest, time.perf_counter() - began, len(asked)


def _bare(store: Store, code: str) -> float:
    """The two weeks' rows of the ledger, counted by state."""
    span = week(code, MONDAY, AT_SEVEN)
    due = (expectation.c.due_at >= span.before().start, expectation.c.due_at < span.end)
    query = select(expectation.c.state, func.count()).where(inside(expectation.c.area, code), *due)
    with store.reading() as book:
        began = time.perf_counter()
        book.connection.execute(query.group_by(expectation.c.state)).all()
        return time.perf_counter() - began


def _fill(store: Store, reports: int) -> None:
    with store.begin() as book:
        areas = tuple(load("64"))
        book.areas.save(areas)
        for name in ("lhp", "logistik"):
            file = read_form_file(BUNDLED / f"{name}.md", areas)
            form = file.compile().form
            assert form
            book.forms.publish(to_json(form), name, form.version, name, file.source, _start())
        posts = _hire(book, [one.code for one in areas if one.level is Level.VILLAGE])
        versions = {one.name: one.version for one in book.forms.versions()}
        _report(book, posts, reports - len(posts), versions["lhp"])
        _stock(book, posts, versions["logistik"])
    with store.begin() as book:
        book.connection.execute(text("ANALYZE"))
        if book.connection.dialect.name == "postgresql":
            for table_name in ("person", "post"):  # their rows were given numbers here
                book.connection.execute(text(_GO_ON.format(table=table_name)))


_GO_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def _hire(book: Book, villages: list[str]) -> list[tuple[int, str]]:
    who = {"id": 1, "name": "Budi Contoh", "language": "", "created_at": _start(), "updated_at": _start()}
    book.connection.execute(insert(person), who)
    places = [
        code
        for village in villages
        for code in (village, *(f"{village}.{n:03}" for n in range(1, STATIONS + 1)))
    ]
    posts = list(enumerate(places, 1))
    known = set(book.connection.execute(select(area.c.code)).scalars())
    stations = [
        {
            "code": code,
            "name": f"TPS {code[-3:]}",
            "level": "tps",
            "kind": "TPS",
            "parent": code[:-4],
            "plain": f"tps{code[-3:]}",
        }
        for code in places
        if code not in known
    ]
    _insert(book.connection, area, stations)
    _insert(
        book.connection,
        post,
        [
            {
                "id": number,
                "role": "pkd" if code.count(".") == 3 else "ptps",
                "area": code,
                "seat": 1,
                "zone": "Asia/Makassar",
            }
            for number, code in posts
        ],
    )
    _insert(
        book.connection,
        holding,
        [{"post_id": number, "person_id": 1, "since": _start(), "until": None} for number, _ in posts],
    )
    return posts


def _report(book: Book, posts: list[tuple[int, str]], many: int, version: str) -> None:
    """So many reports, spread over the weeks up to this one; some are owed still."""
    rounds = -(-many // len(posts))
    step = timedelta(days=7 * WEEKS) / rounds
    first = AT_SEVEN - step * rounds
    serial = 0
    for number in range(rounds):
        due = first + step * (number + 1) - timedelta(hours=9)
        owed, filed, told = [], [], []
        for post_id, code in posts:
            serial += 1
            is_told = serial % SILENT != 0
            at = due - timedelta(minutes=serial % 600 - 60)
            name = f"P-{serial}"
            row = {"election": "coba", "duty": f"d{number}", "form": "lhp", "post_id": post_id, "area": code}
            row |= {"role": "ptps", "period": due - step, "due_at": due, "reminded": 0}
            owed.append(
                row
                | {
                    "state": "filed" if is_told else "open",
                    "report": name if is_told else None,
                    "told_at": at if is_told else None,
                }
            )
            if is_told:
                filed.append(_filed(name, "lhp", version, post_id, code, at))
                told.append(_told(name, at, b"sealed"))
        _insert(book.connection, expectation, owed)
        _insert(book.connection, report, filed)
        _insert(book.connection, revision, told)


def _stock(book: Book, posts: list[tuple[int, str]], version: str) -> None:
    """A report of its supplies from every post, truly sealed."""
    filed, told = [], []
    for post_id, code in posts:
        name, at = f"L-{post_id}", AT_SEVEN - timedelta(hours=post_id % 100 + 1)
        lacks = post_id % LACKING == 0
        values = {"lengkap": "tidak" if lacks else "ya"} | ({"kurang": "tinta segel"} if lacks else {})
        sealed = book.keys.seal(write_answers(Answers(values)), "revision", "answers", name, 1)
        filed.append(_filed(name, "logistik", version, post_id, code, at))
        told.append(_told(name, at, sealed))
    _insert(book.connection, report, filed)
    _insert(book.connection, revision, told)


def _filed(name: str, form: str, version: str, post_id: int, code: str, at: datetime) -> dict[str, object]:
    row = {"number": name, "form": form, "version": version, "post_id": post_id, "person_id": 1}
    return row | {
        "area": code,
        "practice": False,
        "started_at": at,
        "filed_at": at,
        "standing": "filed",
        "serial": 1,
    }


def _told(name: str, at: datetime, sealed: bytes) -> dict[str, object]:
    row = {"report": name, "serial": 1, "standing": "filed", "answers_sealed": sealed, "person_id": 1}
    return row | {"channel": "telegram", "filed_at": at, "sent_at": at}


def _insert(connection: Connection, table: object, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[start : start + BATCH])  # type: ignore[arg-type]


def _start() -> datetime:
    return datetime(2024, 1, 1, tzinfo=UTC)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks.monday", description="The cost of a Monday.")
    parser.add_argument("--engine", choices=["sqlite", "postgres"])
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--areas", type=int, default=116)
    parser.add_argument("--people", type=int, default=100, help="so many chat meanwhile")
    parser.add_argument("--seconds", type=float, default=15)
    return parser.parse_args()


if __name__ == "__main__":
    main()
