import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from core.model.messages import Channel
from storage.book import Book
from storage.inbox import Arrival
from storage.keys import SealBroken
from storage.store import Store
from storage.tables import inbox
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT, OTHER_CHAT, message


def test_a_message_is_received_once(store: Store) -> None:
    with store.begin() as book:
        assert book.inbox.receive(message(1), NOW, b"raw") is not None
    with store.begin() as book:
        assert book.inbox.receive(message(1), NOW, b"raw") is None
        assert book.inbox.receive(message(2), NOW, b"raw") is not None
        # the same number from another account or channel is another message
        for address in (replace(CHAT, account="1002"), replace(CHAT, channel=Channel.WHATSAPP)):
            assert book.inbox.receive(message(1, address), NOW, b"raw") is not None


def test_several_are_received_at_once_each_at_its_place(store: Store) -> None:
    with store.begin() as book:
        old = book.inbox.receive(message(1), NOW, b"raw")
    with store.begin() as book:
        arrivals = [Arrival(message(n), NOW, f"raw {n}".encode()) for n in (3, 1, 2, 3)]
        three, again, two, twin = book.inbox.receive_all(arrivals)
        assert three is not None
        assert two is not None
        assert (again, twin) == (None, None)
        assert len({old, two, three}) == 3
        assert [book.inbox.raw(two), book.inbox.raw(three)] == [b"raw 2", b"raw 3"]


async def test_of_parallel_deliveries_one_takes_effect(store: Store) -> None:
    def turn(book: Book) -> bool:
        met = book.addresses.meet(CHAT, NOW)
        return book.inbox.receive(message(1), NOW, b"raw", met.id) is not None

    assert sum(await asyncio.gather(*(store.perform(turn) for _ in range(12)))) == 1


def test_a_failure_is_kept_and_not_taken_for_new(store: Store) -> None:
    with store.begin() as book:
        row = book.inbox.fail(message(1), NOW, b"the words", "ValueError")
        assert row is not None
        assert book.inbox.fail(message(1), NOW, b"the words", "ValueError") is None
        assert book.inbox.receive(message(1), NOW, b"the words") is None
        [failure] = book.inbox.failures()
        assert (failure.id, failure.provider_id, failure.reason) == (row, "m1", "ValueError")
        assert book.inbox.raw(row) == b"the words"
        book.inbox.settle(row, NOW)
        assert list(book.inbox.failures()) == []
        assert book.inbox.count_failed() == 0


def test_a_raw_message_belongs_to_its_row(store: Store) -> None:
    with store.begin() as book:
        row = book.inbox.receive(message(1), NOW, b"raw", book.addresses.meet(OTHER_CHAT, NOW).id)
        assert row is not None
        book.connection.execute(update(inbox).values(provider_id="m2"))
        with pytest.raises(SealBroken):
            book.inbox.raw(row)
