import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.model.messages import Address, Channel, Choice, Receipt, Reply
from storage.book import Book
from storage.outbox import BROADCAST
from storage.store import Store
from storage.tables import outbox
from tests.storage.kaltim import NOW
from tests.storage.plans import planned
from tests.storage.samples import CHAT, HELLO, OTHER_CHAT

SOON = NOW + timedelta(seconds=60)
LEASE = 45


@pytest.fixture
def book(store: Store) -> Iterator[Book]:
    with store.begin() as opened:
        yield opened


def put(book: Book, text: str, to: Address = CHAT, **how: object) -> int:
    return book.outbox.put(book.addresses.meet(to, NOW).id, Reply(text), NOW, **how)  # type: ignore[arg-type]


def claim(book: Book, now: object = NOW, limit: int = 20) -> list[str]:
    return [errand.reply.text for errand in book.outbox.claim(now, LEASE, limit, "me")]  # type: ignore[arg-type]


def test_an_errand_has_all_that_delivery_needs(book: Book) -> None:
    reply = Reply("Jam berapa?", (Choice("f7:1", "Tujuh", "pagi"),), numbered=False, ask="contact")
    met = book.addresses.meet(CHAT, NOW)
    row = book.outbox.put(met.id, reply, NOW)
    [errand] = book.outbox.claim(NOW, LEASE, 10, "me")
    assert (errand.id, errand.address, errand.reply) == (row, CHAT, reply)
    assert (errand.parts_done, errand.attempts, errand.inbox_id, errand.last_in_at) == (0, 1, None, NOW)


def test_only_the_head_of_a_chat_is_given_out(book: Book) -> None:
    rows = [put(book, text) for text in ("a1", "a2", "a3")]
    put(book, "b1", OTHER_CHAT)
    assert claim(book) == ["a1", "b1"]
    assert claim(book) == []
    book.outbox.sent(rows[0], "p1", 1, NOW)
    assert claim(book) == ["a2"]
    book.outbox.park(rows[1], "refused")
    assert claim(book) == ["a3"]


def test_a_chat_waits_for_its_head_to_be_tried_again(book: Book) -> None:
    head = put(book, "a1")
    put(book, "a2")
    claim(book)
    book.outbox.again(head, SOON, "429")
    assert claim(book) == []
    assert claim(book, SOON) == ["a1"]


def test_a_lease_that_ran_out_is_given_out_again(book: Book) -> None:
    put(book, "a1")
    claim(book)
    later = NOW + timedelta(seconds=LEASE)
    assert claim(book, later - timedelta(seconds=1)) == []
    [errand] = book.outbox.claim(later, LEASE, 10, "other")
    assert errand.attempts == 2


def test_a_late_again_does_not_reopen_what_was_sent(book: Book) -> None:
    row = put(book, "a1")
    claim(book)
    book.outbox.sent(row, "p1", 1, NOW)
    book.outbox.again(row, NOW, "slow")
    book.outbox.park(row, "slow")
    assert claim(book, SOON) == []
    assert book.outbox.count_parked() == 0


def test_progress_and_release_are_remembered(book: Book) -> None:
    row = put(book, "a1")
    claim(book)
    book.outbox.progress(row, 2)
    book.outbox.release(row, NOW)
    [errand] = book.outbox.claim(NOW, LEASE, 10, "me")
    assert (errand.parts_done, errand.attempts) == (2, 1)


def test_answers_go_before_broadcasts(book: Book) -> None:
    put(book, "broadcast", OTHER_CHAT, priority=BROADCAST)
    put(book, "answer")
    assert claim(book, limit=1) == ["answer"]
    assert claim(book, limit=1) == ["broadcast"]


def test_a_broadcast_for_tomorrow_does_not_hold_up_an_answer(book: Book) -> None:
    put(book, "reminder", due=NOW + timedelta(days=1), priority=BROADCAST)
    put(book, "answer")
    assert claim(book) == ["answer"]
    assert book.outbox.next_due() is not None


def test_what_is_held_waits(book: Book) -> None:
    put(book, "album", due=NOW + timedelta(seconds=2))
    put(book, "after it")
    assert claim(book, NOW + timedelta(seconds=1)) == []
    assert claim(book, NOW + timedelta(seconds=2)) == ["album"]


