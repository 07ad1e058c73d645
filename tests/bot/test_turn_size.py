"""What a message costs: as many statements among ten posts as among ten thousand, and none a scan."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from bot.delivery import CLAIM, LEASE_SECONDS
from bot.turn import Turn
from core.model.messages import Address, Attachment, Channel, Incoming, Receipt
from storage.book import Book
from storage.store import Store
from tests.bot.chatting import SITI, Town
from tests.storage.crowded import BIG, crowd
from tests.storage.plans import Plan, planned, scanned

FEW, MANY = 10, 10_000
SAID = (
    "halo",
    "Laporan pembukaan",
    "06:50",
    "12",
    "foto",
    "lewati",
    "kirim",
    "laporan saya",
    "ubah",
    "bantuan",
)
MOST = 14
"""Statements of the dearest of these turns: the one that files."""


def test_a_turn_costs_the_same_among_ten_thousand_posts(store: Store, tmp_path: Path) -> None:
    town = Town(store, tmp_path)
    _turn(town, "first", "halo")  # forms are read, and the telephone is recognised
    among_few = _costs(town, FEW, 0)
    among_many = _costs(town, MANY, FEW)
    assert [len(plans) for plans in among_many] == [len(plans) for plans in among_few]
    assert max(map(len, among_many)) <= MOST
    assert _scans(among_many) == []


def _costs(town: Town, many: int, already: int) -> list[list[Plan]]:
    with town.store.begin() as book:
        crowd(book.connection, many, town.now, "buka", already)
        if already and book.connection.dialect.name == "postgresql":
            book.connection.exec_driver_sql("ANALYZE")
    return [*(_turn(town, f"{many}-{n}", text) for n, text in enumerate(SAID)), *_sending(town)]


def _turn(town: Town, name: str, text: str) -> list[Plan]:
    photo = (Attachment("image", "ref1", media=f"media-{name}"),) if text == "foto" else ()
    address = Address(Channel.WHATSAPP, "our", SITI)
    incoming = Incoming(name, address, town.now, "" if photo else text, attachments=photo)
    town.now += timedelta(seconds=5)
    with town.store.begin() as book, planned(book.connection) as plans:
        town.turns.take(book, [Turn(incoming, b"-", town.turns.fresh())])
    return plans


def _sending(town: Town) -> list[list[Plan]]:
    """What delivery does for all that was just said, and what looks on."""
    now, account = town.now, (Channel.WHATSAPP, "our")
    claimed: list[int] = []

    def claim(book: Book) -> None:
        claimed.extend(one.id for one in book.outbox.claim(now, LEASE_SECONDS, CLAIM, "us"))

    jobs: Sequence[Callable[[Book], object]] = (
        claim,
        lambda book: book.outbox.claim(
            now, LEASE_SECONDS, CLAIM, "us", [(Channel.TELEGRAM, "700001"), account]
        ),
        lambda book: book.outbox.all_sent([(row, f"id{row}", 1) for row in claimed], now),
        lambda book: book.outbox.receipt(Receipt(*account, f"id{claimed[0]}", "delivered", now)),
        lambda book: book.outbox.next_due(),
        lambda book: book.outbox.oldest_waiting(now),
        lambda book: (book.outbox.count_waiting(), book.outbox.count_parked(), book.inbox.count_failed()),
        lambda book: book.media.claim(now, LEASE_SECONDS, CLAIM),
    )
    return [_job(town, job) for job in jobs]


def _job(town: Town, job: Callable[[Book], object]) -> list[Plan]:
    with town.store.begin() as book, planned(book.connection) as plans:
        job(book)
    return plans


def _scans(costs: list[list[Plan]]) -> list[Plan]:
    return [plan for plans in costs for plan in plans if scanned([plan]) & BIG]
