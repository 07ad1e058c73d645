"""Who works at the desk: taken in for a role in an area, gone when it ends."""

from datetime import timedelta

import pytest

from core.model.people import Role
from storage.book import Book
from storage.staff import Member, NotStaff
from storage.store import Store
from tests.storage.kaltim import NOW, VILLAGE, settle

EMAIL = "umi@contoh.example"


def take_in(book: Book, email: str = EMAIL, role: Role = Role.KABKOTA, area: str = "64.72") -> Member:
    return book.staff.add(email, "Umi Contoh", role, area, NOW)


def test_who_is_taken_in_is_found_by_any_spelling(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        member = take_in(book, "  Umi@Contoh.Example ")
    with store.reading() as book:
        assert book.staff.by_email("UMI@contoh.example") == member == book.staff.get(member.id)
        assert book.staff.by_email("vina@contoh.example") is None
    assert member.actor.key == f"staff:{member.id}"
    assert member.actor.seats == ((Role.KABKOTA, "64.72"),)


@pytest.mark.parametrize(
    ("email", "role", "area", "why"),
    [
        ("umi", Role.KABKOTA, "64.72", "email"),
        ("umi @contoh.example", Role.KABKOTA, "64.72", "email"),
        (f"{'u' * 80}@contoh.example", Role.KABKOTA, "64.72", "email"),
        (EMAIL, Role.PKD, VILLAGE, "role"),
        (EMAIL, Role.PTPS, VILLAGE, "role"),
        (EMAIL, Role.KABKOTA, "64.99", "area"),
        (EMAIL, Role.KABKOTA, "", "area"),
        (EMAIL, Role.KABKOTA, "64", "level"),
        (EMAIL, Role.PANWASCAM, "64.72", "level"),
        (EMAIL, Role.RI, "64", "level"),
    ],
)
def test_who_cannot_be_taken_in_is_told_why(
    store: Store, email: str, role: Role, area: str, why: str
) -> None:
    with store.begin() as book:
        settle(book)
    with store.begin() as book, pytest.raises(NotStaff) as refused:
        take_in(book, email, role, area)
    assert refused.value.why == why


def test_the_whole_country_is_the_area_of_the_centre(store: Store) -> None:
    with store.begin() as book:
        assert take_in(book, role=Role.RI, area="").actor.seats == ((Role.RI, ""),)


def test_who_left_is_no_longer_found_and_can_come_back_as_another(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        first = take_in(book)
    with store.begin() as book, pytest.raises(NotStaff, match="there"):
        take_in(book)
    with store.begin() as book:
        book.staff.end(first.id, NOW)
        assert book.staff.by_email(EMAIL) is None
        left = book.staff.get(first.id)
        assert left and left.ended_at == NOW
        back = take_in(book, role=Role.PROVINSI, area="64")
        assert (back.id, back.role, back.ended_at) == (first.id, Role.PROVINSI, None)


def test_no_token_of_before_opens_for_who_left_and_came_back(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        member = take_in(book)
        _, shown = book.tokens.make(member.id, ["cases:read"], 30, "", NOW)
        book.staff.end(member.id, NOW)
        take_in(book)
        assert book.tokens.find(shown, NOW + timedelta(minutes=1)) is None


def test_they_are_listed_by_their_address(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        take_in(book, "vina@contoh.example")
        take_in(book)
        assert [one.email for one in book.staff.every()] == [EMAIL, "vina@contoh.example"]