def test_a_later_one_of_its_topic_takes_its_place(book: Book) -> None:
    for text in ("1 foto", "2 foto", "3 foto"):
        put(book, text, topic="album:7")
    put(book, "elsewhere", OTHER_CHAT, topic="album:7")
    assert claim(book) == ["3 foto", "elsewhere"]
    put(book, "4 foto", topic="album:7")  # too late to replace the one that is being sent
    states = book.connection.execute(select(outbox.c.state).order_by(outbox.c.id)).scalars().all()
    assert states == ["dropped", "dropped", "leased", "leased", "waiting"]


def test_a_conversation_is_what_was_said_there(book: Book) -> None:
    rows = [put(book, text) for text in ("a", "b", "c")]
    put(book, "not here", OTHER_CHAT)
    put(book, "dropped", topic="t")
    put(book, "d", topic="t")
    chat = book.addresses.meet(CHAT, NOW).id
    assert [spoken.reply.text for spoken in book.outbox.conversation(chat)] == ["a", "b", "c", "d"]
    assert [spoken.reply.text for spoken in book.outbox.conversation(chat, rows[1])] == ["c", "d"]


@pytest.mark.parametrize(
    "told, kept",
    [
        (["sent", "delivered", "read"], "read"),
        (["read", "delivered", "sent"], "read"),
        (["delivered", "sent"], "delivered"),
        (["sent", "failed"], "failed"),
    ],
)
def test_receipts_only_ever_tell_more(book: Book, told: list[str], kept: str) -> None:
    row = put(book, "a")
    book.outbox.sent(row, "SM1", 1, NOW)
    for status in told:
        book.outbox.receipt(Receipt(CHAT.channel, CHAT.account, "SM1", status, NOW))  # type: ignore[arg-type]
    assert book.connection.execute(select(outbox.c.receipt)).scalar() == kept


def test_a_receipt_of_another_account_changes_nothing(book: Book) -> None:
    book.outbox.sent(put(book, "a"), "SM1", 1, NOW)
    assert not book.outbox.receipt(Receipt(CHAT.channel, "other", "SM1", "read", NOW))
    assert not book.outbox.receipt(Receipt(Channel.SMS, CHAT.account, "SM1", "read", NOW))


def test_a_reply_moved_to_another_chat_is_parked_unread(book: Book) -> None:
    put(book, "for him alone")
    other = book.addresses.meet(OTHER_CHAT, NOW).id
    book.connection.execute(update(outbox).values(address_id=other))
    assert claim(book) == []
    assert [reason for _, reason in book.outbox.parked()] == ["unreadable"]


def test_several_claimers_never_get_the_same(store: Store) -> None:
    with store.begin() as book:
        for chat in range(40):
            for n in range(3):
                put(book, f"{chat}-{n}", Address(Channel.TELEGRAM, "1001", str(chat)))

    def work(_: int) -> list[str]:
        done = []
        while True:
            with store.begin() as book:
                errands = book.outbox.claim(NOW, LEASE, 5, "me")
            if not errands:
                return done
            with store.begin() as book:
                for errand in errands:
                    book.outbox.sent(errand.id, "p", 1, NOW)
            done += [errand.reply.text for errand in errands]

    with ThreadPoolExecutor(4) as threads:
        sent = [text for texts in threads.map(work, range(4)) for text in texts]
    with store.begin() as book:
        sent += claim(book, limit=200)
    assert sorted(sent) == sorted(f"{chat}-{n}" for chat in range(40) for n in range(3))


def test_each_account_is_asked_for_by_itself(book: Book) -> None:
    ours, second, off = ((Channel.TELEGRAM, name) for name in ("1001", "1002", "off"))
    for account in (ours, second, off):
        for chat in range(3):
            put(book, f"{account[1]}/{chat}", Address(*account, str(chat)))

    def claimed(*accounts: tuple[Channel, str]) -> list[str]:
        return [one.reply.text for one in book.outbox.claim(NOW, LEASE, 2, "me", accounts)]

    assert claimed() == []
    assert claimed(ours, second) == ["1001/0", "1001/1", "1002/0", "1002/1"]
    assert claimed(second) == ["1002/2"]
    strangers = book.outbox.claim_strangers(NOW, LEASE, 10, "me", [ours, second])
    assert [one.reply.text for one in strangers] == ["off/0", "off/1", "off/2"]


