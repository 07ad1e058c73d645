"""A database that neither answers nor refuses: what waits for it is called off, and others take over."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

import pytest

from bot.delivery import Delivery
from bot.shares import Presence
from storage.book import Book
from storage.processes import LIVES
from storage.store import Store
from tests.bot.clock import Clock
from tests.bot.test_delivery import WEB, Outlet, clock, deliverer, put, running, states, until

__all__ = ["clock"]

T = TypeVar("T")


@dataclass
class Deaf:
    """A store; while it is not free, whoever asks waits. `asked` counts them."""

    store: Store
    free: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0

    async def perform(self, job: Callable[[Book], T]) -> T:
        self.asked += 1
        await self.free.wait()
        return await self.store.perform(job)

    def as_store(self) -> Store:
        return cast("Store", self)


async def test_a_claim_that_is_never_answered_is_called_off_and_made_anew(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.LEASE_SECONDS", 0.3)
    put(store, clock, ("ani", "Halo"))
    deaf, outlet = Deaf(store), Outlet()
    async with running(deliverer(deaf.as_store(), {WEB: outlet}, clock)):
        await until(lambda: deaf.asked == 2)
        deaf.free.set()
        await until(lambda: states(store) == ["sent"])
    assert outlet.sent == [("ani", "Halo")]


async def test_who_claims_in_vain_does_not_get_on(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.WELL_SECONDS", 0.2)
    deaf = Deaf(store)
    delivery = deliverer(deaf.as_store(), {WEB: Outlet()}, clock)
    assert delivery.is_well
    async with running(delivery):
        await until(lambda: not delivery.is_well)
        deaf.free.set()
        await until(lambda: delivery.is_well)


async def test_who_cannot_write_down_does_not_get_on(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.WELL_SECONDS", 0.2)
    deaf, outlet = Deaf(store), Outlet()
    deaf.free.set()
    delivery = deliverer(deaf.as_store(), {WEB: outlet}, clock)
    put(store, clock, ("ani", "Halo"))
    with monkeypatch.context() as patch:
        patch.setattr("bot.noting.write_down", _refused)
        async with running(delivery):
            await until(lambda: not delivery.is_well)
            assert outlet.sent == [("ani", "Halo")]
            patch.undo()
            await until(lambda: states(store) == ["sent"])
            await until(lambda: delivery.is_well)


async def test_a_delivery_that_ends_by_itself_is_told_of(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def give_up(delivery: Delivery) -> None: ...

    monkeypatch.setattr(Delivery, "_claim_while_open", give_up)
    with pytest.raises(RuntimeError, match="nobody had told it"):
        await deliverer(store, {WEB: Outlet()}, clock).run()


async def test_who_does_not_get_on_says_no_more_that_it_lives(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And has no share; when it gets on again it comes as new."""
    hasten(monkeypatch)
    well = [True]
    presence = Presence(store, "a", clock, is_well=lambda: well[0])
    beating = asyncio.create_task(presence.run())
    await until(lambda: presence.share is not None)
    well[0] = False
    await until(lambda: presence.share is None)
    seen = living(store, clock)["a"]
    clock.advance(LIVES.total_seconds() + 1)
    await asyncio.sleep(0.1)
    assert not living(store, clock)
    well[0] = True
    await until(lambda: presence.share is not None)
    assert living(store, clock)["a"] > seen + LIVES
    presence.stop()
    await beating


async def test_a_sign_of_life_that_is_never_answered_is_given_anew(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasten(monkeypatch)
    deaf = Deaf(store)
    presence = Presence(deaf.as_store(), "a", clock)
    beating = asyncio.create_task(presence.run())
    await until(lambda: deaf.asked == 2)
    deaf.free.set()
    await until(lambda: presence.share is not None)
    presence.stop()
    await beating


def hasten(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("BEAT", 0.05), ("FENCE", 0.5), ("SETTLE", 0.6)):
        monkeypatch.setattr(f"bot.shares.{name}_SECONDS", seconds)


def living(store: Store, clock: Clock) -> dict[str, datetime]:
    with store.reading() as book:
        return {one.name: one.seen_at for one in book.processes.alive(clock())}


def _refused(*_: object) -> None:
    raise RuntimeError("not now")
