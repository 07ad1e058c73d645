"""The same words to many: each once, an answer goes first, and what has not gone out can be stopped."""

import time

import pytest
from sqlalchemy import insert, select

from core.model.messages import Address, Channel
from core.model.people import Role
from storage.book import Book
from storage.broadcasts import Audience, Progress
from storage.store import Store
from storage.tables import address, broadcast, holding, outbox, person, post
from tests.core.elections.samples import election
from tests.storage.duties import AIR_PUTIH, BEFORE, MELAYU, SIDODADI, hire, person_of, settle, wita
from tests.storage.reachable import phone_of, said, send_all
from tests.storage.samples import HELLO

PTPS = frozenset({Role.PTPS})
NOON = wita(25, 12)


@pytest.fixture
def book(store: Store) -> Book:
    with store.begin() as book:
        settle(book)
        for number, village in enumerate((SIDODADI, AIR_PUTIH, MELAYU, SIDODADI), 1):
            phone_of(book, hire(book, number, village, tps=number))
        hire(book, 5, SIDODADI, tps=5)
        hire(book, 6, SIDODADI, role=Role.PKD)
        yield book


def test_whom_it_is_for(book: Book) -> None:
    assert book.broadcasts.audience("64.72", PTPS) == Audience(4, 1)
    assert book.broadcasts.audience("64.72", {Role.PTPS, Role.PKD}) == Audience(5, 2)
    assert book.broadcasts.audience("", PTPS) == Audience(5, 1)
    assert book.broadcasts.audience("64.02", {Role.PKD}) == Audience(0, 0)


def test_each_gets_it_once_though_they_hold_two_posts(book: Book) -> None:
    tps = book.areas.add_tps(SIDODADI, 9).code
    book.people.assign(person_of(book, 1), Role.PTPS, tps, BEFORE)
    sent = book.broadcasts.send("staff:3", "64.72", PTPS, "Bimtek Kamis.", NOON)
    assert (sent.people, sent.unreachable, sent.text, sent.roles) == (4, 1, "Bimtek Kamis.", (Role.PTPS,))
    assert sorted(person for person, _ in said(book, f"broadcast {sent.id}")) == [1, 2, 4]
    assert book.broadcasts.get(sent.id) == sent


def test_how_far_it_is(book: Book) -> None:
    sent = book.broadcasts.send("staff:3", "", PTPS, "Bimtek Kamis.", NOON)
    assert book.broadcasts.progress(sent.id) == Progress(waiting=4)
    one, two, three, _ = book.outbox.claim(NOON, 45, 10, "d")
    book.outbox.sent(one.id, "p1", 1, NOON)
    book.outbox.park(two.id, "blocked")
    book.window.approach(three.id, three.address_id, wita(26, 18), 0)
    assert book.broadcasts.progress(sent.id) == Progress(waiting=1, sent=1, withheld=1, failed=1)


def test_what_has_not_gone_out_is_stopped_and_stays_so(book: Book) -> None:
    sent = book.broadcasts.send("staff:3", "", PTPS, "Bimtek Kamis.", NOON)
    one, two, three, four = book.outbox.claim(NOON, 45, 10, "d")
    book.outbox.sent(one.id, "p1", 1, NOON)
    book.outbox.again(two.id, wita(25, 13), "away")
    book.window.approach(three.id, three.address_id, wita(26, 18), 0)
    assert book.broadcasts.stop(sent.id, "staff:3", NOON) == 3
    book.outbox.again(four.id, wita(25, 13), "away")
    assert send_all(book, wita(27, 12)) == []
    assert book.broadcasts.progress(sent.id) == Progress(sent=1, dropped=3)
    assert book.broadcasts.stop(sent.id, "staff:4", wita(27, 12)) == 0
    stopped = book.broadcasts.get(sent.id)
    assert stopped
    assert stopped.stopped_at == NOON


