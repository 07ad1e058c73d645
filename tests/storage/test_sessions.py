import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.book import Book
from storage.keys import SealBroken
from storage.sessions import _QUIET
from storage.store import Store
from storage.tables import session
from tests.storage.kaltim import NOW


def test_a_state_is_kept_until_it_is_dropped(store: Store) -> None:
    with store.begin() as book:
        assert book.sessions.open("person:1") is None
        book.sessions.keep("person:1", '{"form": "a"}', NOW)
        book.sessions.keep("person:1", '{"form": "b"}', NOW)
    with store.begin() as book:
        assert book.sessions.open("person:1") == '{"form": "b"}'
        assert book.sessions.open("person:2") is None
        book.sessions.drop("person:1")
        assert book.sessions.open("person:1") is None


def test_several_are_opened_and_kept_at_once(store: Store) -> None:
    with store.begin() as book:
        book.sessions.keep("person:1", "one", NOW)
        assert book.sessions.open_all(["person:2", "person:1"]) == {"person:1": "one", "person:2": None}
        book.sessions.keep_all([("person:2", "two", NOW), ("person:1", "more", NOW)])
    with store.begin() as book:
        assert book.sessions.open_all(["person:1", "person:2"]) == {"person:1": "more", "person:2": "two"}


def test_a_stranger_takes_the_conversation_along(store: Store) -> None:
    with store.begin() as book:
        book.sessions.keep("address:1", "begun", NOW)
        book.sessions.carry("address:1", "person:1", NOW)
        assert book.sessions.open("person:1") == "begun"
        assert book.sessions.open("address:1") is None


def test_but_never_over_one_that_goes_on(store: Store) -> None:
    with store.begin() as book:
        book.sessions.keep("address:1", "begun", NOW)
        book.sessions.keep("person:1", "older", NOW)
        book.sessions.carry("address:1", "person:1", NOW)
        assert book.sessions.open("person:1") == "older"
        assert book.sessions.open("address:1") is None


def test_a_state_is_sealed_for_its_owner(store: Store) -> None:
    with store.begin() as book:
        book.sessions.keep("person:1", "rahasia", NOW)
        book.connection.execute(update(session).values(owner="person:2"))
        with pytest.raises(SealBroken):
            book.sessions.open("person:2")


async def test_of_two_halves_at_one_instant_none_is_lost(store: Store) -> None:
    """Also of the very first two, when there is no row yet to lock."""

    def add(book: Book, half: str) -> None:
        so_far = book.sessions.open("person:1") or ""
        book.sessions.keep("person:1", f"{so_far} {half}".strip(), NOW)

    halves = [f"h{n}" for n in range(20)]
    await asyncio.gather(*(store.perform(lambda book, half=half: add(book, half)) for half in halves))
    with store.begin() as book:
        assert sorted(str(book.sessions.open("person:1")).split()) == sorted(halves)


def test_the_quiet_ones_are_found_however_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sessions._QUIET", _QUIET.limit(2))
    with store.begin() as book:
        for days in range(7):
            book.sessions.keep(f"person:{days}", f"since {days}", NOW - timedelta(days=days))
        book.sessions.open("person:9")  # the lock of a conversation that has not begun
        found = dict(book.sessions.quiet(NOW - timedelta(days=6), NOW - timedelta(days=2)))
    assert found == {f"person:{days}": f"since {days}" for days in range(2, 7)}
