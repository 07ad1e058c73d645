"""Reports are counted once they are there, anew when they change, by village and up to the province."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.analysis.sums import Sums
from core.model.people import Role
from scheduler.counting import counting
from scheduler.ticker import Ticker
from storage import analysis
from storage.store import Store
from storage.tables import answer_tally, report, revision
from tests.desk.api.office import Office
from tests.desk.pages.reports.filed import FAR, TPS, VILLAGE, Filed

DAY = date(2024, 11, 20)


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


@pytest.fixture
def filed(office: Office) -> Filed:
    return Filed(office)


def count(store: Store) -> int:
    with store.begin() as book:
        return book.analysis.count()


def read(store: Store, area: str, first: date = DAY, last: date = DAY) -> Sums:
    with store.reading() as book:
        found = book.analysis.read("pungut", [area], first, last)
    assert len(found) <= 1
    return next(iter(found.values()), Sums())


def test_what_is_filed_counts_from_its_village_up(store: Store, filed: Filed) -> None:
    filed.file(TPS, lancar="ya", suara__sah="200")
    filed.file(VILLAGE, lancar="tidak", suara__sah="100")
    filed.file(FAR, lancar="ya", suara__sah="50")
    filed.file(TPS, practice=True, lancar="ya")
    filed.nihil()
    assert count(store) == 4
    assert count(store) == 0
    for area in (VILLAGE, "64.72.05", "64.72"):
        sums = read(store, area)
        assert (sums.reports, sums.nihil) == (3, 1)
        assert sums.choices["lancar"] == {"ya": 1, "tidak": 1}
        assert sums.numbers["suara/sah"].total == 300
    assert read(store, "64").choices["lancar"] == {"ya": 2, "tidak": 1}
    assert read(store, "64.02.06.-").reports == 1
    assert read(store, "63").reports == 0


def test_a_correction_and_a_withdrawal_are_counted_anew(store: Store, filed: Filed) -> None:
    mended, gone = filed.file(lancar="ya", suara__sah="900"), filed.file(lancar="ya", suara__sah="10")
    count(store)
    filed.correct(mended, lancar="tidak", suara__sah="90")
    filed.withdraw(gone)
    assert count(store) == 2
    sums = read(store, "64")
    assert sums.reports == 1
    assert sums.choices["lancar"] == {"tidak": 1}
    assert (sums.numbers["suara/sah"].low, sums.numbers["suara/sah"].high) == (90, 90)
    filed.withdraw(mended)
    count(store)
    assert read(store, "64").reports == read(store, VILLAGE).reports == 0


def test_the_day_is_that_of_the_area(store: Store, filed: Filed) -> None:
    """In Samarinda it is the 21st from 16.00 UTC on."""
    filed.file(at=datetime(2024, 11, 20, 15, 59, tzinfo=UTC), lancar="ya")
    filed.file(at=datetime(2024, 11, 20, 16, 0, tzinfo=UTC), lancar="tidak")
    count(store)
    assert read(store, "64.72").choices["lancar"] == {"ya": 1}
    assert read(store, "64.72", *[DAY + timedelta(days=1)] * 2).choices["lancar"] == {"tidak": 1}


def test_an_office_counts_for_itself_and_for_what_lies_above(office: Office, filed: Filed) -> None:
    with office.store.begin() as book:
        person = book.people.save("Dewi Contoh", "+628000000099", office.now)
        for area, role in (("64.72", Role.KABKOTA), ("64", Role.PROVINSI)):
            filed.posts[area] = (book.people.assign(person, role, area, office.now), person, 0)
    filed.file("64.72", lancar="ya")
    filed.file("64", lancar="tidak")
    filed.file(TPS, lancar="ya")
    count(office.store)
    assert read(office.store, "64.72.-").choices["lancar"] == {"ya": 1}
    assert read(office.store, "64.72").choices["lancar"] == {"ya": 2}
    assert read(office.store, "64").choices["lancar"] == {"ya": 2, "tidak": 1}


async def test_the_clock_counts_part_by_part(
    monkeypatch: pytest.MonkeyPatch, office: Office, filed: Filed
) -> None:
    monkeypatch.setattr(analysis, "MOST", 2)
    monkeypatch.setattr(analysis.Analysis.count, "__defaults__", (2,))
    for n in range(5):
        filed.file(at=office.now - timedelta(days=n), lancar="ya")
    await Ticker(office.store, (counting(),), lambda: office.now).look()
    with office.store.reading() as book:
        assert book.analysis.waiting() == 0
        days = book.analysis.read("pungut", ["64"], DAY - timedelta(days=9), DAY)
    assert sorted(day.day for _, day in days) == [16, 17, 18, 19, 20]


def test_counted_from_the_beginning_it_is_the_same(store: Store, filed: Filed) -> None:
    odd = filed.file(lancar="ya", suara__sah="1")
    filed.correct(odd, lancar="tidak")
    filed.nihil()
    count(store)
    before = read(store, "64")
    with store.begin() as book:
        book.connection.execute(update(report).values(nihil=False, flags=0))
        book.analysis.forget()
    assert read(store, "64") == Sums()
    count(store)
    assert read(store, "64") == before
    with store.reading() as book:
        marks = book.connection.execute(select(report.c.number, report.c.nihil)).all()
    assert {row.number for row in marks if row.nihil} == {row.number for row in marks} - {odd}


def test_what_cannot_be_read_keeps_nobody_else_from_being_counted(store: Store, filed: Filed) -> None:
    broken = filed.file(lancar="ya")
    filed.file(lancar="tidak")
    with store.begin() as book:
        where = revision.c.report == broken
        book.connection.execute(update(revision).where(where).values(answers_sealed=b"\x01\x00\x01damaged"))
    assert count(store) == 2
    assert count(store) == 0
    assert read(store, "64").choices["lancar"] == {"tidak": 1}


def test_nothing_of_it_stands_in_the_open(store: Store, filed: Filed) -> None:
    filed.file(lancar="tidak", suara__sah="217")
    count(store)
    with store.reading() as book:
        rows = book.connection.execute(select(answer_tally)).all()
    assert len(rows) == 4
    assert not any(b"lancar" in row.sums_sealed or b"217" in row.sums_sealed for row in rows)


def test_a_report_of_no_area_waits_for_nothing(store: Store, filed: Filed) -> None:
    number = filed.file(lancar="ya")
    with store.begin() as book:
        book.connection.execute(update(report).where(report.c.number == number).values(area=None))
    assert [count(store), count(store)] == [1, 0]
    with store.reading() as book:
        assert book.analysis.waiting() == 0
