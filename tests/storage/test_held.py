from core.model.messages import Reply
from storage.store import Store
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT, HELLO, OTHER_CHAT


def test_what_was_given_up_is_counted_and_let_go(store: Store) -> None:
    with store.begin() as book:
        here, there = (book.addresses.meet(address, NOW).id for address in (CHAT, OTHER_CHAT))
        rows = [book.outbox.put(where, HELLO, NOW) for where in (here, here, there)]
        for row in rows:
            book.outbox.park(row, "500" if row != rows[2] else "blocked")
        found = [(one.channel, one.reason, one.count, one.erased) for one in book.held.counts()]
        assert found == [("telegram", "500", 2, 0), ("telegram", "blocked", 1, 0)]
        assert book.held.release("500", NOW) == 2
        claimed = book.outbox.claim(NOW, 60, 10, "us")
        assert [one.id for one in claimed] == rows[:1], "the first before the second"
        assert book.held.drop("blocked") == 1
        assert book.held.counts() == []


def test_secret_words_and_what_waits_for_its_reader_are_left_alone(store: Store) -> None:
    with store.begin() as book:
        here = book.addresses.meet(CHAT, NOW).id
        secret = book.outbox.put(here, Reply("1234-5678"), NOW, secret=True)
        book.outbox.park(secret, "restored")
        withheld = book.outbox.put(here, HELLO, NOW)
        book.outbox.park(withheld, "window")
        assert [(one.count, one.erased) for one in book.held.counts()] == [(1, 1)]
        assert book.held.release("restored", NOW) == book.held.release("window", NOW) == 0
        assert book.held.drop("window") == 0
