"""What a platform tells late: of a message or of one of its parts, each once."""

from datetime import timedelta

import pytest

from core.model.messages import Address, Channel, Receipt, Reply
from storage import receipts
from storage.book import Book
from storage.receipts import Place
from storage.store import Store
from tests.storage.kaltim import NOW

OURS = "+628000000900"
PEER = Address(Channel.WHATSAPP, OURS, "+628000000012")


def failed(provider_id: str, account: str = OURS) -> Receipt:
    return Receipt(Channel.WHATSAPP, account, provider_id, "failed", NOW, "file refused")


@pytest.fixture
def row(store: Store) -> int:
    """A message in three parts, all of them sent."""
    with store.begin() as book:
        made = book.outbox.put(book.addresses.meet(PEER, NOW).id, Reply("Rekap"), NOW)
        book.outbox.claim(NOW, 45, 1, "me")
        book.outbox.go_on(made, 0, "", NOW, NOW)
        book.outbox.go_on(made, 1, "SM1", NOW, NOW)
        book.outbox.go_on(made, 2, "SM2", NOW, NOW)
        book.outbox.sent(made, "SM3", 3, NOW)
        return made


def take(book: Book, told: Receipt) -> Place | None:
    return receipts.take_place(book.connection, told, is_new=book.outbox.receipt(told))


def test_each_part_is_found_once(store: Store, row: int) -> None:
    with store.begin() as book:
        assert [take(book, failed(sid)) for sid in ("SM1", "SM2", "SM3")] == [
            Place(row, 0),
            Place(row, 1),
            Place(row, None),
        ]
        assert [take(book, failed(sid)) for sid in ("SM1", "SM2", "SM3", "SM4")] == [None] * 4


def test_another_account_has_ids_of_its_own(store: Store, row: int) -> None:
    with store.begin() as book:
        assert [take(book, failed(sid, "+628000000902")) for sid in ("SM1", "SM3")] == [None, None]


def test_parts_are_forgotten_in_the_end(store: Store, row: int) -> None:
    with store.begin() as book:
        assert receipts.forget_parts(book.connection, NOW) == 0
        assert receipts.forget_parts(book.connection, NOW + timedelta(seconds=1)) == 2
        assert take(book, failed("SM1")) is None


def test_a_lease_lasts_longer_while_parts_go_out(store: Store) -> None:
    with store.begin() as book:
        made = book.outbox.put(book.addresses.meet(PEER, NOW).id, Reply("Rekap"), NOW)
        book.outbox.claim(NOW, 45, 1, "me")
        book.outbox.go_on(made, 1, "SM1", NOW, NOW + timedelta(seconds=90))
        assert book.outbox.claim(NOW + timedelta(seconds=60), 45, 1, "other") == []
        [errand] = book.outbox.claim(NOW + timedelta(seconds=90), 45, 1, "other")
        assert errand.parts_done == 1
