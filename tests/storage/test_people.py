from datetime import timedelta

import pytest
from sqlalchemy import select

from core.model.people import Role
from storage.people import NoSeat
from storage.store import Store
from storage.tables import holding, person
from tests.storage.kaltim import NOW, VILLAGE, appoint, settle

PHONE = "+628000000012"
PLACE = ("TPS 012", "Sidodadi", "Samarinda Ulu", "Kota Samarinda", "Kalimantan Timur")


def test_a_person_is_known_by_phone_with_their_post(store: Store) -> None:
    with store.begin() as book:
        number = appoint(book)
        found = book.people.by_phone(PHONE)
        assert found is not None and found == book.people.get(number)
        [post] = found.posts
        assert (found.name, found.language, found.phone) == ("Budi", "", "")
        assert (post.role, post.area, post.place, post.zone) == (
            Role.PTPS,
            f"{VILLAGE}.012",
            PLACE,
            "Asia/Makassar",
        )
        assert book.people.by_phone("+628000000013") is None
        assert book.people.get(999) is None


def test_the_phone_is_opened_only_when_asked_for(store: Store) -> None:
    with store.begin() as book:
        found = book.people.get(appoint(book), with_phone=True)
        assert found is not None and found.phone == PHONE


def test_saving_again_corrects_the_name(store: Store) -> None:
    with store.begin() as book:
        first = book.people.save("Budi", PHONE, NOW, "en")
        assert book.people.save("Budi Santoso", PHONE, NOW) == first
        found = book.people.get(first)
        assert found is not None and (found.name, found.language, found.posts) == ("Budi Santoso", "en", ())
        book.people.speak(first, "id", NOW)
        spoken = book.people.get(first)
        assert spoken is not None and spoken.language == "id"


def test_people_without_a_phone_are_different_people(store: Store) -> None:
    with store.begin() as book:
        assert book.people.save("Budi", None, NOW) != book.people.save("Budi", None, NOW)


def test_a_post_of_one_seat_changes_hands(store: Store) -> None:
    later = NOW + timedelta(days=1)
    with store.begin() as book:
        old = appoint(book)
        new = book.people.save("Siti", "+628000000013", later)
        post = book.people.assign(new, Role.PTPS, f"{VILLAGE}.012", later)
        assert book.people.assign(new, Role.PTPS, f"{VILLAGE}.012", later) == post
        former, holder = book.people.get(old), book.people.get(new)
        assert former is not None and former.posts == ()
        assert holder is not None and [one.id for one in holder.posts] == [post]
        history = book.connection.execute(
            select(holding.c.person_id, holding.c.until).order_by(holding.c.id)
        ).all()
        assert [tuple(row) for row in history] == [(old, later), (new, None)]


def test_a_kecamatan_has_three_seats(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        people = [book.people.save(f"Cam {n}", f"+62800000001{n}", NOW) for n in range(4)]
        for one in people[:3]:
            book.people.assign(one, Role.PANWASCAM, "64.02.04", NOW)
        with pytest.raises(NoSeat):
            book.people.assign(people[3], Role.PANWASCAM, "64.02.04", NOW)
        book.people.leave(people[1], Role.PANWASCAM, "64.02.04", NOW)
        book.people.assign(people[3], Role.PANWASCAM, "64.02.04", NOW)
        assert book.people.holders(Role.PANWASCAM, "64.02.04") == [people[0], people[3], people[2]]
        assert book.people.counts() == {Role.PANWASCAM: 3}


def test_all_holders_of_a_role_are_listed(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        people = [appoint(book, f"P{n}", f"+62800000010{n}", n) for n in range(1, 4)]
        cam = book.people.save("Cam", "+628000000200", NOW)
        book.people.assign(cam, Role.PANWASCAM, "64.02.04", NOW)
        assert [one.id for one in book.people.every(Role.PTPS)] == people
        assert [one.id for one in book.people.every(limit=2)] == people[:2]
        assert len(list(book.people.every())) == 4


def test_a_person_may_hold_several_posts_in_order_of_area(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        one = book.people.save("Budi", PHONE, NOW)
        for area in ("64.72", "64.02"):
            book.people.assign(one, Role.KABKOTA, area, NOW)
        found = book.people.get(one)
        assert found is not None
        assert [post.place for post in found.posts] == [
            ("Kabupaten Kutai Kartanegara", "Kalimantan Timur"),
            ("Kota Samarinda", "Kalimantan Timur"),
        ]


def test_the_row_does_not_show_the_phone(store: Store) -> None:
    with store.begin() as book:
        book.people.save("Budi", PHONE, NOW)
        row = book.connection.execute(select(person)).one()
        assert PHONE.encode() not in row.phone_sealed
        assert PHONE[3:] not in row.phone_index
