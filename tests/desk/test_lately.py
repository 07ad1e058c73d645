"""Nobody waits for a digest that was counted before: it is shown, and counted anew for the next one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from core.digests.digest import Digest
from desk.lately import Key, Lately
from storage.book import Book
from storage.keys import Keys
from storage.store import Store
from tests.core.digests.weeks import KUKAR, MONDAY, SEVEN
from tests.databases import Databases

WEEK = Key("64.02", MONDAY)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(databases: Databases, keys: Keys) -> Iterator[Store]:
    made = Store(databases.sqlite(), keys)
    yield made
    made.close()


class Desk:
    """A process of the desk: how often it counted, and what waits to be counted beside it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.waiting: list[Callable[[], None]] = []
        self.lately = Lately(self.waiting.append)
        self.counted = 0

    def look(self, now: datetime, key: Key = WEEK) -> datetime:
        def count(_: Book) -> Digest:
            self.counted += 1
            return replace(KUKAR, made_for=now)

        with self.store.reading() as book:
            return self.lately.digest(self.store, book, key, now, count).made_for

    def go_on(self) -> None:
        while self.waiting:
            self.waiting.pop()()


def test_an_old_one_is_shown_and_counted_anew_once(store: Store) -> None:
    desk = Desk(store)
    assert desk.look(SEVEN) == SEVEN
    desk.go_on()
    assert desk.look(SEVEN + MINUTE) == SEVEN
    assert (desk.counted, desk.waiting) == (1, [])
    later = SEVEN + 2 * MINUTE
    assert [desk.look(later), desk.look(later + MINUTE)] == [SEVEN, SEVEN]
    assert (desk.counted, len(desk.waiting)) == (1, 1)
    desk.go_on()
    assert (desk.look(later), desk.counted) == (later, 2)


def test_another_process_and_one_that_begins_anew_show_it_too(store: Store) -> None:
    first, other = Desk(store), Desk(store)
    first.look(SEVEN)
    first.go_on()
    assert (other.look(SEVEN + 5 * MINUTE), other.counted) == (SEVEN, 0)
    other.go_on()
    assert (first.look(SEVEN + 5 * MINUTE), first.counted) == (SEVEN + 5 * MINUTE, 1)


def test_what_is_settled_is_counted_once_and_a_wall_is_its_process_own(store: Store) -> None:
    desk, other = Desk(store), Desk(store)
    told, wall = Key("64.02", MONDAY, "told"), Key("64.02", MONDAY, "wall")
    assert [desk.look(SEVEN, told), desk.look(SEVEN + timedelta(days=3), told)] == [SEVEN, SEVEN]
    assert (desk.counted, desk.waiting) == (1, [])
    desk.look(SEVEN, wall)
    desk.go_on()
    assert (other.look(SEVEN, wall), other.counted) == (SEVEN, 1)


def test_a_failure_beside_keeps_nobody_from_the_next_one(store: Store) -> None:
    desk = Desk(store)
    desk.look(SEVEN)
    desk.look(SEVEN + 2 * MINUTE)
    [_, anew] = desk.waiting
    store.begin, kept = broken, store.begin  # type: ignore[method-assign]
    anew()
    store.begin = kept  # type: ignore[method-assign]
    assert desk.lately.begun == set()


def broken() -> None:
    raise OperationalError("", {}, Exception())