def test_a_claim_reads_only_what_is_left_to_do_there(store: Store, engine: str) -> None:
    """However much was sent, and however much waits for another account."""
    with store.begin() as book:
        chats = [book.addresses.meet(replace(CHAT, peer=str(n)), NOW).id for n in range(300)]
        rest = {"holder": "", "attempts": 1, "parts_done": 1, "receipt": "", "reason": "", "created_at": NOW}
        rest |= {"reply_sealed": b"sealed", "topic": "", "priority": 0}
        sent = rest | {"due_at": None, "state": "sent", "account": ""}
        elsewhere = rest | {"due_at": NOW, "state": "waiting", "account": "telegram:busy"}
        rows = [row | {"address_id": chat} for row in (sent, elsewhere) for chat in chats * 10]
        book.connection.execute(outbox.insert(), rows)
        put(book, "a1", OTHER_CHAT)
        if engine == "postgres":
            book.connection.exec_driver_sql("ANALYZE outbox")
        accounts = [(OTHER_CHAT.channel, OTHER_CHAT.account), (Channel.SMS, "+628000000900")]
        with planned(book.connection) as plans:
            book.outbox.claim(NOW, LEASE, 20, "me", accounts)
    claim = plans[0]
    assert claim.lines.count("ix_outbox_due") == 2
    by_account = "(account=? AND " if engine == "sqlite" else "((account)::text = "
    assert claim.lines.count("account=?") == 2 or claim.lines.count(by_account) == 2, claim.lines
    assert "Seq Scan" not in claim.lines and "SCAN outbox" not in claim.lines


def test_each_queue_is_looked_up_by_itself_when_nothing_is_known_to_be_due(store: Store, engine: str) -> None:
    """A broadcast comes between two looks at the statistics: they say that nothing waits."""
    with store.begin() as book:
        met = book.addresses.meet(CHAT, NOW).id
        sealed = book.keys.seal("{}", "outbox", "reply", met)
        row = {"holder": "", "attempts": 0, "parts_done": 0, "receipt": "", "reason": "", "created_at": NOW}
        row |= {
            "address_id": met,
            "reply_sealed": sealed,
            "topic": "",
            "priority": 0,
            "account": "telegram:1",
        }
        book.connection.execute(outbox.insert(), [row | {"due_at": None, "state": "sent"}] * 5000)
        book.connection.exec_driver_sql("ANALYZE outbox" if engine == "postgres" else "ANALYZE")
        book.connection.execute(outbox.insert(), [row | {"due_at": NOW, "state": "waiting"}] * 500)
        with planned(book.connection) as plans:
            book.outbox.claim(NOW, LEASE, 20, "me", [(Channel.TELEGRAM, "1")])
    lines = plans[0].lines
    assert "ix_outbox_queue" in lines and "Join" not in lines, lines
    assert re.search(r"address_id = outbox_1\.address_id|address_id=\? AND priority=\? AND id<\?", lines), (
        lines
    )


def test_nothing_of_a_reply_can_be_read_in_the_row(book: Book) -> None:
    book.outbox.put(book.addresses.meet(CHAT, NOW).id, HELLO, NOW)
    assert b"Halo" not in book.connection.execute(select(outbox.c.reply_sealed)).scalar_one()


def test_a_share_of_the_chats_is_claimed(book: Book) -> None:
    chats = [book.addresses.meet(replace(CHAT, peer=str(n)), NOW).id for n in range(6)]
    for chat in chats:
        book.outbox.put(chat, HELLO, NOW)
    accounts = [(Channel.TELEGRAM, "another bot"), (CHAT.channel, CHAT.account)]
    second = book.outbox.claim(NOW, 60, 10, "us", accounts, share=(1, 3))
    others = [book.outbox.claim(NOW, 60, 10, "us", share=(place, 3)) for place in (0, 1, 2)]
    assert {one.address_id % 3 for one in second} == {1}
    assert [len(claimed) for claimed in (second, *others)] == [2, 2, 0, 2]
