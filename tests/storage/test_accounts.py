"""Accounts at the desk: a link opens once, a code once, and nothing is kept as it was shown."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from core.model.people import Role
from storage.accounts import CODES, LINK_HOURS
from storage.store import Store

NOW = datetime(2024, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def umi(store: Store) -> int:
    with store.begin() as book:
        return book.staff.add("umi@contoh.example", "Umi Contoh", Role.RI, "", NOW).id


def test_a_link_sets_an_account_up_once(store: Store, umi: int) -> None:
    with store.begin() as book:
        shown = book.accounts.invite(umi, NOW)
        link = book.accounts.link(shown, NOW)
        assert link
        codes = book.accounts.begin(shown, b"stretched", 7, NOW)
        assert codes
        assert len(set(codes)) == CODES
        assert book.accounts.link(shown, NOW) is None
        assert book.accounts.begin(shown, b"other", 8, NOW) is None
        account = book.accounts.of(umi)
        assert account
        assert (account.password_hash, account.secret) == (b"stretched", link.secret)


def test_a_link_ends_by_time_and_by_a_newer_one(store: Store, umi: int) -> None:
    with store.begin() as book:
        old = book.accounts.invite(umi, NOW)
        new = book.accounts.invite(umi, NOW)
        assert book.accounts.link(old, NOW) is None
        assert book.accounts.link(new, NOW + timedelta(hours=LINK_HOURS)) is None
        assert book.accounts.link(new, NOW)
        assert book.accounts.link("bukan", NOW) is None


def test_a_step_and_a_recovery_code_open_once(store: Store, umi: int) -> None:
    with store.begin() as book:
        codes = book.accounts.begin(book.accounts.invite(umi, NOW), b"s", 7, NOW)
        assert codes
        assert [book.accounts.take_step(umi, step) for step in (7, 9, 9, 8, 10)] == [
            False, True, False, False, True,
        ]  # fmt: skip
        typed = codes[0].lower().replace("-", " ")
        assert [book.accounts.take_code(umi, typed, NOW) for _ in range(2)] == [True, False]
        assert not book.accounts.take_code(umi, "AAAAA-AAAAA", NOW)
        assert not book.accounts.take_code(umi + 1, codes[1], NOW)
        assert book.accounts.codes_left(umi) == CODES - 1


def test_what_was_shown_is_in_no_row(store: Store, umi: int) -> None:
    with store.begin() as book:
        shown = book.accounts.invite(umi, NOW)
        secret = book.accounts.link(shown, NOW)
        codes = book.accounts.begin(shown, b"s", 0, NOW)
        assert secret
        assert codes
        rows = [
            repr(tuple(row))
            for table in ("account", "account_code", "account_link")
            for row in book.connection.execute(text(f"SELECT * FROM {table}"))
        ]
    for told in (shown, repr(secret.secret)[2:-1], *codes, *(one.replace("-", "") for one in codes)):
        assert not any(told in row for row in rows)


def test_whoever_leaves_has_no_account_when_they_come_back(store: Store, umi: int) -> None:
    with store.begin() as book:
        book.accounts.begin(book.accounts.invite(umi, NOW), b"s", 0, NOW)
        left = book.accounts.invite(umi, NOW)
        book.staff.end(umi, NOW)
        assert book.accounts.of(umi) is None
        book.staff.add("umi@contoh.example", "Umi Contoh", Role.RI, "", NOW)
        assert book.accounts.of(umi) is None
        assert book.accounts.link(left, NOW) is None
