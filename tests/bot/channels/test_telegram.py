"""The way out to Telegram, against a stand-in as strict as the platform."""

import asyncio
import io
import json
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.channels.base import FetchFailed, SendFailed
from bot.channels.telegram import PlatformFailed, TelegramOutlet, keyboard
from bot.channels.telegram_transport import AiohttpRequest
from core.model.messages import Address, Attachment, Channel, Choice, Enclosure, Reply
from core.speech.enclosing import XLSX
from core.speech.layout import TELEGRAM, Part, fit
from core.speech.texts import Texts
from tests.standins.telegram import TelegramStandin, Trouble, Uploaded

RINA = Address(Channel.TELEGRAM, "700001", "4471")
WORDS = Texts(
    "id", {"channels.choose": "Pilih:", "channels.words": "Balas: {words}", "channels.list": "Buka"}
)


@pytest.fixture(scope="module")
def platform() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        standin.start(4471)
        yield standin


@pytest.fixture
def telegram(platform: TelegramStandin) -> TelegramStandin:
    platform.sent.clear()
    platform.calls.clear()
    platform.webhooks.clear()
    return platform


@pytest.fixture
async def outlet(telegram: TelegramStandin) -> AsyncIterator[TelegramOutlet]:
    outlet = TelegramOutlet(telegram.token, telegram.url)
    yield outlet
    await outlet.close()


YES, NO = Choice("y", "Ya"), Choice("n", "Tidak")
LONG = Choice("l", "Logistik belum lengkap")


@pytest.mark.parametrize(
    ("part", "below"),
    [
        (Part("Halo"), {"remove_keyboard": True}),
        (
            Part("Benar?", (YES, NO)),
            {
                "inline_keyboard": [
                    [{"text": "Ya", "callback_data": "y"}, {"text": "Tidak", "callback_data": "n"}]
                ]
            },
        ),
        (
            Part("Sebab?", (YES, LONG, NO)),
            {
                "inline_keyboard": [
                    [{"text": "Ya", "callback_data": "y"}],
                    [{"text": "Logistik belum lengkap", "callback_data": "l"}],
                    [{"text": "Tidak", "callback_data": "n"}],
                ]
            },
        ),
        (
            Part("Nomor?", ask="contact", prompt="Kirim nomor"),
            {
                "keyboard": [[{"text": "Kirim nomor", "request_contact": True}]],
                "one_time_keyboard": True,
                "resize_keyboard": True,
            },
        ),
        (
            Part("Di mana?", (Choice("s", "Lewati"),), ask="location", prompt="Kirim lokasi"),
            {
                "keyboard": [[{"text": "Kirim lokasi", "request_location": True}], [{"text": "Lewati"}]],
                "one_time_keyboard": True,
                "resize_keyboard": True,
            },
        ),
    ],
)
def test_what_stands_below_a_message(part: Part, below: dict[str, object]) -> None:
    assert keyboard(part) == below


async def test_a_message_arrives_as_it_was_written(telegram: TelegramStandin, outlet: TelegramOutlet) -> None:
    words = "<b>5 & 3</b> _*[`\n✅ 120 suara, é 😀"
    number = await outlet.send(RINA, Part(words, (YES,)))

    [message] = telegram.sent
    assert (message["text"], message["chat_id"], str(message["message_id"])) == (words, 4471, number)
    assert message["reply_markup"] == {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}


def drawn(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(made, kind)
    return made.getvalue()


PNG = Enclosure("rekap.png", "image/png", "a1", 6)
BOOK = Enclosure("rekap.xlsx", XLSX, "b2", 4)


@asynccontextmanager
async def carrying(telegram: TelegramStandin, content: bytes) -> AsyncIterator[TelegramOutlet]:
    """An outlet to which every file is these bytes."""

    async def read(file: Enclosure) -> bytes:
        return content

    outlet = TelegramOutlet(telegram.token, telegram.url, read=read)
    yield outlet
    await outlet.close()


@pytest.mark.parametrize(
    ("part", "method", "text", "below"),
    [
        (Part("Rekap <b>", files=(PNG,)), "sendPhoto", "Rekap <b>", {"remove_keyboard": True}),
        (
            Part("Kirim?", (YES,), files=(PNG,)),
            "sendPhoto",
            "Kirim?",
            {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]},
        ),
        (Part("", files=(PNG,)), "sendPhoto", "", None),
        (Part("", files=(BOOK,)), "sendDocument", "", None),
        (Part("", files=(replace(PNG, size=10_000_001),)), "sendDocument", "", None),
        (Part("x" * 1024, files=(PNG,)), "sendPhoto", "x" * 1024, {"remove_keyboard": True}),
    ],
)
async def test_a_file_is_uploaded(
    telegram: TelegramStandin, part: Part, method: str, text: str, below: object
) -> None:
    async with carrying(telegram, drawn()) as outlet:
        number = await outlet.send(RINA, part)
    [message] = telegram.sent
    assert (message["method"], message["text"], message["reply_markup"]) == (method, text, below)
    [file] = part.files
    assert message["file"] == Uploaded(file.name, drawn(), file.content_type)
    assert str(message["message_id"]) == number


