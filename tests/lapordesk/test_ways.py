"""Where a card leads, by what is open here and what Telegram says."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.channels.telegram import TelegramOutlet
from desk.pages.room import Way
from lapordesk.ways import ways_in
from tests.standins.telegram import TelegramStandin

CHAT = "https://lapor.example.org/chat"
WEB = Way("webchat", f"{CHAT}#kode={{code}}")
WHATSAPP = Way("whatsapp", "https://wa.me/628000000000?text={code}")


@pytest.fixture(scope="module")
def telegram() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        standin.start(4473)
        yield standin


@pytest.fixture
async def outlet(telegram: TelegramStandin) -> AsyncIterator[TelegramOutlet]:
    outlet = TelegramOutlet(telegram.token, telegram.url)
    yield outlet
    await outlet.close()


async def test_the_handiest_way_stands_first(telegram: TelegramStandin, outlet: TelegramOutlet) -> None:
    ways = ways_in([outlet], "+628000000000", CHAT)
    first, *others = await ways()
    assert first.channel == "telegram"
    assert first.address.startswith("https://t.me/")
    assert first.address.endswith("?start={code}")
    assert "/?" not in first.address
    assert others == [WHATSAPP, WEB]
    assert (await ways())[0] == first
    assert telegram.calls.count(("700001", "getMe")) == 1


async def test_without_telegram_another_way_is_taken(
    telegram: TelegramStandin, outlet: TelegramOutlet
) -> None:
    telegram.misbehave("502", method="getMe")
    ways = ways_in([outlet], "+628000000000", CHAT)
    assert await ways() == (WHATSAPP, WEB)
    assert (await ways())[0].channel == "telegram"
    assert await ways_in([], "", CHAT)() == (WEB,)
