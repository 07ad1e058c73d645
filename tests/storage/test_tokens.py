"""Tokens open for their holder, for what they are good for, for a while; none of them is stored."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.book import Book
from storage.store import Store
from storage.tables import token
from storage.tokens import Token, UnknownScope
from tests.storage.kaltim import NOW, settle
from tests.storage.test_staff import take_in


def make(book: Book, *scopes: str, days: int = 30) -> tuple[Token, str]:
    settle(book)
    member = book.staff.by_email("umi@contoh.example") or take_in(book)
    return book.tokens.make(member.id, scopes or ("cases:read",), days, "register", NOW)


def test_it_opens_until_its_day(store: Store) -> None:
    with store.begin() as book:
        made, shown = make(book, "papers", "cases:read", days=2)
        held = book.tokens.find(shown, NOW + timedelta(days=2, seconds=-1))
        assert held and held.token == made
        assert held.member.email == "umi@contoh.example"
        assert held.token.scopes == {"cases:read", "papers"}
        assert book.tokens.find(shown, NOW + timedelta(days=2)) is None


def test_no_other_letter_opens(store: Store) -> None:
    with store.begin() as book:
        _, shown = make(book)
        for other in ("", shown[:-1], shown.swapcase(), shown + " ", shown.replace("ld_", "")):
            assert book.tokens.find(other, NOW) is None


def test_revoked_it_opens_nothing(store: Store) -> None:
    with store.begin() as book:
        made, shown = make(book)
        revoked = book.tokens.revoke(made.id, NOW)
        assert revoked and revoked.revoked_at == NOW
        assert book.tokens.find(shown, NOW) is None
        assert book.tokens.revoke(made.id, NOW) is None
        assert book.tokens.revoke(made.id + 1, NOW) is None
        assert book.tokens.of(made.staff_id) == [revoked]


@pytest.mark.parametrize("scopes", [(), ("everything",), ("cases:read", "root")])
def test_there_are_no_scopes_but_ours(store: Store, scopes: tuple[str, ...]) -> None:
    with store.begin() as book:
        settle(book)
        with pytest.raises(UnknownScope):
            book.tokens.make(take_in(book).id, scopes, 30, "", NOW)


def test_nobody_gets_one_for_good(store: Store) -> None:
    with store.begin() as book:
        made, _ = make(book, days=100_000)
        assert made.expires_at - NOW == timedelta(days=366)


def test_the_token_itself_is_in_no_column(store: Store) -> None:
    with store.begin() as book:
        _, shown = make(book)
        row = book.connection.execute(select(token)).one()
    assert not [value for value in row if shown in str(value) or shown[3:] in str(value)]
