"""Two officers of one office send the same week at once, each through a process of its own."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from bot.forms import FormShelf
from bot.turn import Turns
from core.dialogue.known import House
from core.model.messages import Address, Channel
from core.model.people import Role
from storage.keys import Keys
from storage.store import Store
from storage.weeks import Weeks
from tests.bot.test_weeks import KEY, Desk
from tests.databases import Databases
from tests.storage.known_week import LONG_AGO

PLACE = "64.02.06"


@pytest.fixture
def stores(databases: Databases, keys: Keys) -> Iterator[tuple[Store, Store]]:
    """On SQLite nobody else writes meanwhile."""
    url = databases.postgres()
    made = Store(url, keys), Store(url, keys)
    yield made
    for one in made:
        one.close()


async def test_only_one_of_them_sends_it(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = Desk(stores[0]), stores[1]
    with elsewhere.begin() as book:
        person = book.people.save("Tina Contoh", "+628000000081", LONG_AGO)
        book.people.assign(person, Role.PANWASCAM, PLACE, LONG_AGO)
        met = book.addresses.meet(Address(Channel.TELEGRAM, "our", "tina"), LONG_AGO)
        book.addresses.link(met.id, person)
    beside = object.__new__(Desk)  # the same house, seen from another process
    beside.store, beside.now = elsewhere, here.now
    beside.turns = Turns(elsewhere, FormShelf(lambda: here.now), House(), lambda: here.now)
    other_is_done, remark_of = threading.Event(), Weeks.remark_of
    looked: list[str] = []

    def slowly(weeks: Weeks, area: str, week: date) -> str:
        """The first one has looked at the week, and is slow to say anything of it."""
        found = remark_of(weeks, area, week)
        looked.append(area)
        if len(looked) == 1:
            other_is_done.wait(1)
        return found

    monkeypatch.setattr(Weeks, "remark_of", slowly)

    async def sends(desk: Desk, who: str) -> str:
        reply = await desk.says(who, choice=f"d:up:{PLACE}:{KEY}")
        other_is_done.set()
        return reply.text

    await beside.says("tina", "menu")
    told = await asyncio.gather(sends(here, "sri"), sends(beside, "tina"))
    assert sorted("Terkirim" in one for one in told) == [False, True]
    assert any("sudah dikirim" in one for one in told)
    assert len(here.states(PLACE)) == 1