@pytest.mark.parametrize(
    "content", [drawn(9_000, 20), drawn(9_990, 11, "JPEG"), b"no picture"], ids=["long", "wide", "none"]
)
async def test_what_is_no_photo_for_telegram_goes_as_a_document(
    telegram: TelegramStandin, content: bytes
) -> None:
    async with carrying(telegram, content) as outlet:
        await outlet.send(RINA, Part("Rekap", (YES,), files=(PNG,)))
    [message] = telegram.sent
    assert (message["method"], message["text"], message["document"]) == ("sendDocument", "Rekap", content)
    assert "inline_keyboard" in message["reply_markup"]


@pytest.mark.parametrize("content", [b"", bytes(2000)], ids=["empty", "huge"])
async def test_a_refused_file_is_told_apart_from_a_refused_chat(
    telegram: TelegramStandin, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.standins.telegram_rules.MAX_UPLOAD", 1000)
    async with carrying(telegram, content) as outlet:
        with pytest.raises(SendFailed) as failed:
            await outlet.send(RINA, Part("Rekap", files=(BOOK,)))
    assert (failed.value.again, failed.value.of_file) == ("never", True)
    assert telegram.sent == []


async def test_a_large_file_is_uploaded_too(telegram: TelegramStandin) -> None:
    async with carrying(telegram, bytes(3_000_000)) as outlet:
        await outlet.send(RINA, Part("", files=(BOOK,)))
    assert telegram.sent[0]["document"] == bytes(3_000_000)


async def test_who_blocked_the_bot_is_no_matter_of_the_file(telegram: TelegramStandin) -> None:
    telegram.misbehave("403")
    async with carrying(telegram, drawn()) as outlet:
        with pytest.raises(SendFailed) as failed:
            await outlet.send(RINA, Part("Rekap", files=(PNG,)))
    assert (failed.value.again, failed.value.of_file) == ("never", False)


@pytest.mark.parametrize(
    ("trouble", "again", "wait"),
    [("429", "later", 3.0), ("500", "later", 0.0), ("lost answer", "unknown", 0.0), ("drop", "unknown", 0.0)],
)
async def test_trouble_with_an_upload_is_like_any_other(
    telegram: TelegramStandin, trouble: Trouble, again: str, wait: float
) -> None:
    telegram.misbehave(trouble)
    async with carrying(telegram, drawn()) as outlet:
        with pytest.raises(SendFailed) as failed:
            await outlet.send(RINA, Part("Rekap", files=(PNG,)))
    assert (failed.value.again, failed.value.wait) == (again, wait)


async def test_without_a_shelf_there_are_no_files(telegram: TelegramStandin, outlet: TelegramOutlet) -> None:
    with pytest.raises(SendFailed) as failed:
        await outlet.send(RINA, Part("Rekap", files=(PNG,)))
    assert failed.value.of_file
    assert telegram.calls == []


@pytest.mark.parametrize(
    ("trouble", "again", "wait", "alarm"),
    [
        ("429", "later", 3.0, False),
        ("500", "later", 0.0, False),
        ("502", "later", 0.0, False),
        ("401", "later", 0.0, True),
        ("403", "never", 0.0, False),
        ("drop", "unknown", 0.0, False),
        ("lost answer", "unknown", 0.0, False),
        ("garbage", "unknown", 0.0, False),
    ],
)
async def test_a_failure_says_what_to_do(
    telegram: TelegramStandin, outlet: TelegramOutlet, trouble: Trouble, again: str, wait: float, alarm: bool
) -> None:
    telegram.misbehave(trouble)
    with pytest.raises(SendFailed) as failed:
        await outlet.send(RINA, Part("Halo"))

    assert (failed.value.again, failed.value.wait, failed.value.alarm) == (again, wait, alarm)
    assert len(telegram.sent) == (trouble == "lost answer")
    await outlet.send(RINA, Part("Halo lagi"))


async def test_no_answer_in_time_is_unknown(
    telegram: TelegramStandin, outlet: TelegramOutlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram_transport.READ_SECONDS", 0.05)
    telegram.misbehave("hang")
    with pytest.raises(SendFailed) as failed:
        await outlet.send(RINA, Part("Halo"))

    assert failed.value.again == "unknown"


async def test_without_a_connection_it_is_safe_to_try_again() -> None:
    outlet = TelegramOutlet("700001:x", "http://127.0.0.1:1")
    with pytest.raises(SendFailed) as failed:
        await outlet.send(RINA, Part("Halo"))
    await outlet.close()

    assert failed.value.again == "later"


@pytest.mark.parametrize("part", [Part(""), Part("x" * 4097), Part("x", (Choice("k" * 65, "Ya"),))])
async def test_what_the_platform_refuses_is_never_sent_again(outlet: TelegramOutlet, part: Part) -> None:
    with pytest.raises(SendFailed) as failed:
        await outlet.send(RINA, part)

    assert failed.value.again == "never"


async def test_nobody_is_written_to_who_did_not_start(outlet: TelegramOutlet) -> None:
    with pytest.raises(SendFailed) as failed:
        await outlet.send(Address(Channel.TELEGRAM, "700001", "999"), Part("Halo"))

    assert failed.value.again == "never"


async def test_a_reason_holds_no_token(outlet: TelegramOutlet, telegram: TelegramStandin) -> None:
    reasons = []
    for trouble in ("500", "drop", "garbage", "401"):
        telegram.misbehave(trouble)  # type: ignore[arg-type]
        with pytest.raises(SendFailed) as failed:
            await outlet.send(RINA, Part("rahasia"))
        reasons.append(failed.value.reason)

    assert all(reasons)
    assert not re.search("stand-in|rahasia|4471|html", " ".join(reasons))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Reply,
        text=st.text(max_size=200) | st.text("é😀a \n", min_size=4000, max_size=4300),
        choices=st.lists(
            st.builds(Choice, st.just("k"), st.text(max_size=60), st.text(max_size=9)), max_size=60
        )
        .map(lambda many: [Choice(f"{'é' * 30}{at:02}", c.label, c.hint) for at, c in enumerate(many)])
        .map(tuple),
        numbered=st.booleans(),
    )
)
def test_whatever_fit_makes_the_platform_takes(telegram: TelegramStandin, reply: Reply) -> None:
    async def send_all() -> None:
        outlet = TelegramOutlet(telegram.token, telegram.url)
        for part in fit(reply, TELEGRAM, WORDS):
            await outlet.send(RINA, part)
        await outlet.close()

    asyncio.run(send_all())