def test_another_one_goes_on(book: Book) -> None:
    first = book.broadcasts.send("staff:3", "", PTPS, "Satu.", NOON)
    second = book.broadcasts.send("staff:3", "", PTPS, "Dua.", NOON)
    book.broadcasts.stop(first.id, "staff:3", NOON)
    assert book.broadcasts.progress(second.id) == Progress(waiting=4)


def test_an_answer_to_somebodys_own_message_goes_first(book: Book) -> None:
    book.broadcasts.send("staff:3", "", PTPS, "Bimtek Kamis.", NOON)
    met = book.addresses.meet(Address(Channel.TELEGRAM, "our", "telegram 2"), NOON)
    book.outbox.put(met.id, HELLO, NOON)
    first, *_ = book.outbox.claim(NOON, 45, 10, "d")
    assert first.reply == HELLO


def test_urgent_words_go_out_at_night_past_those_that_wait(book: Book) -> None:
    night = wita(23, 22)
    book.broadcasts.send("staff:3", "", PTPS, "Biasa.", night, (election(),))
    book.broadcasts.send("staff:3", "", PTPS, "Mendesak.", night, (election(),), urgent=True)
    assert [one.reply.text for one in book.outbox.claim(night, 45, 10, "d")] == ["Mendesak."] * 4


def test_usual_words_go_out_in_the_morning(book: Book) -> None:
    book.broadcasts.send("staff:3", "", PTPS, "Biasa.", wita(23, 22), (election(),))
    assert send_all(book, wita(24, 7, 59)) == []
    assert len(send_all(book, wita(24, 8))) == 4, "a Sunday of the quiet period"


def test_the_latest_of_an_area(book: Book) -> None:
    numbers = [
        book.broadcasts.send("staff:3", area, PTPS, "Ya.", NOON).id for area in ("64", "64.72", "64.02")
    ]
    assert [one.id for one in book.broadcasts.latest("64")] == numbers[::-1]
    assert [one.id for one in book.broadcasts.latest("64.72")] == [numbers[1]]


def test_its_words_are_sealed(book: Book) -> None:
    book.broadcasts.send("staff:3", "64.72", PTPS, "Bimtek Kamis.", NOON)
    row = book.connection.execute(select(broadcast)).one()
    assert b"Bimtek" not in row.text_sealed
    assert "Bimtek" not in str(row._mapping)


def test_a_province_is_written_in_a_second_or_two(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        _crowd(book, 6274)
        begun = time.perf_counter()
        sent = book.broadcasts.send("staff:3", "64", PTPS, "Bimtek Kamis.", NOON)
        took = time.perf_counter() - begun
        assert (sent.people, sent.unreachable) == (6274, 0)
        assert book.broadcasts.progress(sent.id) == Progress(waiting=6274)
        assert len(set(book.connection.execute(select(outbox.c.address_id)).scalars())) == 6274
    assert took < 8, f"{took:.1f} s, on a busy machine"


def _crowd(book: Book, count: int) -> None:
    """So many with a telephone each, without the care that importing a roster takes."""
    numbers = range(1, count + 1)
    sealed = book.keys.seal("x", "address", "peer", "x")
    people = {"name": "Ani Contoh", "language": "", "created_at": BEFORE, "updated_at": BEFORE}
    book.connection.execute(insert(person), [people | {"id": n} for n in numbers])
    seats = {"role": "ptps", "area": SIDODADI, "zone": "Asia/Makassar"}
    book.connection.execute(insert(post), [seats | {"id": n, "seat": n} for n in numbers])
    held = [{"post_id": n, "person_id": n, "since": BEFORE} for n in numbers]
    book.connection.execute(insert(holding), held)
    ways = {
        "channel": "telegram",
        "account": "our",
        "peer_sealed": sealed,
        "language": "",
        "last_in_at": BEFORE,
    }
    book.connection.execute(insert(address), [ways | {"peer_index": str(n), "person_id": n} for n in numbers])
