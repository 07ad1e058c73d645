from datetime import timedelta

from storage.processes import LIVES, REMEMBERED
from storage.store import Store
from tests.storage.kaltim import NOW


def test_those_of_a_role_who_live_are_told(store: Store) -> None:
    with store.begin() as book:
        assert [one.name for one in book.processes.beat("b", "delivery", NOW)] == ["b"]
        book.processes.beat("w", "web", NOW)
        found = book.processes.beat("a", "delivery", NOW + LIVES / 2)
        assert [one.name for one in found] == ["a", "b"]
        assert [one.name for one in book.processes.alive(NOW + LIVES / 2)] == ["a", "b", "w"]


def test_who_was_silent_or_left_is_no_more(store: Store) -> None:
    with store.begin() as book:
        book.processes.beat("silent", "delivery", NOW)
        book.processes.beat("left", "delivery", NOW + timedelta(seconds=1))
        book.processes.leave("left")
        assert [one.name for one in book.processes.beat("a", "delivery", NOW + LIVES)] == ["a"]
        [one] = book.processes.beat("a", "delivery", NOW + 2 * LIVES)
        assert (one.since, one.seen_at) == (NOW + LIVES, NOW + 2 * LIVES)


def test_the_dead_are_forgotten(store: Store) -> None:
    with store.begin() as book:
        book.processes.beat("dead", "delivery", NOW)
        book.processes.beat("a", "delivery", NOW + REMEMBERED + timedelta(seconds=1))
        names = book.connection.exec_driver_sql("SELECT name FROM process").scalars().all()
    assert names == ["a"]
