import asyncio
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage.book import Book
from storage.keys import SealBroken
from storage.store import Store
from storage.tables import address
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import CHAT, OTHER_CHAT


def test_meeting_again_is_meeting_the_same(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with store.begin() as book:
        first = book.addresses.meet(CHAT, NOW)
        again = book.addresses.meet(CHAT, later)
        other = book.addresses.meet(OTHER_CHAT, NOW)
        assert first.id == again.id != other.id
        assert book.addresses.get(first.id) == again == book.addresses.find(CHAT)
        assert again.last_in_at == later
        assert book.addresses.find(OTHER_CHAT) == other
        assert book.addresses.get(999) is None


def test_several_are_met_at_once_each_as_alone(store: Store) -> None:
    later = NOW + timedelta(hours=1)
    with store.begin() as book:
        person = appoint(book)
        known = book.addresses.meet(CHAT, NOW)
        book.addresses.link(known.id, person)
        met = book.addresses.meet_all([(OTHER_CHAT, NOW), (CHAT, later)])
        assert (met[CHAT].id, met[CHAT].person_id, met[CHAT].last_in_at) == (known.id, person, later)
        assert met[OTHER_CHAT] == book.addresses.find(OTHER_CHAT)


def test_an_address_is_linked_and_left(store: Store) -> None:
    with store.begin() as book:
        person = appoint(book)
        one, two = book.addresses.meet(CHAT, NOW), book.addresses.meet(OTHER_CHAT, NOW + timedelta(1))
        for met in (one, two):
            book.addresses.link(met.id, person)
        book.addresses.speak(one.id, "en")
        assert [found.id for found in book.addresses.of_person(person)] == [two.id, one.id]
        book.addresses.link(two.id, None)
        assert [found.language for found in book.addresses.of_person(person)] == ["en"]
        assert book.addresses.meet(CHAT, NOW).person_id == person


def test_a_peer_is_sealed_for_its_row(store: Store) -> None:
    with store.begin() as book:
        book.addresses.meet(CHAT, NOW)
        row = book.connection.execute(select(address)).one()
        assert CHAT.peer.encode() not in row.peer_sealed
        assert CHAT.peer not in row.peer_index
        book.connection.execute(update(address).values(peer_index="0" * 64))
        with pytest.raises(SealBroken):
            book.addresses.get(row.id)


async def test_two_turns_of_a_chat_follow_each_other(store: Store) -> None:
    """On PostgreSQL the row is locked; SQLite has one writer anyway."""
    inside, most = 0, 0
    lock = threading.Lock()

    def turn(book: Book) -> None:
        nonlocal inside, most
        book.addresses.meet(CHAT, NOW)
        with lock:
            inside += 1
            most = max(most, inside)
        threading.Event().wait(0.02)
        with lock:
            inside -= 1

    await asyncio.gather(*(store.perform(turn) for _ in range(5)))
    assert most == 1
