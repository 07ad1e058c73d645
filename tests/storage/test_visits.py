"""Visits: they die at their end, by resting, by age, by another role, by leaving."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from core.model.areas import Area, Level
from core.model.people import Role
from storage.book import Book
from storage.staff import Member
from storage.store import Store
from storage.visits import IDLE, LONGEST

NOW = datetime(2024, 11, 20, 2, 0, tzinfo=UTC)


def enter(store: Store) -> tuple[Member, int, str]:
    with store.begin() as book:
        book.areas.save([Area("64", "Kalimantan Timur", Level.PROVINCE, "Provinsi")])
        member = book.staff.add("umi@contoh.example", "Umi Contoh", Role.RI, "", NOW)
        return member, *book.visits.begin(member, "Firefox, Android", NOW)


def test_a_visit_is_found_by_its_token_alone(store: Store) -> None:
    member, number, shown = enter(store)
    with store.reading() as book:
        found = book.visits.find(shown, NOW)
        assert found
        assert (found.id, found.member) == (number, member)
        assert book.visits.find(shown + "x", NOW) is None
        rows = book.connection.execute(text("SELECT * FROM visit")).all()
    assert not any(shown in str(row) for row in rows)


def test_it_lasts_while_somebody_is_there_but_not_for_ever(store: Store) -> None:
    _, number, shown = enter(store)
    with store.begin() as book:
        assert book.visits.find(shown, NOW + IDLE) is None
        at = NOW
        while at < NOW + LONGEST - timedelta(minutes=30):
            at += timedelta(minutes=30)
            assert book.visits.find(shown, at)
            book.visits.see(number, at)
        assert book.visits.find(shown, NOW + LONGEST) is None


DEATHS: dict[str, Callable[[Book, Member, int], object]] = {
    "ended": lambda book, member, number: book.visits.end(number, member.id, NOW),
    "all ended": lambda book, member, number: book.visits.end_all(member.id, NOW),
    "left": lambda book, member, number: book.staff.end(member.id, NOW),
    "another role": lambda book, member, number: book.connection.execute(
        text("UPDATE staff SET role = 'provinsi', area = '64'")
    ),
    "another area": lambda book, member, number: book.connection.execute(
        text("UPDATE staff SET area = '64'")
    ),
    "left and came back": lambda book, member, number: (
        book.staff.end(member.id, NOW),
        book.staff.add(member.email, member.name, Role.RI, "", NOW + timedelta(seconds=1)),
    ),
}


@pytest.mark.parametrize("death", DEATHS.values(), ids=DEATHS.keys())
def test_it_dies(store: Store, death: Callable[[Book, Member, int], object]) -> None:
    member, number, shown = enter(store)
    later = NOW + timedelta(minutes=1)
    with store.begin() as book:
        assert book.visits.find(shown, later)
        death(book, member, number)
        assert book.visits.find(shown, later) is None
        assert book.visits.of(member.id, later) == []


def test_nobody_ends_the_visit_of_another(store: Store) -> None:
    member, number, shown = enter(store)
    with store.begin() as book:
        assert not book.visits.end(number, member.id + 1, NOW)
        assert book.visits.find(shown, NOW)
