"""Long polling: nothing is confirmed before it is kept, and each chat is heard in its order."""

import asyncio
import json
from contextlib import suppress

import pytest

from bot.channels.telegram import PlatformFailed, TelegramOutlet
from core.model.messages import Channel, Incoming
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram_phone import TelegramPhone, Update
from tests.webhooks.recording import RecordingEars
from webhooks.polling import poll


class Enough(Exception):
    """The feed has nothing more to tell in this test."""


class Feed:
    """Gives prepared answers and notes what was asked."""

    account = "700001"

    def __init__(self, *answers: list[object] | PlatformFailed) -> None:
        self.answers = list(answers)
        self.asked: list[int | None] = []
        self.acknowledged: list[str] = []
        self.freed = 0

    async def close_webhook(self) -> None:
        self.freed += 1

    async def updates(self, after: int | None) -> list[object]:
        self.asked.append(after)
        if not self.answers:
            await asyncio.sleep(0)
            raise Enough
        answer = self.answers.pop(0)
        if isinstance(answer, PlatformFailed):
            raise answer
        return answer

    async def acknowledge(self, tap: str) -> None:
        self.acknowledged.append(tap)


class Rests:
    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def run(feed: Feed, ears: RecordingEars) -> list[float]:
    rests = Rests()
    with pytest.raises(Enough):
        await poll(feed, ears, rests)
    return rests.seconds


def written(chat: int, number: int, text: str = "x") -> Update:
    return TelegramPhone(chat).text(text) | {"update_id": number}


async def test_updates_are_heard_and_then_confirmed() -> None:
    feed, ears = Feed([written(1, 10, "satu"), written(1, 11, "dua")], []), RecordingEars()
    rests = await run(feed, ears)

    assert [incoming.text for incoming, _ in ears.heard] == ["satu", "dua"]
    assert json.loads(ears.heard[0][1])["update_id"] == 10
    assert feed.asked == [None, 11, 11]
    assert (feed.freed, rests) == (1, [])


async def test_what_could_not_be_kept_is_not_confirmed() -> None:
    class DeafTo(RecordingEars):
        async def hear(self, incoming: Incoming, raw: bytes) -> None:
            self.is_deaf = incoming.text == "hilang"
            await super().hear(incoming, raw)

    feed = Feed([written(1, 10), written(2, 11, "hilang"), written(2, 12), written(1, 13)])
    ears = DeafTo()
    rests = await run(feed, ears)

    assert [incoming.id for incoming, _ in ears.heard] == ["10", "13"]
    assert feed.asked == [None, 10]
    assert rests == [1.0]


async def test_the_unreadable_does_not_hold_back_the_rest() -> None:
    feed, ears = Feed([{"update_id": 10, "message": {}}, written(1, 11)]), RecordingEars()
    await run(feed, ears)

    assert [(failure[0], failure[2]) for failure in ears.failures] == [(Channel.TELEGRAM, "10")]
    assert feed.asked[-1] == 11


async def test_updates_without_a_number_do_not_spin() -> None:
    feed, ears = Feed([{"message": {}}, "x"], ["x"]), RecordingEars()

    assert await run(feed, ears) == [1.0, 2.0]
    assert len(ears.failures) == 1


async def test_chats_are_heard_side_by_side_but_each_in_order() -> None:
    second_began = asyncio.Event()

    class Slow(RecordingEars):
        async def hear(self, incoming: Incoming, raw: bytes) -> None:
            if incoming.text == "pertama":
                await asyncio.wait_for(second_began.wait(), 5)
            if incoming.address.peer == "2":
                second_began.set()
            await super().hear(incoming, raw)

    ears = Slow()
    await run(Feed([written(1, 10, "pertama"), written(1, 11, "kedua"), written(2, 12, "lain")]), ears)

    assert [incoming.text for incoming, _ in ears.heard] == ["lain", "pertama", "kedua"]


async def test_a_tap_is_acknowledged_once_it_is_kept() -> None:
    tap = TelegramPhone(1).tap("c:menu")
    feed = Feed([tap])
    await run(feed, RecordingEars())

    assert feed.acknowledged == [tap["callback_query"]["id"]]


async def test_a_failing_platform_is_given_rest_and_freed_of_webhooks_again() -> None:
    failed = PlatformFailed("x")
    feed = Feed(failed, failed, PlatformFailed("slow", 17.0), failed, [], failed)

    assert await run(feed, RecordingEars()) == [1.0, 2.0, 17.0, 8.0, 1.0]
    assert feed.freed == 6


async def test_against_the_bot_api() -> None:
    phone, ears = TelegramPhone(4471), RecordingEars()
    with TelegramStandin() as telegram:
        outlet = TelegramOutlet(telegram.token, telegram.url)
        await outlet.open_webhook("https://example.org/webhooks/telegram", "s")
        for text in ("satu", "dua"):
            telegram.put_update(phone.text(text))
        telegram.put_update(phone.tap("c:menu"))
        polling = asyncio.create_task(poll(outlet, ears))
        async with asyncio.timeout(10):
            while telegram.updates or not telegram.acknowledged:
                await asyncio.sleep(0.01)
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
        await outlet.close()

    assert [incoming.text or incoming.choice for incoming, _ in ears.heard] == ["satu", "dua", "c:menu"]
    assert telegram.webhooks == {}
