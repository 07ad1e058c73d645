"""The parts put together: which channels are open, what runs beside them, and that it goes on and ends."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from bot.channels.telegram import TelegramOutlet
from bot.channels.terminal import ACCOUNT as TERMINAL
from bot.lane import Lane
from core.model.messages import Address, Channel, Receipt, Reply
from core.speech.layout import WHATSAPP_PLAIN, WHATSAPP_RICH
from lapordesk.app import Works, build, open_webhook, running, web
from lapordesk.duties import Watch
from lapordesk.settings import Settings
from storage.keys import Keys
from storage.store import Store
from storage.tables import outbox
from tests.conversations.stage import sample, stage
from tests.databases import Databases
from tests.small_house import small_house
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram_phone import TelegramPhone
from webhooks.telegram import PATH, SECRET_HEADER, secret_for

PUBLIC = "https://lapor.example.org"
SECRET = "rahasia-kenari"
NUMBER = "+628000000900"
TWILIO = {
    "twilio_account_sid": "AC" + "0123456789abcdef" * 2,
    "twilio_auth_token": "fedcba9876543210" * 2,
    "twilio_whatsapp_from": NUMBER,
}
CHAT = 4471


@pytest.fixture
def telegram() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        standin.start(CHAT)
        yield standin


@pytest.fixture
def sqlite(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[Store]:
    store = Store(databases.sqlite(), keys)
    small_house(store, tmp_path)
    yield store
    store.close()


def works_on(store: Store, folder: Path, **more: object) -> Works:
    settings = Settings(_env_file=None, data=folder, database_url=store.url, **more)  # type: ignore[arg-type, call-arg]
    return replace(build(settings, store), watch=Watch(rest=0.01))


def a_bot(telegram: TelegramStandin) -> dict[str, object]:
    return {
        "telegram_token": telegram.token,
        "telegram_secret": SECRET,
        "telegram_api_url": telegram.url,
    }


@asynccontextmanager
async def visiting(works: Works) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=web(works, "web"))
    async with httpx2.AsyncClient(transport=transport, base_url=PUBLIC) as client:
        yield client


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0.005)


def put(store: Store, to: Address, text: str) -> int:
    now = datetime.now(UTC)
    with store.begin() as book:
        return book.outbox.put(book.addresses.meet(to, now).id, Reply(text), now)


def state(store: Store, row: int) -> tuple[str, str]:
    with store.reading() as book:
        found = book.connection.execute(outbox.select().where(outbox.c.id == row)).one()
    return found.state, found.reason


@pytest.mark.parametrize(
    ("more", "open_here"),
    [
        ({}, set()),
        ({"telegram_token": "1:aa"}, {"telegram"}),
        (TWILIO, {"twilio", "twilio/status"}),
        (TWILIO | {"telegram_token": "1:aa,2:bb"}, {"telegram", "twilio", "twilio/status"}),
    ],
    ids=["none", "telegram", "twilio", "both"],
)
async def test_a_channel_without_settings_has_no_door(
    sqlite: Store, tmp_path: Path, more: dict[str, object], open_here: set[str]
) -> None:
    async with visiting(works_on(sqlite, tmp_path, public_url=PUBLIC, **more)) as client:
        for name in ("telegram", "twilio", "twilio/status"):
            status = (await client.post(f"/webhooks/{name}", content=b"{}")).status_code
            assert status == (403 if name in open_here else 404), name
        page = (await client.get("/")).text
        assert ("<h3>Telegram</h3>" in page) == ("telegram" in open_here)
        assert ("<h3>WhatsApp</h3>" in page) == ("twilio" in open_here)
        assert "<h3>SMS</h3>" not in page, "it has no number"
        assert (await client.get("/chat")).status_code == 200
        assert (await client.get("/readyz")).text == "ready\n"


async def test_with_a_public_address_telegram_is_told_of_it(
    sqlite: Store, tmp_path: Path, telegram: TelegramStandin
) -> None:
    works = works_on(sqlite, tmp_path, public_url=PUBLIC, **a_bot(telegram))
    async with running(works, "all"):
        await until(lambda: bool(telegram.webhooks))
    [webhook] = telegram.webhooks.values()
    assert webhook["url"] == PUBLIC + PATH
    assert ("700001", "getUpdates") not in telegram.calls
    async with visiting(works) as client:
        shown = {SECRET_HEADER: str(webhook["secret_token"])}
        update = TelegramPhone(CHAT).text("halo")
        assert (await client.post(PATH, json=update, headers=shown)).status_code == 200


async def test_a_role_that_does_not_deliver_leaves_telegram_alone(
    sqlite: Store, tmp_path: Path, telegram: TelegramStandin
) -> None:
    works = works_on(sqlite, tmp_path, public_url=PUBLIC, **a_bot(telegram))
    assert [duty.name for duty in works.duties("web")] == []
    assert [duty.name for duty in works.duties("clock")] == ["clock", "rounds"]
    delivering = ["delivery", "evidence", "hooks", "telegram 700001"]
    assert [duty.name for duty in works.duties("delivery")] == delivering


async def test_telegram_is_told_again_until_it_listens(
    sqlite: Store, tmp_path: Path, telegram: TelegramStandin
) -> None:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    telegram.misbehave("502", times=2, method="setWebhook")
    telegram.misbehave("401", method="setWebhook")
    telegram.misbehave("429", method="setWebhook")
    bot = TelegramOutlet(telegram.token, telegram.url)
    await open_webhook(bot, PUBLIC + PATH, secret_for(SECRET, bot.account), rest)
    await bot.close()
    assert rests == [2, 4, 60, 16], "longer each time; what a person must put right, a minute"
    assert telegram.webhooks["700001"]["url"] == PUBLIC + PATH


async def test_a_telegram_that_does_not_listen_holds_up_neither_start_nor_end(
    sqlite: Store, tmp_path: Path, telegram: TelegramStandin
) -> None:
    telegram.misbehave("hang", method="setWebhook")
    works = works_on(sqlite, tmp_path, public_url=PUBLIC, **a_bot(telegram))
    since = time.monotonic()
    async with running(works, "all"):
        row = put(sqlite, Address(Channel.TELEGRAM, "700001", str(CHAT)), "Terima kasih")
        works.delivery.wake()
        await until(lambda: state(sqlite, row)[0] == "sent")
        assert not telegram.webhooks
    assert time.monotonic() - since < 4


async def test_without_a_public_address_updates_are_fetched_and_answered(
    sqlite: Store, tmp_path: Path, telegram: TelegramStandin
) -> None:
    works = works_on(sqlite, tmp_path, **a_bot(telegram))
    async with running(works, "all"):
        telegram.put_update(TelegramPhone(CHAT).text("halo"))
        [answer] = await telegram.arrived(1)
        since = time.monotonic()
    assert answer["chat_id"] == CHAT
    assert "Selamat datang" in answer["text"]
    assert time.monotonic() - since < 3, "it does not wait for Telegram, which answers after 50 seconds"
    assert ("700001", "setWebhook") not in telegram.calls


async def test_delivery_that_falls_over_is_taken_up_again_and_delivers(
    sqlite: Store, tmp_path: Path, telegram: TelegramStandin, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, falls = Lane.take, 3

    def take(lane: Lane, now: float) -> object:
        nonlocal falls
        if lane.waiting and falls:
            falls -= 1
            raise ZeroDivisionError
        return whole(lane, now)

    monkeypatch.setattr(Lane, "take", take)
    works = works_on(sqlite, tmp_path, public_url=PUBLIC, **a_bot(telegram))
    async with running(works, "all"), visiting(works) as client:
        row = put(sqlite, Address(Channel.TELEGRAM, "700001", str(CHAT)), "Terima kasih")
        works.delivery.wake()
        [sent] = await telegram.arrived(1)
        await until(lambda: state(sqlite, row)[0] == "sent")
        assert (await client.get("/readyz")).text == "fallen over: delivery\n"
    assert (falls, sent["text"]) == (0, "Terima kasih")


async def test_what_is_said_in_a_terminal_is_left_to_it(sqlite: Store, tmp_path: Path) -> None:
    works = works_on(sqlite, tmp_path)
    siti = Address(Channel.TERMINAL, TERMINAL, "+628000000012")
    async with running(works, "delivery"):
        row = put(sqlite, siti, "Laporan Anda belum selesai.")
        works.delivery.wake()
        await until(lambda: state(sqlite, row)[0] in ("sent", "parked"))
        assert state(sqlite, row) == ("sent", "")
    with sqlite.reading() as book:
        met = book.addresses.find(siti)
        assert met
        assert [one.id for one in book.outbox.conversation(met.id)] == [row], "the terminal still reads it"


async def test_whatsapp_shows_buttons_once_their_templates_are_noted(sqlite: Store, tmp_path: Path) -> None:
    def layout() -> object:
        works = works_on(sqlite, tmp_path, public_url=PUBLIC, **TWILIO)
        return works.outlets[Channel.WHATSAPP, NUMBER].layout

    assert layout() == WHATSAPP_PLAIN
    with sqlite.begin() as book:
        book.marks.put(
            f"twilio.content.{TWILIO['twilio_account_sid']}", '{"lapordesk_1_buttons_1_lines_1": "HX1"}'
        )
    assert layout() == WHATSAPP_RICH


async def test_a_failed_receipt_is_kept_with_its_reason(sqlite: Store, tmp_path: Path) -> None:
    works = works_on(sqlite, tmp_path, **TWILIO)
    row = put(sqlite, Address(Channel.WHATSAPP, NUMBER, "+628000000012"), "Terima kasih")
    now = datetime.now(UTC)
    with sqlite.begin() as book:
        book.outbox.sent(row, "SM1", 1, now)
    await works.keep_receipt(Receipt(Channel.WHATSAPP, NUMBER, "SM1", "failed", now, "63016"))
    assert state(sqlite, row) == ("parked", "window"), "a word, not a number; it waits until they write"


async def test_a_failure_told_before_the_sending_was_written_down_is_not_lost(
    sqlite: Store, tmp_path: Path
) -> None:
    works = works_on(sqlite, tmp_path, **TWILIO)
    row = put(sqlite, Address(Channel.WHATSAPP, NUMBER, "+628000000012"), "Terima kasih")
    now = datetime.now(UTC)
    receipt = Receipt(Channel.WHATSAPP, NUMBER, "SM1", "failed", now, "63016")
    telling = asyncio.create_task(works.keep_receipt(receipt))
    await asyncio.sleep(0.2)
    with sqlite.begin() as book:
        book.outbox.sent(row, "SM1", 1, now)
    await telling
    assert state(sqlite, row) == ("parked", "window")


async def test_the_figures_tell_nothing_of_anybody(store: Store, tmp_path: Path) -> None:
    async with stage(store, tmp_path, chat_paces={}) as on:
        person = sample("ptps")
        phone = on.phone("telegram", person)
        for line in ("/start", "☎", "amplop-kenari"):
            await phone.send(line)
            await phone.received()
        figures = (await on.client.get("/metrics")).text
        token = on.telegram.token
    assert 'lapordesk_sends_total{channel="telegram",outcome="sent"} 3.0' in figures
    assert 'lapordesk_turns_total{channel="telegram",outcome="new"} 3.0' in figures
    assert 'lapordesk_inbox_lag_seconds_count{channel="telegram"} 3.0' in figures
    for stage_of_a_turn in ("waiting", "deciding", "writing", "transaction"):
        assert f'lapordesk_turn_stage_seconds_count{{stage="{stage_of_a_turn}"}} 3.0' in figures
    for canary in (
        "kenari",
        person.phone.removeprefix("+"),
        person.name,
        token,
        "4471",
        "700001",
    ):
        assert canary.lower() not in figures.lower()


async def test_the_api_answers_under_its_path(sqlite: Store, tmp_path: Path) -> None:
    async with visiting(works_on(sqlite, tmp_path)) as client:
        document = (await client.get("/api/v1/openapi.json")).json()
        assert "/cases/{number}/moves" in document["paths"]
        refused = await client.get("/api/v1/cases")
        assert (refused.status_code, refused.json()["code"]) == (401, "unauthorised")
        wrong = await client.post("/api/v1/cases")
        assert wrong.status_code == 401
        nowhere = await client.delete("/api/v1/cases")
        assert (nowhere.status_code, nowhere.headers["Allow"]) == (405, "GET, POST")
