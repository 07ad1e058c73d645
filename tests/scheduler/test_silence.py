"""Every evening the silence climbs, once, to those who are in charge, and to nobody at night."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core.model.people import Role
from scheduler.silence import NAME, silence
from scheduler.ticker import Ticker
from storage.book import Book
from storage.duties import open_periods
from storage.keys import Keys
from storage.store import Store
from storage.tables import tick
from tests.storage.duties import AIR_PUTIH, DAILY, MELAYU, SIDODADI, enact, hire, person_of, settle, wita
from tests.storage.reachable import phone_of, said, send_all

ULU, SAMARINDA = "64.72.03", "64.72"


def prepare(book: Book) -> None:
    """Two silent posts in Samarinda Ulu, one in Tenggarong that nobody looks after; the second quiet day."""
    settle(book)
    hire(book, 1, SIDODADI)
    hire(book, 2, AIR_PUTIH)
    hire(book, 3, MELAYU)
    for number, role, area in (
        (4, Role.PANWASCAM, ULU),
        (5, Role.PANWASCAM, ULU),
        (6, Role.KABKOTA, SAMARINDA),
    ):
        phone_of(book, hire(book, number, area, role=role))
    enact(book, DAILY)
    open_periods(book, wita(25, 8))


async def look(store: Store, now: datetime) -> None:
    await Ticker(store, silence(), lambda: now.astimezone(UTC)).look()


def outcome(book: Book, job: str, at: datetime) -> str:
    query = select(tick.c.outcome).where(tick.c.job == job, tick.c.scheduled_for == at)
    return str(book.connection.execute(query).scalar())


@pytest.fixture
def three(database_url: str, keys: Keys) -> Iterator[list[Store]]:
    with ExitStack() as closing:
        stores = [Store(database_url, keys, pool=2) for _ in range(3)]
        for one in stores:
            closing.callback(one.close)
        yield stores


async def test_to_the_kecamatan_at_five_and_to_the_regency_at_seven(three: list[Store]) -> None:
    with three[0].begin() as book:
        prepare(book)
    for hour in (16, 17, 18, 19, 20):
        await asyncio.gather(*(look(store, wita(25, hour, 1)) for store in three))
    with three[0].reading() as book:
        told = said(book, NAME)
        assert [person for person, _ in told] == [4, 5, 6]
        assert told[0][1].text.startswith("Belum lapor di Samarinda Ulu: 2 petugas.")
        assert told[2][1].text.startswith("Belum lapor di Kota Samarinda: 2 petugas.\nSamarinda Ulu 2")
        assert "2 belum pernah menulis ke sini" in told[0][1].text
        here = outcome(book, "silence-panwascam-makassar", wita(25, 17))
        assert here == "2 told, 1 areas without anybody"


async def test_when_all_have_reported_nobody_is_told(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
        book.connection.exec_driver_sql("UPDATE expectation SET state = 'void'")
    for hour in (17, 19):
        await look(store, wita(25, hour, 1))
    with store.reading() as book:
        assert said(book, NAME) == []


async def test_the_next_list_takes_the_place_of_one_that_was_never_sent(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
    await look(store, wita(25, 17, 1))
    await look(store, wita(26, 17, 1))
    with store.begin() as book:
        assert sorted(send_all(book, wita(26, 17, 2))) == [4, 5]


async def test_a_machine_that_was_off_tells_what_is_so_now(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
        book.connection.exec_driver_sql("UPDATE expectation SET state = 'void' WHERE post_id = 1")
    await look(store, wita(25, 18, 30))
    with store.reading() as book:
        told = said(book, NAME)
        assert [person for person, _ in told if person != person_of(book, 6)] == [4, 5]
        assert "1 petugas" in told[0][1].text
        here = outcome(book, "silence-panwascam-makassar", wita(25, 17))
        assert here == "2 told, 1 areas without anybody, 90 minutes late"


async def test_at_night_and_on_another_day_nobody_is_told_of_what_was_missed(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
    await look(store, wita(25, 23, 30))
    await look(store, wita(26, 9))
    with store.reading() as book:
        assert said(book, NAME) == []
