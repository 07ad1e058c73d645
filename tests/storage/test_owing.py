"""Late, vacant and silent are three things; the count of today is that of the evening's list."""

from datetime import timedelta

from core.digests.span import week
from core.model.people import Role
from storage.owing import _silent
from storage.store import Store
from tests.plans import plan
from tests.storage.duties import wita
from tests.storage.known_week import MONDAY, live


def test_late_and_vacant_of_a_week(store: Store) -> None:
    with store.begin() as book:
        posts = live(book)
        span = week("64", MONDAY, wita(25, 9))
        late = book.owing.late(span, 10)
        assert [(one.post, one.told) for one in late] == [
            (posts["c2"], wita(25, 8)),
            (posts["b1"], wita(24, 8)),
        ]
        assert late[0].holder == "Pengawas C2 Contoh"
        assert late[0].place[:2] == ("TPS 002", "Melayu")
        [second] = book.owing.late(span, 10, (late[0].told, late[0].row))
        assert second == late[1]
        [vacant] = book.owing.vacant(span, 10)
        assert (vacant.post, vacant.owed, vacant.since) == (posts["a3"], 1, wita(23, 18))
        assert book.owing.vacant(span, 10, (vacant.since, vacant.post)) == ()
        assert book.owing.late(week("64.72", MONDAY, wita(24, 7)), 10) == (), "not yet told then"


def test_how_many_are_silent_these_days(store: Store) -> None:
    with store.begin() as book:
        posts = live(book)
        now = wita(25, 9)
        assert book.owing.count_silent("64", now) == 1, "C1: A3 is vacant, C2 told"
        assert book.owing.count_silent("64.72", now) == 0
        assert book.owing.count_silent("", now) == 1
        assert book.owing.count_silent("64", now + timedelta(days=2)) == 0, "after three days it is history"
        silent = book.silent.read("64", now)
        assert silent
        assert silent.total == book.owing.count_silent("64", now)
        span = week("64.02", MONDAY, now)
        found = book.owing.silence_of(span, posts["c1"])
        assert found
        assert found.holder == "Pengawas C1 Contoh"
        assert book.owing.silence_of(span, posts["c2"]) is None
        assert book.owing.silence_of(week("64.72", MONDAY, now), posts["c1"]) is None
        assert Role.PTPS.value == found.role


def test_what_is_open_is_found_by_its_index(store: Store) -> None:
    with store.begin() as book:
        live(book)
        told = plan(book.connection, _silent("", wita(25, 9)))
        # Of an empty table PostgreSQL may like another index as well.
        assert "ix_expectation_open" in told or ("Index" in told and "Seq Scan" not in told)
