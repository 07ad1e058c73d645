"""The sample roster: invented people, the same each time, and nobody else whom one may choose to be."""

from datetime import UTC, datetime

import phonenumbers
import pytest

from core.model.people import Role
from lapordesk.sample import SAMPLE, RealPeople, faces, load_sample, neighbours, sample_people
from storage.areas_source import load
from storage.store import Store

NOW = datetime(2024, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def kaltim(store: Store) -> Store:
    with store.begin() as book:
        book.areas.save(load("64"))
    return store


def test_nobody_is_there_to_choose_without_a_demo(kaltim: Store) -> None:
    with kaltim.reading() as book:
        assert sample_people(book) == ()


def test_it_can_be_loaded_again_and_keeps_everyone(kaltim: Store) -> None:
    with kaltim.begin() as book:
        load_sample(book, NOW)
        first = sample_people(book)
        load_sample(book, NOW)
        assert sample_people(book) == first
    assert [person.name for person in first] == [person.name for person in SAMPLE]
    assert {role for person in first for role in person.roles} == set(Role) - {Role.RI}
    assert all(len(person.posts) == 1 for person in first)


def test_who_is_added_later_cannot_be_chosen_and_bars_another_loading(kaltim: Store) -> None:
    with kaltim.begin() as book:
        load_sample(book, NOW)
        real = book.people.save("Orang Sungguhan", "+628000000900", NOW)
        book.people.assign(real, Role.KABKOTA, "64.71", NOW)
    with kaltim.begin() as book:
        assert real not in {person.id for person in sample_people(book)}
        with pytest.raises(RealPeople):
            load_sample(book, NOW)


def test_the_phones_are_nobodys() -> None:
    assert len({person.phone for person in SAMPLE}) == len(SAMPLE)
    for person in SAMPLE:
        assert person.phone.startswith("+628000000")
        assert phonenumbers.is_possible_number(phonenumbers.parse(person.phone))


def test_names_are_plainly_invented() -> None:
    assert all(person.name.endswith(" Contoh") for person in SAMPLE)


def test_the_web_chat_offers_a_few_faces_of_each_reporting_role(kaltim: Store) -> None:
    with kaltim.begin() as book:
        load_sample(book, NOW)
        shown = [person.posts[0].role for person in faces(book)]
    assert shown == [Role.PTPS, Role.PTPS, Role.PKD, Role.PKD, Role.PANWASCAM, Role.PANWASCAM]


def test_each_village_of_the_neighbours_has_one_more(kaltim: Store) -> None:
    with kaltim.begin() as book:
        more = neighbours(book)
        load_sample(book, NOW, more)
        load_sample(book, NOW, more)
        everyone = sample_people(book)
    assert len(everyone) == len(SAMPLE) + len(more) > 80
    assert len({person.name for person in everyone}) == len(everyone)
    seats = [post.area for person in everyone for post in person.posts if post.role is Role.PKD]
    assert len(seats) == len(set(seats))
