"""Many at once comes to the same as one by one, whatever the roster and whoever held the posts before."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from core.model.areas import Area, Level
from core.model.people import Role
from storage.book import Book
from storage.roster import Entry, check_roster, import_roster, preview_roster
from storage.roster.changes import Kind
from storage.roster.entries import Row
from storage.store import Store
from storage.tables import area, holding, person, post
from tests.storage.kaltim import NOW, province
from tests.storage.roster.one_by_one import import_slowly

KECAMATAN = "64.72.03"
AREAS = {
    "ptps": (f"{KECAMATAN}.1005",),
    "pkd": (f"{KECAMATAN}.1005", f"{KECAMATAN}.1001"),
    "panwascam": (KECAMATAN, "64.02.04"),
    "bawaslu kota": ("64.72",),
}


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, str, str, str, str]:
    """Few phones and few posts, so that they meet."""
    role = draw(st.sampled_from(sorted(AREAS)))
    phone = f"0800000000{draw(st.integers(0, 7))}"
    where = draw(st.sampled_from(AREAS[role]))
    name = draw(st.sampled_from(("Ani Contoh", "Budi Contoh", "Citra Contoh", "")))
    return name, phone, role, where, str(draw(st.integers(1, 3)))


rosters = st.lists(st.lists(rows(), max_size=14), min_size=1, max_size=4)


def places(book: Book) -> None:
    codes = {"64", "64.72", "64.02", KECAMATAN, "64.02.04", f"{KECAMATAN}.1005", f"{KECAMATAN}.1001"}
    book.areas.save(one for one in province() if one.code in codes)


def entries(book: Book, sheet: Sequence[tuple[str, ...]]) -> list[Entry]:
    good, _ = check_roster([Row(n, *cells, {}) for n, cells in enumerate(sheet, 2)], book.areas)
    return good


def written(book: Book) -> list[list[tuple[object, ...]]]:
    """Everything that a roster changes: places, people, posts, and who held them from when until when."""
    here = book.connection
    columns = (
        select(area.c.code, area.c.name, area.c.parent, area.c.plain).order_by(area.c.code),
        select(person.c.phone_index, person.c.name).order_by(person.c.phone_index),
        select(post.c.area, post.c.role, post.c.seat, post.c.zone).order_by(
            post.c.area, post.c.role, post.c.seat
        ),
        select(post.c.area, post.c.role, post.c.seat, person.c.phone_index, holding.c.since, holding.c.until)
        .join_from(holding, post)
        .join(person)
        .order_by(post.c.area, post.c.role, post.c.seat, holding.c.since, person.c.phone_index),
    )
    return [[tuple(row) for row in here.execute(one)] for one in columns]


@given(rosters)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_at_once_come_to_the_same_as_one_by_one(
    store: Store, sheets: list[list[tuple[str, ...]]]
) -> None:
    came = []
    for way in (import_slowly, import_roster):
        with store.begin() as book, book.connection.begin_nested() as tried:
            places(book)
            for hours, sheet in enumerate(sheets):
                way(book, entries(book, sheet), NOW + timedelta(hours=hours))
            came.append(written(book))
            tried.rollback()
    assert came[0] == came[1]


@given(rosters)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_preview_tells_what_comes_and_writes_nothing(
    store: Store, sheets: list[list[tuple[str, ...]]]
) -> None:
    with store.begin() as book, book.connection.begin_nested() as tried:
        places(book)
        for hours, sheet in enumerate(sheets):
            good, now, before = entries(book, sheet), NOW + timedelta(hours=hours), written(book)
            shown = preview_roster(book, good, now)
            assert written(book) == before
            assert import_roster(book, good, now) == shown
            again = preview_roster(book, good, now).changes
            assert again.counts[Kind.SAME] == len(good)
            assert sum(again.counts.values()) == len(good)
        tried.rollback()


def test_each_kind_of_change_is_told(store: Store) -> None:
    def entry(row: int, name: str, phone: int, tps: int) -> Entry:
        return Entry(row, name, f"+62800000000{phone}", Role.PTPS, f"{KECAMATAN}.1005.00{tps}")

    before = [entry(2, "Ani", 1, 1), entry(3, "Budi", 2, 2), entry(4, "Citra", 3, 3), entry(5, "Dedi", 4, 4)]
    after = [
        entry(2, "Ani Contoh", 1, 1),
        entry(3, "Budi", 2, 3),
        entry(4, "Eka", 5, 5),
        entry(5, "Dedi", 4, 4),
    ]
    with store.begin() as book:
        places(book)
        import_roster(book, before, NOW)
        changes = import_roster(book, after, NOW).changes
    told = {
        kind: [(one.name, one.before, one.area[-3:]) for one in some] for kind, some in changes.first.items()
    }
    assert told == {
        Kind.ADDED: [("Eka", "", "005")],
        Kind.RENAMED: [("Ani Contoh", "Ani", "001")],
        Kind.MOVED: [("Budi", "", "003")],
        Kind.HANDED: [("Budi", "Citra", "003")],
        Kind.VACANT: [("Budi", "", "002")],
    }
    assert changes.counts == {**dict.fromkeys(Kind, 1)}


@pytest.mark.parametrize("many", [10, 1500])
def test_the_statements_do_not_grow_with_the_roster(store: Store, many: int) -> None:
    """Two pages at most are staged; all else is the same few statements."""

    def good() -> list[Entry]:
        station = (f"{KECAMATAN}.{1001 + n // 900}.{1 + n % 900:03}" for n in range(many))
        return [Entry(n, "Contoh", f"+62800{n:07}", Role.PTPS, code) for n, code in enumerate(station, 2)]

    with store.begin() as book:
        places(book)
        book.areas.save([Area(f"{KECAMATAN}.1002", "Contoh", Level.VILLAGE, "")])
        asked: list[str] = []
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        import_roster(book, good(), NOW)
    assert len(asked) <= 35, len(asked)
