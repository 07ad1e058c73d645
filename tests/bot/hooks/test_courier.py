"""From the outbox to a receiver on this machine: at least once under one name, whoever dies or hangs."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import ClientTimeout

from bot.hooks.courier import AT_A_TIME, LEASE_SECONDS, HookCourier
from bot.hooks.sending import TIMEOUT, HookSender
from core.hooks.event import Event
from storage.book import Book
from storage.hook_outbox import HookDelivery
from storage.store import Store
from tests.bot.clock import Clock
from tests.bot.hooks.receiver import Receiver, receiving
from tests.storage.hooked import hooked
from tests.storage.kaltim import settle

QUICK = ClientTimeout(total=0.3)
PATIENT = ClientTimeout(total=20)


class House:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        with store.begin() as book:
            settle(book)

    def hook(self, address: str) -> tuple[int, str]:
        with self.store.begin() as book:
            made, secret = hooked(book, address=address)
        return made.id, secret

    def tell(self, times: int = 1) -> None:
        with self.store.begin() as book:
            for _ in range(times):
                book.hook_outbox.tell(Event("week.sent", self.clock.now, "64.72", "", {}), self.clock.now)

    def told(self, hook_id: int) -> list[HookDelivery]:
        with self.store.reading() as book:
            return book.hook_outbox.of(hook_id)

    async def until(self, hook_id: int, state: str, attempts: int = 1, many: int = 1) -> HookDelivery:
        """So many stand so after so many tries."""
        async with asyncio.timeout(15):
            while True:
                found = [one for one in self.told(hook_id) if (one.state, one.attempts) == (state, attempts)]
                if len(found) >= many:
                    return found[0]
                await asyncio.sleep(0.02)

    def courier(self, name: str = "first", timeout: ClientTimeout = QUICK) -> HookCourier:
        sender = HookSender(is_local=True, timeout=timeout)
        return HookCourier(self.store, sender, self.clock, name, chance=lambda: 0.0, poll=0.02)

    @asynccontextmanager
    async def running(self, courier: HookCourier | None = None) -> AsyncIterator[None]:
        courier = courier or self.courier()
        task = asyncio.create_task(courier.run())
        try:
            yield
        finally:
            courier.stop()
            await task


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def seen(count: int) -> Callable[[Receiver], bool]:
    return lambda receiver: len(receiver.received) >= count


async def test_what_is_told_arrives_signed(house: House) -> None:
    async with receiving() as receiver:
        hook_id, secret = house.hook(receiver.address)
        house.tell(3)
        async with house.running():
            await house.until(hook_id, "sent", many=3)
        assert len({one.event for one in receiver.received}) == 3
        for one in receiver.received:
            assert one.is_signed_by(secret)
            assert one.moment == int(house.clock.now.timestamp())
            assert json.loads(one.body)["type"] == "week.sent"


async def test_both_secrets_open_while_one_is_changed(house: House) -> None:
    async with receiving() as receiver:
        hook_id, old = house.hook(receiver.address)
        house.tell()
        with house.store.begin() as book:
            new = book.hooks.rotate(hook_id, house.clock.now)
        async with house.running():
            await receiver.until(seen(1))
        [one] = receiver.received
        assert new
        assert one.is_signed_by(new)
        assert one.is_signed_by(old)


async def test_what_fails_comes_again_under_its_name_until_it_is_given_up(house: House) -> None:
    async with receiving(500, "redirect", None, "hang", 404, 429, 503, 500, 500) as receiver:
        hook_id, secret = house.hook(receiver.address)
        house.tell()
        async with house.running():
            for attempt, wait in enumerate((5, 60, 300, 1800, 7200, 21_600, 43_200, 86_400), 1):
                told = await house.until(hook_id, "waiting", attempt)
                assert told.due_at == house.clock.now + timedelta(seconds=wait)
                house.clock.advance(wait)
            told = await house.until(hook_id, "failed", 9)
        assert (told.status, len(told.answer)) == (500, 200)
        assert {one.event for one in receiver.received} == {told.event}
        assert len({one.moment for one in receiver.received}) == 9, "each try has its own time"
        assert all(one.is_signed_by(secret) for one in receiver.received)
        assert receiver.elsewhere == 0
        with house.store.reading() as book:
            failing = book.hooks.get(hook_id)
        assert failing
        assert failing.failing_since


async def test_gone_is_told_nothing_more(house: House) -> None:
    async with receiving(410) as receiver:
        hook_id, _ = house.hook(receiver.address)
        house.tell()
        async with house.running():
            await house.until(hook_id, "failed")
            house.tell()
            await asyncio.sleep(0.1)
        assert len(receiver.received) == 1
        with house.store.reading() as book:
            stopped = book.hooks.get(hook_id)
            assert [one.act for one in book.audit.of(f"hook:{hook_id}")] == ["hook.stopped"]
        assert stopped
        assert stopped.stopped_at


async def test_killed_between_sending_and_writing_down_another_takes_over(house: House) -> None:
    async with receiving("hang") as receiver:
        hook_id, secret = house.hook(receiver.address)
        house.tell()
        killed = asyncio.create_task(house.courier("killed", PATIENT).run())
        await receiver.until(seen(1))
        for flight in [one for one in asyncio.all_tasks() if "_tell" in str(one.get_coro())]:
            flight.cancel()
        killed.cancel()
        await asyncio.gather(killed, return_exceptions=True)
        assert [one.state for one in house.told(hook_id)] == ["leased"]
        async with house.running(house.courier("second")):
            await asyncio.sleep(0.1)
            assert len(receiver.received) == 1, "its lease is not over"
            house.clock.advance(LEASE_SECONDS)
            await house.until(hook_id, "sent", 2)
        first, second = receiver.received
        assert (first.event, first.body) == (second.event, second.body)
        assert second.is_signed_by(secret)


async def test_several_share_the_work_and_none_does_anothers(house: House) -> None:
    async with receiving() as receiver:
        hook_id, _ = house.hook(receiver.address)
        house.tell(20)
        async with house.running(house.courier("one")), house.running(house.courier("two")):
            await house.until(hook_id, "sent", many=20)
        assert len(receiver.received) == len({one.event for one in receiver.received}) == 20


async def test_one_that_hangs_keeps_no_other_waiting(house: House) -> None:
    async with receiving(*["hang"] * 20) as slow, receiving() as quick:
        stuck, _ = house.hook(slow.address)
        well, _ = house.hook(quick.address)
        house.tell(12)
        async with house.running(house.courier(timeout=PATIENT)):
            await house.until(well, "sent", many=12)
            assert len(slow.received) == AT_A_TIME
            assert sum(one.state == "leased" for one in house.told(stuck)) == AT_A_TIME
            slow.answers.clear()
            slow.let_go.set()
            await house.until(stuck, "sent", many=12)


async def test_a_database_that_is_away_for_a_moment(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving() as receiver:
        hook_id, _ = house.hook(receiver.address)
        house.tell()
        perform, away = house.store.perform, [OSError("away")]

        async def stumble(job: Callable[[Book], object]) -> object:
            if away:
                raise away.pop()
            return await perform(job)

        monkeypatch.setattr(house.store, "perform", stumble)
        async with house.running():
            await house.until(hook_id, "sent")


def test_its_lease_outlasts_any_try() -> None:
    assert TIMEOUT.total
    assert TIMEOUT.total < LEASE_SECONDS
