from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from core.model.records import Standing
from storage.book import Book
from storage.keys import SealBroken
from storage.reports import UnknownReport
from storage.store import Store
from storage.tables import report, revision
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import FORM, corrected, filed, publish


def begin(book: Book) -> int:
    publish(book)
    return appoint(book)


def test_a_report_comes_back_as_it_was_filed(store: Store) -> None:
    with store.begin() as book:
        person = begin(book)
        holder = book.people.get(person)
        assert holder is not None
        first = filed("P-1", person, holder.posts[0].id, jam_buka="07:20:00.000+08:00", suara__sah="")
        book.reports.file(first)
    with store.reading() as book:
        assert book.reports.get("P-1") == first
        assert book.reports.get("P-2") is None
        row = book.connection.execute(select(report)).one()
        assert (row.area, row.standing, row.serial) == (holder.posts[0].area, "filed", 1)


def test_a_correction_is_added_and_nothing_overwritten(store: Store) -> None:
    with store.begin() as book:
        first = filed("P-1", begin(book), suara__sah="221")
        book.reports.file(first)
        second = corrected(first, "salah ketik", suara__sah="212")
        book.reports.revise("P-1", second)
        kept = book.reports.get("P-1")
        assert kept is not None
        assert kept.revisions == (*first.revisions, second)
        assert kept.latest.standing is Standing.CORRECTED
        assert book.connection.execute(select(report.c.standing, report.c.serial)).one() == ("corrected", 2)


def test_two_corrections_of_one_state_cannot_both_stand(store: Store) -> None:
    with store.begin() as book:
        first = filed("P-1", begin(book))
        book.reports.file(first)
        book.reports.revise("P-1", corrected(first, "a"))
    with pytest.raises(IntegrityError), store.begin() as book:
        book.reports.revise("P-1", corrected(first, "b"))


def test_a_number_is_given_once(store: Store) -> None:
    with store.begin() as book:
        person = begin(book)
        book.reports.file(filed("P-1", person))
    with pytest.raises(IntegrityError), store.begin() as book:
        book.reports.file(filed("P-1", person))
    with pytest.raises(UnknownReport), store.begin() as book:
        book.reports.revise("P-9", corrected(filed("P-9", person), "x"))


def test_a_person_sees_their_own_the_newest_first(store: Store) -> None:
    with store.begin() as book:
        person, other = begin(book), appoint(book, "Siti", "+628000000013", 13)
        for n in range(4):
            book.reports.file(filed(f"P-{n}", person, at=NOW + timedelta(hours=n)))
        book.reports.file(filed("P-9", other))
        assert [one.number for one in book.reports.of_person(person, 3)] == ["P-3", "P-2", "P-1"]
        assert [one.number for one in book.reports.of_person(other)] == ["P-9"]
        assert book.reports.of_person(999) == []


def test_a_post_keeps_its_reports_whoever_holds_it(store: Store) -> None:
    with store.begin() as book:
        old = begin(book)
        holder = book.people.get(old)
        assert holder is not None
        post = holder.posts[0]
        book.reports.file(filed("P-1", old, post.id))
        new = book.people.save("Siti", "+628000000013", NOW)
        book.people.assign(new, post.role, post.area, NOW)
        book.reports.file(filed("P-2", new, post.id, NOW + timedelta(hours=1)))
        assert [(one.number, one.person) for one in book.reports.of_post(post.id)] == [
            ("P-2", new),
            ("P-1", old),
        ]


def test_every_report_comes_once_page_by_page(store: Store) -> None:
    with store.begin() as book:
        person = begin(book)
        for n in range(11):  # several at one instant
            book.reports.file(filed(f"P-{n:02}", person, at=NOW + timedelta(hours=n // 4), catatan=str(n)))
        book.reports.file(filed("P-99", person, practice=True))
        numbers = [one.number for one in book.reports.every(FORM.name, page=3)]
        assert numbers == [f"P-{n:02}" for n in range(11)]
        assert len(list(book.reports.every(FORM.name, practice=True, page=3))) == 12
        assert list(book.reports.every("other")) == []


def test_answers_are_sealed_for_their_report_and_serial(store: Store) -> None:
    with store.begin() as book:
        book.reports.file(filed("P-1", begin(book), catatan="uang dalam amplop"))
        assert b"amplop" not in book.connection.execute(select(revision.c.answers_sealed)).scalar_one()
        book.connection.execute(update(revision).values(serial=2))
        with pytest.raises(SealBroken):
            book.reports.get("P-1")
