"""What coordinators said of a week: nothing is overwritten, and each moment knows what was said by then."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.model.effects import Confirmed, Remarked, TopicSet
from storage.keys import SealBroken
from storage.store import Store
from storage.tables import digest_state, topic_entry
from tests.storage.duties import wita

WEEK = date(2024, 11, 18)
VINA = ("person:20", "Vina Contoh")


def topic(mark: str, note: str = "", area: str = "64.02", week: date = WEEK) -> TopicSet:
    return TopicSet(area, week, "logistik", mark, note, "person:20", "P-1")


def test_the_last_said_by_then_counts(store: Store) -> None:
    with store.begin() as book:
        book.weeks.set_topic(topic("aman"), wita(23, 9))
        book.weeks.set_topic(topic("masalah", "Bilik kurang"), wita(24, 9))
        book.weeks.set_topic(topic("perhatian", area="64.02.06"), wita(24, 9))
        book.weeks.set_topic(topic("masalah", area="64.72"), wita(24, 9))
        book.weeks.set_topic(topic("masalah", week=WEEK + timedelta(days=7)), wita(24, 9))
        then = book.weeks.entries("64.02", WEEK, wita(23, 10))
        now = book.weeks.entries("64.02", WEEK, wita(24, 10))
        assert {key: one.mark for key, one in then.items()} == {("64.02", "logistik"): "aman"}
        assert now["64.02", "logistik"].note == "Bilik kurang"
        assert now.keys() == {("64.02", "logistik"), ("64.02.06", "logistik")}
        assert len(book.weeks.entries("64", WEEK, wita(30, 0))) == 3
        assert book.weeks.entries("64.02", WEEK, wita(22, 0)) == {}


def test_sent_noted_and_corrected(store: Store) -> None:
    with store.begin() as book:
        assert book.weeks.remark_of("64.02", WEEK) == ""
        assert book.weeks.first_sent("64.02", WEEK) is None
        book.weeks.remark(Remarked("64.02", WEEK, "Jalan putus", *VINA), wita(24, 20))
        assert book.weeks.confirmations("64.02", WEEK, wita(24, 21)) == {}, "a note is not sent yet"
        assert book.weeks.remark_of("64.02", WEEK) == "Jalan putus"
        book.weeks.confirm(Confirmed("64.02", WEEK, False, "Jalan putus", *VINA), wita(25, 8))
        book.weeks.confirm(Confirmed("64.02", WEEK, True, "", *VINA), wita(25, 9))
        book.weeks.confirm(Confirmed("64.02.06", WEEK, False, "", *VINA), wita(25, 9))
        assert book.weeks.remark_of("64.02", WEEK) == "Jalan putus"
        first = book.weeks.first_sent("64.02", WEEK)
        assert first
        assert (first.at, first.by, first.is_nihil, first.note) == (
            wita(25, 8),
            "Vina Contoh",
            False,
            "Jalan putus",
        )
        assert book.weeks.confirmations("64", WEEK, wita(25, 8, 30)) == {"64.02": first}
        last = book.weeks.confirmations("64", WEEK, wita(25, 9))
        assert (last["64.02"].is_nihil, last["64.02"].at) == (True, wita(25, 9))
        assert last.keys() == {"64.02", "64.02.06"}
        rows = book.connection.execute(select(digest_state.c.serial).where(digest_state.c.area == "64.02"))
        assert sorted(rows.scalars()) == [1, 2, 3]


def test_notes_are_sealed_each_for_its_place(store: Store) -> None:
    with store.begin() as book:
        book.weeks.set_topic(topic("masalah", "Bilik kurang"), wita(24, 9))
        book.weeks.remark(Remarked("64.02", WEEK, "Jalan putus", *VINA), wita(24, 20))
        for table, words in ((topic_entry, b"Bilik"), (digest_state, b"Jalan")):
            assert words not in bytes(book.connection.execute(select(table.c.note_sealed)).scalar_one())
        book.connection.execute(digest_state.update().values(area="64.72"))
        with pytest.raises(SealBroken):
            book.weeks.remark_of("64.72", WEEK)


def test_an_unknown_mark_is_refused_by_the_database(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as book:
        book.weeks.set_topic(topic("bagus"), wita(24, 9))


def test_which_weeks_were_sent_lately(store: Store) -> None:
    following = WEEK + timedelta(days=7)
    with store.begin() as book:
        book.weeks.confirm(Confirmed("64.02", WEEK, False, "Aman", *VINA), wita(25, 8))
        book.weeks.confirm(Confirmed("64.02", WEEK, True, "Nihil", *VINA), wita(25, 9))
        book.weeks.remark(Remarked("64.02", following, "Belum dikirim", *VINA), wita(26, 9))
        sent = book.weeks.sent_lately("64.02", WEEK - timedelta(days=21), following)
        assert {week: one.note for week, one in sent.items()} == {WEEK: "Nihil"}
        assert book.weeks.sent_lately("64.02", following, following) == {}
