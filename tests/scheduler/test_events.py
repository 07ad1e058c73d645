"""On the day before a campaign event whoever has to be there is told; afterwards they are asked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.elections.events import CampaignEvent
from core.model.people import Role
from scheduler.events import NAME, events
from scheduler.reminders import reminders
from scheduler.ticker import Ticker
from storage.book import Book
from storage.duties import open_periods
from storage.store import Store
from tests.storage.duties import SIDODADI, enact, hire, settle, wita
from tests.storage.reachable import phone_of, said
from tests.storage.test_coming import PER_EVENT, RALLY


async def look(store: Store, now: datetime) -> None:
    await Ticker(store, (*events(), *reminders()), lambda: now.astimezone(UTC)).look()


@pytest.fixture
def planned(store: Store) -> Store:
    """The PKD of Sidodadi and a Panwascam above; an event on Thursday the 21st, 09.00 to 11.00."""
    with store.begin() as book:
        settle(book)
        phone_of(book, hire(book, 1, SIDODADI, role=Role.PKD))
        phone_of(book, hire(book, 2, "64.72.03", role=Role.PANWASCAM))
        enact(book, PER_EVENT)
        plan(book, RALLY)
    return store


def plan(book: Book, *schedule: CampaignEvent) -> None:
    book.events.save(book.events.compare(schedule), wita(20, 8))


async def test_told_at_four_on_the_day_before_and_once(planned: Store) -> None:
    for hour in range(9, 24):
        await look(planned, wita(20, hour, 1))
    with planned.reading() as book:
        told = said(book, NAME)
        assert sorted(person for person, _ in told) == [1, 2]
        words = {person: reply.text for person, reply in told}
        assert "Tim Contoh (pertemuan), Gedung Guru, Kamis 21 Nov, 09.00–11.00 WITA" in words[1]
        assert "batas Jumat 22 Nov, 11.00 WITA" in words[1]
        assert "Pengawas di tempatnya sudah kami beri tahu." in words[2]


async def test_one_message_for_several_events(planned: Store) -> None:
    with planned.begin() as book:
        plan(book, replace(RALLY, number="2", place="Lapangan", starts_at=wita(21, 15), ends_at=wita(21, 17)))
    await look(planned, wita(20, 16, 1))
    with planned.reading() as book:
        [to_pkd] = [reply.text for person, reply in said(book, NAME) if person == 1]
        assert "Gedung Guru" in to_pkd
        assert "Lapangan" in to_pkd


async def test_a_cancelled_one_is_told_to_nobody(planned: Store) -> None:
    with planned.begin() as book:
        plan(book, replace(RALLY, is_cancelled=True))
    await look(planned, wita(20, 16, 1))
    with planned.reading() as book:
        assert said(book, NAME) == []


async def test_what_was_missed_is_told_late_but_not_once_it_has_begun(planned: Store) -> None:
    await look(planned, wita(20, 19, 1))
    with planned.reading() as book:
        assert len(said(book, NAME)) == 2


async def test_after_it_has_begun_nobody_is_told_to_go(planned: Store) -> None:
    await look(planned, wita(21, 9, 30))
    with planned.reading() as book:
        assert said(book, NAME) == []


async def test_afterwards_they_are_asked_once_it_is_over_and_once_it_is_late(planned: Store) -> None:
    for day in (21, 22):
        for hour in range(8, 21):
            with planned.begin() as book:
                open_periods(book, wita(day, hour))
            await look(planned, wita(day, hour, 1))
            with planned.reading() as book:
                asked = len(said(book))
            expected = 0 if (day, hour) < (21, 11) else 1 if (day, hour) < (22, 11) else 2
            assert asked == expected, (day, hour)
    with planned.reading() as book:
        assert {person for person, _ in said(book)} == {1}
        assert "Kampanye Tim Contoh (pertemuan), Gedung Guru" in said(book)[0][1].text
