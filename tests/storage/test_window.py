"""WhatsApp's window: who may be written to, how many a day, and what goes out when somebody writes."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.model.messages import Address, Channel, Receipt, Reply
from storage import receipts
from storage.book import Book
from storage.store import Store
from storage.tables import address, outbox
from storage.window import WINDOW
from tests.storage.kaltim import NOW

OURS, OTHER = "+628000000900", "+628000000902"
DAY = timedelta(hours=24)


@pytest.fixture
def book(store: Store) -> Iterator[Book]:
    with store.begin() as opened:
        yield opened


def peer(number: int, account: str = OURS) -> Address:
    return Address(Channel.WHATSAPP, account, f"+62800{number:07}")


def put(
    book: Book, number: int = 1, account: str = OURS, text: str = "Rekap", **how: object
) -> tuple[int, int]:
    """The message and its address; they wrote two days ago."""
    met = book.addresses.find(peer(number, account)) or book.addresses.meet(
        peer(number, account), NOW - 2 * DAY
    )
    return book.outbox.put(met.id, Reply(text), NOW, **how), met.id  # type: ignore[arg-type]


def leased(book: Book, number: int = 1, account: str = OURS, **how: object) -> tuple[int, int]:
    row = put(book, number, account, **how)
    book.outbox.claim(NOW, 45, 1000, "me")
    return row


def state(book: Book, row: int) -> tuple[str, str]:
    found = book.connection.execute(select(outbox.c.state, outbox.c.reason).where(outbox.c.id == row)).one()
    return found.state, found.reason


def test_within_a_day_all_words_are_free(book: Book) -> None:
    row, to = leased(book)
    book.addresses.meet(peer(1), NOW - WINDOW + timedelta(seconds=1))
    assert book.window.approach(row, to, NOW, most=0) == "open"
    assert state(book, row) == ("leased", "")


def test_after_a_day_a_template_goes_out_and_counts(book: Book) -> None:
    row, to = leased(book)
    assert book.window.approach(row, to, NOW, most=1) == "approached"
    assert state(book, row) == ("leased", "")
    assert book.window.approached(OURS, NOW) == 1


def test_who_never_wrote_is_outside(book: Book) -> None:
    row, to = leased(book)
    book.connection.execute(update(address).values(last_in_at=None))
    assert book.window.approach(row, to, NOW, most=1) == "approached"


def test_without_a_template_it_waits_until_they_write(book: Book) -> None:
    row, to = leased(book)
    assert book.window.approach(row, to, NOW, most=0) == "withheld"
    assert state(book, row) == ("parked", "window")
    assert (book.window.count_withheld(), book.outbox.count_parked(), book.outbox.count_waiting()) == (
        1,
        0,
        0,
    )
    later = NOW + timedelta(days=3)
    book.addresses.meet(peer(1), later)
    [errand] = book.outbox.claim(later, 45, 10, "me")
    assert (errand.id, errand.attempts, errand.reason) == (row, 1, "")
    assert book.window.count_withheld() == 0


def test_the_limit_counts_people_not_messages(book: Book) -> None:
    for _ in range(3):
        row, to = leased(book)
        assert book.window.approach(row, to, NOW, most=1) == "approached"
    row, to = leased(book, 2)
    assert book.window.approach(row, to, NOW, most=1) == "withheld"
    assert book.window.approached(OURS, NOW) == 1


def test_the_day_rolls(book: Book) -> None:
    row, to = leased(book)
    book.window.approach(row, to, NOW, most=1)
    late = NOW + DAY - timedelta(seconds=1)
    row, to = leased(book, 2)
    assert book.window.approach(row, to, late, most=1) == "withheld"
    row, to = leased(book, 3)
    assert book.window.approach(row, to, late + timedelta(seconds=1), most=1) == "approached"


def test_each_number_of_ours_has_its_own_count(book: Book) -> None:
    row, to = leased(book)
    book.window.approach(row, to, NOW, most=1)
    row, to = leased(book, 2, OTHER)
    assert book.window.approach(row, to, NOW, most=1) == "approached"
    assert (book.window.approached(OURS, NOW), book.window.approached(OTHER, NOW)) == (1, 1)


def test_who_was_announced_to_today_is_not_knocked_at_again(book: Book) -> None:
    row, to = leased(book)
    assert book.window.approach(row, to, NOW, most=9, announces=True) == "approached"
    book.window.withhold(row, to, "SM1", NOW)
    row, to = leased(book)
    assert book.window.approach(row, to, NOW, most=9, announces=True) == "withheld"
    row, to = leased(book)
    assert book.window.approach(row, to, NOW, most=9) == "approached", "a reminder says all by itself"
    row, to = leased(book)
    assert book.window.approach(row, to, NOW + DAY, most=9, announces=True) == "approached"


def test_what_was_announced_goes_out_when_they_write(book: Book) -> None:
    row, to = leased(book)
    book.window.approach(row, to, NOW, most=9, announces=True)
    book.window.withhold(row, to, "SM1", NOW)
    told = Receipt(Channel.WHATSAPP, OURS, "SM1", "delivered", NOW)
    assert book.outbox.receipt(told)
    assert state(book, row) == ("parked", "window"), "a receipt of the template does not change why it waits"
    book.addresses.meet(peer(1), NOW + timedelta(minutes=1))
    assert [one.id for one in book.outbox.claim(NOW + DAY, 45, 10, "me")] == [row]


def test_whoever_answers_before_it_is_withheld_gets_it_at_once(book: Book) -> None:
    row, to = leased(book)
    book.window.approach(row, to, NOW, most=9, announces=True)
    book.addresses.meet(peer(1), NOW)
    book.window.withhold(row, to, "SM1", NOW)
    assert state(book, row) == ("waiting", "")
    assert [one.id for one in book.outbox.claim(NOW, 45, 10, "me")] == [row]


def test_something_newer_of_its_topic_takes_the_place_of_what_waits(book: Book) -> None:
    row, to = leased(book, topic="digest")
    other, _ = leased(book, topic="case K-7K2-M9Q")
    for one in (row, other):
        book.window.approach(one, to, NOW, most=0)
    newer, _ = put(book, topic="digest")
    assert [state(book, one)[0] for one in (row, other, newer)] == ["dropped", "parked", "waiting"]
    book.outbox.drop(to, "case K-7K2-M9Q")
    assert state(book, other)[0] == "dropped"


def test_secret_words_wait_until_they_are_erased(book: Book) -> None:
    row, to = leased(book, secret=True)
    book.window.approach(row, to, NOW, most=0)
    book.addresses.meet(peer(1), NOW)
    assert [one.reply.text for one in book.outbox.claim(NOW, 45, 10, "me")] == ["Rekap"]
    book.connection.execute(update(address).values(last_in_at=None))
    book.window.approach(row, to, NOW, most=0)
    assert book.outbox.erase_secrets(NOW + timedelta(hours=1)) == 1
    book.addresses.meet(peer(1), NOW)
    assert book.outbox.claim(NOW, 45, 10, "me") == []


def test_a_closed_window_told_of_late_withholds_the_message(book: Book) -> None:
    row, _ = leased(book)
    book.outbox.sent(row, "SM1", 2, NOW)
    told = Receipt(Channel.WHATSAPP, OURS, "SM1", "failed", NOW, "window")
    book.outbox.receipt(told)
    assert receipts.withhold(book.connection, told)
    assert state(book, row) == ("parked", "window")
    book.addresses.meet(peer(1), NOW)
    [errand] = book.outbox.claim(NOW, 45, 10, "me")
    assert (errand.id, errand.parts_done) == (row, 0)
    book.outbox.sent(row, "SM2", 2, NOW)
    assert book.outbox.receipt(Receipt(Channel.WHATSAPP, OURS, "SM2", "sent", NOW)), (
        "the first receipt is gone"
    )


def test_on_other_channels_nothing_is_let_go(book: Book) -> None:
    sms = Address(Channel.SMS, OURS, "+6280000012")
    met = book.addresses.meet(sms, NOW)
    row = book.outbox.put(met.id, Reply("x"), NOW)
    book.outbox.park(row, "window")
    book.addresses.meet(sms, NOW)
    assert state(book, row) == ("parked", "window")


def test_the_last_place_of_a_day_is_given_once(store: Store) -> None:
    """Two processes ask at the same time for the only place that is left."""
    with store.begin() as book:
        rows = [leased(book, number) for number in range(8)]
    together = threading.Barrier(8)

    def ask(row: tuple[int, int]) -> str:
        together.wait(10)
        with store.begin() as book:
            return book.window.approach(*row, NOW, most=3)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, rows))
    assert sorted(answers) == ["approached"] * 3 + ["withheld"] * 5
    with store.reading() as book:
        assert book.window.approached(OURS, NOW) == 3


def test_who_writes_while_it_is_being_withheld_is_not_left_waiting(store: Store) -> None:
    """Whoever withholds waits for a turn that is under way, and then finds that they wrote."""
    with store.begin() as book:
        row = leased(book)

    def withhold() -> str:
        with store.begin() as book:
            return book.window.approach(*row, NOW, most=0)

    with ThreadPoolExecutor(1) as threads:
        with store.begin() as book:
            book.addresses.meet(peer(1), NOW)
            standing = threads.submit(withhold)
            time.sleep(0.3)
            assert not standing.done()
        assert standing.result() == "open"


def test_forgetting_an_address_forgets_that_we_wrote_first(book: Book) -> None:
    row, to = leased(book)
    book.window.approach(row, to, NOW, most=1)
    book.outbox.go_on(row, 1, "SM1", NOW, NOW)
    book.retention.forget(to)
    assert book.window.approached(OURS, NOW) == 0
