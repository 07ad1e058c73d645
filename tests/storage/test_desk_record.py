"""News that cannot wait: to those who coordinate, in their language, once a report."""

from dataclasses import replace

import pytest

from core.model.effects import Flagged
from core.model.messages import Address, Channel, Reply
from core.model.people import Role
from storage.book import Book
from storage.outbox import BROADCAST
from storage.record import Origin, record
from storage.store import Store
from tests.storage.duties import MELAYU, hire, settle, wita

NOW = wita(27, 9)
ALARM = Flagged(
    "P-7K2-M9Q",
    wita(27, 8),
    f"{MELAYU}.001",
    frozenset({Role.PANWASCAM, Role.KABKOTA}),
    {"id": Reply("Ada temuan"), "en": Reply("A finding")},
)


def appoint(book: Book, number: int, role: Role, area: str, language: str = "") -> int:
    person = book.people.save(f"Petugas {number} Contoh", f"+62800{number:07}", NOW, language)
    book.people.assign(person, role, area, NOW)
    met = book.addresses.meet(Address(Channel.TELEGRAM, "our", f"{number}"), NOW)
    book.addresses.link(met.id, person)
    return person


def heard(book: Book) -> dict[str, str]:
    errands = book.outbox.claim(NOW, 45, 50, "test")
    assert all(one.priority == BROADCAST for one in errands)
    book.outbox.all_sent([(one.id, f"p{one.id}", 1) for one in errands], NOW)
    return {one.address.peer: one.reply.text for one in errands}


@pytest.fixture
def book_of(store: Store) -> Store:
    with store.begin() as book:
        settle(book)
        hire(book, 1, MELAYU)
        appoint(book, 51, Role.PANWASCAM, "64.02.06")
        appoint(book, 52, Role.KABKOTA, "64.02", "en")
        appoint(book, 53, Role.KABKOTA, "64.72")
        appoint(book, 54, Role.PROVINSI, "64")
        appoint(book, 55, Role.PKD, MELAYU)
    return store


def test_to_the_panwascam_and_the_kabkota_of_that_place(book_of: Store) -> None:
    with book_of.begin() as book:
        record(book, [ALARM], Origin.silent(NOW))
        assert heard(book) == {"51": "Ada temuan", "52": "A finding"}


def test_once_a_report_whatever_comes_after(book_of: Store) -> None:
    with book_of.begin() as book:
        record(book, [ALARM], Origin.silent(NOW))
        heard(book)
        record(book, [replace(ALARM, replies={"id": Reply("Lagi")})], Origin.silent(NOW))
        assert heard(book) == {}
        record(book, [replace(ALARM, report="P-AAA-AAA")], Origin.silent(NOW))
        assert heard(book).keys() == {"51", "52"}, "another report is another matter"


def test_never_to_the_one_who_wrote_it(book_of: Store) -> None:
    with book_of.begin() as book:
        [panwascam] = book.people.holders(Role.PANWASCAM, "64.02.06")
        record(book, [ALARM], Origin.silent(NOW, panwascam))
        assert heard(book).keys() == {"52"}
