import asyncio
from datetime import timedelta

import pytest

from storage.book import Book
from storage.store import Store
from tests.storage.kaltim import NOW


async def test_a_moment_is_taken_by_one(store: Store) -> None:
    def take(book: Book) -> bool:
        return book.ticks.take("digest", NOW, NOW)

    assert sum(await asyncio.gather(*(store.perform(take) for _ in range(10)))) == 1


def test_another_moment_or_job_is_free(store: Store) -> None:
    with store.begin() as book:
        assert book.ticks.last("digest") is None
        assert book.ticks.take("digest", NOW, NOW)
        assert book.ticks.take("digest", NOW + timedelta(days=7), NOW)
        assert book.ticks.take("remind", NOW, NOW)
        book.ticks.note("digest", NOW, "10 sent")
        assert book.ticks.last("digest") == NOW + timedelta(days=7)


def test_whose_transaction_fails_has_taken_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as book:
        book.ticks.take("digest", NOW, NOW)
        raise ZeroDivisionError
    with store.begin() as book:
        assert book.ticks.take("digest", NOW, NOW)
