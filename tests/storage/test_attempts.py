from datetime import timedelta

from storage.attempts import BUDGET, TRIES, TRIES_UNDER_ATTACK, WINDOW
from storage.store import Store
from tests.storage.kaltim import NOW


def test_five_wrong_codes_and_then_a_rest(store: Store) -> None:
    with store.begin() as book:
        for tried in range(TRIES):
            assert book.attempts.standing(1, NOW) == "open", tried
            book.attempts.note(1, NOW + timedelta(seconds=tried))
        assert book.attempts.standing(1, NOW + timedelta(seconds=9)) == "wait"
        assert book.attempts.standing(2, NOW) == "open"
        assert book.attempts.standing(1, NOW + WINDOW) == "open"
        book.attempts.note(1, NOW + WINDOW)
        assert book.attempts.standing(1, NOW + WINDOW) == "open", "a new quarter of an hour begins at one"


def test_when_many_are_tried_each_has_two(store: Store) -> None:
    with store.begin() as book:
        for tried in range(BUDGET):
            book.attempts.note(1000 + tried, NOW)
        for tried in range(TRIES_UNDER_ATTACK):
            assert book.attempts.standing(1, NOW) == "open", tried
            book.attempts.note(1, NOW)
        assert book.attempts.standing(1, NOW) == "wait"
        assert book.attempts.standing(2, NOW) == "open", "an honest person's first try is always heard"


def test_openings_are_counted_for_a_day(store: Store) -> None:
    day = timedelta(days=1)
    with store.begin() as book:
        assert book.attempts.opened_since(1, NOW - day) == 0
        book.attempts.opened(1, NOW)
        book.attempts.opened(1, NOW + timedelta(hours=2))
        book.attempts.note(1, NOW)
        assert book.attempts.opened_since(1, NOW - day) == 2
        assert book.attempts.opened_since(2, NOW - day) == 0
        assert book.attempts.opened_since(1, NOW + timedelta(hours=3)) == 0
        book.attempts.opened(1, NOW + day)
        assert book.attempts.opened_since(1, NOW) == 1
        book.attempts.forget(1)
        assert book.attempts.opened_since(1, NOW) == 0


def test_what_is_old_is_tidied_away(store: Store) -> None:
    with store.begin() as book:
        book.attempts.note(1, NOW)
        book.attempts.tidy(NOW + timedelta(days=2))
        assert book.attempts.standing(1, NOW) == "open"
        assert book.connection.exec_driver_sql("SELECT count(*) FROM attempt").scalar() == 0
