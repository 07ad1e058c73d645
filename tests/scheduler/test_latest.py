"""The weeks that somebody may open at the desk are there before anybody opens them."""

import asyncio
from datetime import timedelta

from core.model.people import Role
from scheduler.latest import Counting
from storage.store import Store
from tests.storage.duties import wita
from tests.storage.known_week import MONDAY, live

NOW = wita(25, 6)
"""The Monday after, an hour before its digest is made: the desk opens with the week before."""


def test_each_area_of_the_staff_is_counted_and_not_again_too_soon(store: Store) -> None:
    with store.begin() as book:
        live(book)
        for area, role in (("64.02", Role.KABKOTA), ("", Role.RI)):
            book.staff.add(f"{role.value}@contoh.example", "Umi Contoh", role, area, NOW)
    going = Counting("64").go
    assert asyncio.run(going(store, NOW, NOW)) == "4 counted, 0 left"
    assert asyncio.run(going(store, NOW, NOW + timedelta(hours=5))) == "0 counted, 0 left"
    with store.reading() as book:
        before, runs = (book.latest_digests.find("64", MONDAY + timedelta(weeks=n)) for n in range(2))
        assert before == book.digests.count("64", MONDAY, NOW)
        assert runs and runs.first == MONDAY + timedelta(weeks=1)
        assert book.latest_digests.find("64.72", MONDAY) is None
    assert asyncio.run(going(store, NOW, NOW + timedelta(hours=7))) == "4 counted, 0 left"
