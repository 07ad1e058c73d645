"""Whom a campaign event is for: the PKD of its village, who will owe a report; their Panwascam is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.elections.events import CampaignEvent
from core.elections.owed import Owed
from core.model.people import Role
from storage.book import Book
from storage.coming import coming
from storage.store import Store
from tests.core.elections.samples import duty
from tests.storage.duties import AIR_PUTIH, MELAYU, SIDODADI, enact, hire, person_of, settle, wita

RALLY = CampaignEvent("STTP/1", SIDODADI, "Gedung Guru", wita(21, 9), wita(21, 11), "Tim Contoh", "pertemuan")
PER_EVENT = duty("acara", "per-event", "kampanye", roles=frozenset({Role.PKD}), after_hours=24)
ABOVE = (Role.PANWASCAM,)


@pytest.fixture
def book(store: Store) -> Book:
    with store.begin() as book:
        settle(book)
        hire(book, 1, SIDODADI, role=Role.PKD)
        hire(book, 2, AIR_PUTIH, role=Role.PKD)
        hire(book, 3, "64.72.03", role=Role.PANWASCAM)
        hire(book, 4, MELAYU, role=Role.PKD)
        enact(book, PER_EVENT)
        yield book


def plan(book: Book, *events: CampaignEvent) -> None:
    book.events.save(book.events.compare(events), wita(20, 9))


def whom(book: Book) -> list[tuple[int, Owed, bool]]:
    return coming(book, book.elections.in_force(), wita(21, 0), wita(22, 0), ABOVE)


def test_the_one_there_owes_it_and_the_one_above_knows(book: Book) -> None:
    plan(book, RALLY)
    found = whom(book)
    assert [(person, owed.post.role, owes) for person, owed, owes in found] == [
        (person_of(book, 3), Role.PANWASCAM, False),
        (person_of(book, 1), Role.PKD, True),
    ]
    assert {owed.due for _, owed, _ in found} == {wita(22, 11)}
    assert {owed.title["id"] for _, owed, _ in found} == {"Laporan pemungutan"}


def test_neither_cancelled_ones_nor_those_of_another_day_or_outside_the_stage(book: Book) -> None:
    other_day = replace(RALLY, number="2", starts_at=wita(22, 9), ends_at=wita(22, 11))
    cancelled = replace(RALLY, number="3", is_cancelled=True)
    plan(book, other_day, cancelled)
    assert whom(book) == []
    quiet = replace(RALLY, number="4", starts_at=wita(25, 9), ends_at=wita(25, 11))
    plan(book, quiet)
    assert coming(book, book.elections.in_force(), wita(25, 0), wita(26, 0), ABOVE) == []


def test_two_events_are_two(book: Book) -> None:
    later = timedelta(hours=5)
    plan(book, RALLY, replace(RALLY, number="2", starts_at=wita(21, 9) + later, ends_at=wita(21, 11) + later))
    assert [person for person, _, owes in whom(book) if owes] == [person_of(book, 1)] * 2


def test_a_vacant_post_is_told_nothing(book: Book) -> None:
    plan(book, RALLY)
    book.people.vacate(1, wita(20, 9))
    assert [owes for _, _, owes in whom(book)] == [False]
