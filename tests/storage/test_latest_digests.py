"""The week as it stood last: the youngest is kept, sealed, and who has not been counted for long is known."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from core.model.areas import Area, Level
from core.model.people import Role
from storage.keys import SealBroken
from storage.store import Store
from storage.tables import digest_latest
from tests.core.digests.weeks import KUKAR, MONDAY, SEVEN

HOUR = timedelta(hours=1)
YOUNG = replace(KUKAR, made_for=SEVEN + HOUR)
OLD = replace(KUKAR, made_for=SEVEN, findings=99)


def test_the_youngest_is_kept(store: Store) -> None:
    with store.begin() as book:
        assert book.latest_digests.find("64.02", MONDAY) is None
        for one in (OLD, YOUNG, OLD):
            book.latest_digests.keep(one)
        assert book.latest_digests.find("64.02", MONDAY) == YOUNG
        assert book.latest_digests.find("64.02", MONDAY, SEVEN) == YOUNG
        assert book.latest_digests.find("64.02", MONDAY, YOUNG.made_for) is None
        assert book.latest_digests.find("64.72", MONDAY) is None


def test_it_opens_in_its_place_alone_and_goes_with_time(store: Store) -> None:
    with store.begin() as book:
        book.latest_digests.keep(YOUNG)
        book.connection.execute(update(digest_latest).values(area="64.72"))
        with pytest.raises(SealBroken):
            book.latest_digests.find("64.72", MONDAY)
        book.connection.execute(update(digest_latest).values(area="64.02"))
        later = timedelta(weeks=9)
        book.latest_digests.keep(replace(YOUNG, first=MONDAY + later, last=YOUNG.last + later))
        assert book.latest_digests.find("64.02", MONDAY) is None


def test_what_was_not_counted_for_long(store: Store) -> None:
    with store.begin() as book:
        book.areas.save(
            (Area("64.02", "Kutai Kartanegara", Level.REGENCY), Area("64.72", "Samarinda", Level.REGENCY))
        )
        for area, role in (("64.02", Role.KABKOTA), ("", Role.RI), ("64.72", Role.KABKOTA)):
            book.staff.add(f"{role.value}{area}@contoh.example", "Umi Contoh", role, area, SEVEN)
        gone = book.staff.by_email("kabkota64.72@contoh.example")
        assert gone
        book.staff.end(gone.id, SEVEN)
        assert sorted(book.latest_digests.watched()) == ["", "64.02"]
        book.latest_digests.keep(YOUNG)
        weeks = [("64.02", MONDAY), ("64.02", MONDAY + timedelta(weeks=1)), ("64", MONDAY)]
        assert book.latest_digests.behind(weeks, SEVEN) == weeks[1:]
        assert book.latest_digests.behind(weeks, SEVEN + 2 * HOUR) == weeks
        assert book.latest_digests.behind([], SEVEN) == []
