"""Small facts about the installation, one row each."""

from collections.abc import Iterator

import pytest

from storage.book import Book
from storage.store import Store


@pytest.fixture
def book(store: Store) -> Iterator[Book]:
    with store.begin() as opened:
        yield opened


def test_what_was_never_noted_is_empty(book: Book) -> None:
    assert book.marks.get("twilio.content.AC1") == ""


def test_a_mark_is_kept_and_replaced(book: Book) -> None:
    book.marks.put("demo", "yes")
    book.marks.put("other", "x")
    assert book.marks.get("demo") == "yes"
    book.marks.put("demo", "since Monday: 'Senin'")
    assert book.marks.get("demo") == "since Monday: 'Senin'"
    assert book.marks.get("other") == "x"


def test_a_dropped_mark_is_gone_and_only_it(book: Book) -> None:
    book.marks.put("demo", "yes")
    book.marks.put("other", "x")
    book.marks.drop("demo")
    book.marks.drop("demo")
    assert (book.marks.get("demo"), book.marks.get("other")) == ("", "x")


def test_a_mark_is_there_for_the_next_transaction(store: Store) -> None:
    with store.begin() as book:
        book.marks.put("demo", "yes")
    with store.reading() as book:
        assert book.marks.get("demo") == "yes"