async def taken(outlet: TelegramOutlet, ref: str, limit: int = 10_000_000) -> bytes:
    return b"".join([piece async for piece in outlet.fetch(Attachment("image", ref), limit)])


async def test_a_file_is_fetched_in_pieces(telegram: TelegramStandin, outlet: TelegramOutlet) -> None:
    content = bytes(range(256)) * 2000
    telegram.put_file("AgAC-x_1", content)

    assert await taken(outlet, "AgAC-x_1") == content


@pytest.mark.parametrize(("size", "limit"), [(101, 100), (20_000_001, 30_000_000)])
async def test_a_file_too_large_is_not_fetched(
    telegram: TelegramStandin, outlet: TelegramOutlet, size: int, limit: int
) -> None:
    telegram.put_file("big", b"x" * size)
    with pytest.raises(FetchFailed) as failed:
        await taken(outlet, "big", limit)

    assert not failed.value.again


async def test_a_file_that_grows_while_it_comes_is_cut_off(
    telegram: TelegramStandin, outlet: TelegramOutlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.put_file("liar", b"x" * 200_000)
    honest = telegram._file
    monkeypatch.setattr(telegram, "_file", lambda file_id: {**honest(file_id), "file_size": 10})
    with pytest.raises(FetchFailed, match="too large") as failed:
        await taken(outlet, "liar", 100_000)

    assert not failed.value.again


async def test_a_file_outside_the_bot_api_is_not_fetched(
    telegram: TelegramStandin, outlet: TelegramOutlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Path(__file__)
    monkeypatch.setattr(
        telegram, "_file", lambda file_id: {"file_id": "f", "file_unique_id": "f", "file_path": str(ours)}
    )
    with pytest.raises(FetchFailed, match="not at the Bot API"):
        await taken(outlet, "f")


@pytest.mark.parametrize(("trouble", "again"), [("500", True), ("drop", True), ("429", True), ("403", False)])
async def test_a_file_may_be_asked_for_again_unless_it_is_gone(
    telegram: TelegramStandin, outlet: TelegramOutlet, trouble: Trouble, again: bool
) -> None:
    telegram.put_file("f", b"x")
    telegram.misbehave(trouble, method="getFile")
    with pytest.raises(FetchFailed) as failed:
        await taken(outlet, "f")

    assert failed.value.again is again


async def test_an_unknown_file_is_gone(outlet: TelegramOutlet) -> None:
    with pytest.raises(FetchFailed) as failed:
        await taken(outlet, "nowhere")

    assert not failed.value.again


async def test_the_webhook_is_opened_and_closed(telegram: TelegramStandin, outlet: TelegramOutlet) -> None:
    await outlet.open_webhook("https://lapor.example.org/webhooks/telegram", "abc_-1")

    opened = telegram.webhooks["700001"]
    assert opened["url"] == "https://lapor.example.org/webhooks/telegram"
    assert opened["secret_token"] == "abc_-1"
    assert json.loads(str(opened["allowed_updates"])) == ["message", "edited_message", "callback_query"]

    with pytest.raises(PlatformFailed, match="Conflict"):
        await outlet.updates(None, wait=0)
    await outlet.close_webhook()
    assert telegram.webhooks == {}
    assert await outlet.updates(None, wait=0) == []


@pytest.mark.parametrize("url", ["http://example.org/", "https://example.org:8000/"])
async def test_an_address_telegram_cannot_use_alarms(outlet: TelegramOutlet, url: str) -> None:
    with pytest.raises(PlatformFailed) as failed:
        await outlet.open_webhook(url, "s")

    assert failed.value.alarm
    assert failed.value.wait > 0


async def test_a_tap_acknowledged_in_vain_troubles_nobody(
    telegram: TelegramStandin, outlet: TelegramOutlet
) -> None:
    telegram.misbehave("500", method="answer")
    await outlet.acknowledge("19")
    await outlet.acknowledge("20")

    assert telegram.acknowledged == ["20"]


@pytest.mark.parametrize("token", ["", "abc", "abc:def", "700001"])
def test_a_token_looks_like_one(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        TelegramOutlet(token)


async def test_a_picture_is_uploaded_as_a_form(telegram: TelegramStandin) -> None:
    from telegram import Bot

    request = AiohttpRequest()
    bot = Bot(telegram.token, f"{telegram.url}/bot", request=request, get_updates_request=request)
    await bot.send_document(4471, document=b"a,b", caption="Rekap", filename="rekap.csv")
    await request.shutdown()

    [message] = telegram.sent
    assert (message["document"], message["text"]) == (b"a,b", "Rekap")


async def test_a_given_session_is_used(telegram: TelegramStandin) -> None:
    session = aiohttp.ClientSession(headers={"X-Ours": "1"})
    outlet = TelegramOutlet(telegram.token, telegram.url, session)
    await outlet.send(RINA, Part("Halo"))

    assert len(telegram.sent) == 1
    await outlet.close()
    assert session.closed


async def test_many_messages_pass_side_by_side(telegram: TelegramStandin, outlet: TelegramOutlet) -> None:
    started = time.perf_counter()
    numbers = await asyncio.gather(*(outlet.send(RINA, Part(f"{n}", (YES, NO))) for n in range(300)))
    seconds = time.perf_counter() - started

    assert len(set(numbers)) == 300
    assert len(await telegram.arrived(300)) == 300
    assert seconds < 10


async def test_the_platforms_pace_is_kept_by_the_stand_in(
    telegram: TelegramStandin, outlet: TelegramOutlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram, "pace", 1.0)
    for _ in range(3):
        await outlet.send(RINA, Part("Halo"))
    with pytest.raises(SendFailed) as failed:
        await outlet.send(RINA, Part("Halo"))

    assert failed.value.wait >= 1
