"""How channels do, of the latest messages; what was given up is let go by its reason, if it has its words."""

from core.model.messages import Address, Channel, Reply
from storage.book import Book
from storage.store import Store
from storage.traffic import _PARKED, Parked
from tests.plans import plan
from tests.storage.duties import wita
from tests.storage.reachable import send_all

NOON = wita(25, 12)


def say(book: Book, peer: str, reason: str = "", *, secret: bool = False) -> int:
    met = book.addresses.meet(Address(Channel.TELEGRAM, "7001", peer), NOON)
    row = book.outbox.put(met.id, Reply("Halo"), NOON, secret=secret)
    if reason:
        book.outbox.park(row, reason)
    return row


def test_the_latest_messages_tell_of_each_account(store: Store) -> None:
    with store.begin() as book:
        assert book.traffic.lately() == {}
        for peer in ("1", "2"):
            say(book, peer)
        send_all(book, NOON)
        say(book, "3", "Forbidden")
        told = book.traffic.lately()[("telegram", "7001")]
        assert (told.sent_at, told.heard_at, told.states) == (NOON, None, {"sent": 2, "parked": 1})


def test_what_was_given_up_is_let_go_by_its_reason(store: Store) -> None:
    with store.begin() as book:
        say(book, "1", "restored")
        say(book, "2", "restored", secret=True)
        say(book, "3", "Forbidden")
        say(book, "4", "window")
        assert book.traffic.parked() == [
            Parked("restored", 2, 1, NOON),
            Parked("Forbidden", 1, 1, NOON),
        ], "what waits for WhatsApp is not given up"
        assert book.traffic.release("restored", NOON) == 1
        assert book.traffic.release("restored", NOON) == 0
        assert book.traffic.release("window", NOON) == 0
        assert len(send_all(book, NOON)) == 1
        assert book.traffic.dismiss("Forbidden") == 1
        assert [one.reason for one in book.traffic.parked()] == ["restored"]
        assert book.traffic.dismiss("restored") == 1
        assert book.outbox.count_parked() == 0


def test_the_reasons_are_found_by_the_index_of_what_is_parked(store: Store) -> None:
    with store.begin() as book:
        assert "ix_outbox_parked" in plan(book.connection, _PARKED)
