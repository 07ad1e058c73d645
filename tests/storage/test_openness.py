"""What the public figures are counted from: real cases and reports of the province, without practice."""

from dataclasses import replace
from datetime import timedelta

from core.model.records import Standing
from core.openness.figures import Course
from storage.openness import Openness
from storage.record import Origin, record
from storage.store import Store
from tests.storage.case_samples import follow, noted, opened
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import corrected, filed, publish

DAY = timedelta(days=1)


def test_cases_of_the_province_that_came_or_closed_in_the_time(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        cases = {
            "K-7K2-M91": {},
            "K-7K2-M92": {"practice": True},
            "K-7K2-M93": {"office": "63.71"},
            "K-7K2-M94": {"opened_at": NOW - 400 * DAY},
            "K-7K2-M95": {"opened_at": NOW - 400 * DAY, "office": "64"},
            "K-7K2-M96": {"opened_at": NOW + 2 * DAY},
        }
        for number, changes in cases.items():
            told = opened(number, f"{number[-1]}Q2MK9TD4XW1B6R", is_theirs=False, **changes)
            record(book, [told], Origin.silent(NOW))
            if number in ("K-7K2-M91", "K-7K2-M95"):
                closed_at = NOW + (3 if number == "K-7K2-M91" else 0) * DAY
                record(book, [noted(told.case, closed_at=closed_at, clocks=())], Origin.silent(NOW))
        found = set(Openness(book.connection).courses("64", NOW - DAY, NOW + DAY))
    assert found == {
        Course("informasi-awal", "64.72", NOW, None),
        Course("informasi-awal", "64", NOW - 400 * DAY, NOW),
    }


def test_reports_by_kabkota_and_stage(store: Store) -> None:
    with store.begin() as book:
        publish(book)
        person = book.people.get(appoint(book))
        assert person
        post = person.posts[0].id
        for number in ("P-1", "P-2", "P-3", "P-4"):
            book.reports.file(replace(filed(number, person.id, post), practice=number == "P-3"))
        fourth = filed("P-4", person.id, post)
        book.reports.revise("P-4", replace(corrected(fourth, "salah"), standing=Standing.WITHDRAWN))
        counted = Openness(book.connection).reports("64", NOW + DAY)
        assert counted == {("64.72", ""): 2}
        assert Openness(book.connection).reports("64", NOW - DAY) == {}
        assert Openness(book.connection).reports("63", NOW + DAY) == {}
