"""Several processes and one pace: whose chats are whose, when one comes, stalls, leaves or dies."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import shares
from bot.delivery import Delivery
from bot.shares import FENCE_SECONDS, SETTLE_SECONDS, WHOLE, Presence, Share, Shares
from core.model.messages import Address, Attachment, Channel, Reply
from core.speech.layout import TELEGRAM, Part
from storage.store import Store

BOT = (Channel.TELEGRAM, "1001")
RATE, CHAT_RATE, CHAT_BURST = 60.0, 6.0, 2.0
CHATS, MESSAGES = 12, 15
LATE = 0.1


def test_who_is_alone_serves_everybody_at_once() -> None:
    mine = Shares("b")
    assert mine.at(0.0) is None
    mine.look(["b"], 10.0)
    assert mine.at(10.0) == WHOLE


def test_who_comes_new_waits_until_the_others_have_looked() -> None:
    mine = Shares("b")
    for second in range(10):
        mine.look(["a", "b", "c"], float(second))
        assert mine.at(float(second)) == (Share(1, 3) if second >= SETTLE_SECONDS else None)


def test_who_could_not_look_stops_and_comes_as_new() -> None:
    mine = Shares("b")
    mine.look(["b"], 0.0)
    assert mine.at(FENCE_SECONDS) == WHOLE
    assert mine.at(FENCE_SECONDS + 0.1) is None
    mine.look(["a", "b"], 6.0)
    assert mine.at(6.0) is None
    mine.look(["a", "b"], 6.0 + FENCE_SECONDS)
    assert mine.at(6.0 + SETTLE_SECONDS) == Share(1, 2)


@given(st.sets(st.text("abc", min_size=1), min_size=1), st.integers(-9, 9))
def test_every_chat_is_served_by_exactly_one(names: set[str], chat: int) -> None:
    held = []
    for name in names:
        one = Shares(name)
        one.look(list(names), 0.0)
        one.look(list(names), FENCE_SECONDS)
        one.look(list(names), 2 * FENCE_SECONDS)
        held.append(one.at(2 * FENCE_SECONDS))
    assert sum(share is not None and abs(chat) % share.of == share.place for share in held) == 1


class Platform:
    """What reached it, when, for which chat, and from which process."""

    def __init__(self) -> None:
        self.arrivals: list[tuple[float, str, str, str]] = []

    def outlet(self, process: str) -> "Line":
        return Line(self, process)


class Line:
    layout = TELEGRAM

    def __init__(self, platform: Platform, process: str) -> None:
        self.platform = platform
        self.process = process

    async def send(self, to: Address, part: Part) -> str:
        now = asyncio.get_running_loop().time()
        self.platform.arrivals.append((now, to.peer, part.text, self.process))
        return f"sent-{len(self.platform.arrivals)}"

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        raise NotImplementedError

    async def close(self) -> None: ...


FASTER = 10
"""Than in earnest: beats, settling, and the clock of the database's leases."""


class Clock:
    def __init__(self) -> None:
        self.began = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.began + FASTER * (datetime.now(UTC) - self.began)


@asynccontextmanager
async def process(store: Store, name: str, platform: Platform, clock: Clock) -> AsyncIterator[None]:
    """One that delivers; at the end it leaves in order."""
    delivery = Delivery(
        store,
        {BOT: platform.outlet(name)},
        clock,
        name,
        paces={Channel.TELEGRAM: RATE},
        chat_paces={Channel.TELEGRAM: (CHAT_RATE, CHAT_BURST)},
        share=lambda: presence.share,
    )
    presence = Presence(store, name, clock, delivery.wake)
    tasks = [asyncio.create_task(presence.run()), asyncio.create_task(delivery.run())]
    yield
    presence.stop()
    delivery.stop()
    await asyncio.gather(*tasks)


@pytest.mark.parametrize("engine", ["postgres"])  # on SQLite nobody else may serve
async def test_two_processes_keep_one_pace(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BEAT_SECONDS", "SETTLE_SECONDS", "FENCE_SECONDS"):
        monkeypatch.setattr(shares, name, getattr(shares, name) / FASTER)
    platform, clock = Platform(), Clock()
    with store.begin() as book:
        for peer in range(CHATS):
            whom = book.addresses.meet(Address(*BOT, str(peer)), clock())
            for n in range(MESSAGES):
                book.outbox.put(whom.id, Reply(f"{n:02}"), clock())
    async with process(store, "a", platform, clock):
        async with process(store, "b", platform, clock):
            await _until(platform, CHATS * MESSAGES // 2)
        await _until(platform, CHATS * MESSAGES)
    sent = platform.arrivals
    assert Counter(process for *_, process in sent).keys() == {"a", "b"}
    for peer in map(str, range(CHATS)):
        mine = [(at, text) for at, to, text, _ in sent if to == peer]
        assert [text for _, text in mine] == [f"{n:02}" for n in range(MESSAGES)]
        _check_pace([at for at, _ in mine], CHAT_RATE, CHAT_BURST + 1)
    _check_pace([at for at, *_ in sent], RATE, RATE / 10 + 2)


def _check_pace(times: list[float], rate: float, burst: float) -> None:
    """In no stretch of time more than the burst and what the rate gives; a timer may be a little late."""
    for first, start in enumerate(times):
        for last in range(first, len(times)):
            allowed = burst + rate * (times[last] - start + LATE)
            assert last - first + 1 <= allowed, (last - first + 1, times[last] - start)


async def _until(platform: Platform, many: int) -> None:
    async with asyncio.timeout(60):
        while len(platform.arrivals) < many:
            await asyncio.sleep(0.01)
