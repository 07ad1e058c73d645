"""What the desk is told of clock and channels: real jobs, real doors, and what the platforms answer."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from lapordesk.app import Works, build
from lapordesk.desk_house import desk_house
from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.lapordesk.test_outgoing import settings_of, twilio
from tests.small_house import small_house
from tests.standins.telegram import TelegramStandin
from tests.standins.twilio import TwilioStandin

__all__ = ["twilio"]


@pytest.fixture
def telegram() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        yield standin


@pytest.fixture
def works(
    databases: Databases, keys: Keys, tmp_path: Path, telegram: TelegramStandin, twilio: TwilioStandin
) -> Iterator[Works]:
    store = Store(databases.sqlite(), keys)
    small_house(store, tmp_path)
    yield build(settings_of(store, tmp_path, telegram, twilio), store)
    store.close()


async def test_the_jobs_of_the_timetable_and_one_of_them_on_demand(works: Works) -> None:
    clockwork = desk_house(works).overseen.clockwork
    names = [one.name for one in clockwork.works]
    assert {"periods", "reminders-makassar", "monday Asia/Makassar"} <= set(names)
    now = works.turns.clock()
    assert all((one.next_at(now) or now) > now for one in clockwork.works)
    await clockwork.run("periods")
    with works.store.reading() as book:
        run = book.ticks.run("periods")
    assert run
    assert run.is_well


async def test_the_doors_and_what_the_platforms_say(works: Works, telegram: TelegramStandin) -> None:
    channels = desk_house(works).overseen.channels
    doors = {one.channel: one for one in channels.doors}
    assert set(doors) == {"telegram", "whatsapp", "webchat"}
    assert (doors["telegram"].way, doors["whatsapp"].way) == ("webhook", "webhook")
    assert doors["whatsapp"].most > 0
    await works.telegrams[0].open_webhook("https://lapor.example.org/webhooks/telegram", "s")
    bot, account = await channels.ask()
    assert (bot.is_well, bot.address) == (True, "https://lapor.example.org/webhooks/telegram")
    assert account.is_well
    works.watch.fallen.add("delivery")
    assert channels.fallen() == ["delivery"]
    await asyncio.gather(*(outlet.close() for outlet in works.outlets.values()))


async def test_a_platform_that_is_away_says_so(
    works: Works, tmp_path: Path, telegram: TelegramStandin, twilio: TwilioStandin
) -> None:
    nowhere = settings_of(works.store, tmp_path, telegram, twilio, telegram_api_url="http://127.0.0.1:9")
    cut_off = build(nowhere, works.store)
    bot, _ = await desk_house(cut_off).overseen.channels.ask()
    assert not bot.is_well
    assert bot.error
    await asyncio.gather(*(outlet.close() for outlet in cut_off.outlets.values()))
