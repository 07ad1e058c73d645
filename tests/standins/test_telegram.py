"""The stand-in refuses what the Bot API refuses; a test that passes against it means something."""

import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import httpx2
import pytest
from PIL import Image

from tests.standins.telegram import TelegramStandin


@pytest.fixture(scope="module")
def telegram() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        standin.start(1)
        yield standin


def call(telegram: TelegramStandin, method: str, token: str = "", **given: Any) -> tuple[int, dict[str, Any]]:
    address = f"{telegram.url}/bot{token or telegram.token}/{method}"
    request = Request(address, json.dumps(given).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        with error:
            return error.code, json.load(error)


def inline(**button: object) -> str:
    return json.dumps({"inline_keyboard": [[{"text": "Ya", **button}]]})


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"text": "x"}, 400, "chat_id is empty"),
        ({"chat_id": "@rina", "text": "x"}, 400, "chat not found"),
        ({"chat_id": 2, "text": "x"}, 403, "can't initiate"),
        ({"chat_id": 1}, 400, "text is empty"),
        ({"chat_id": 1, "text": " \n\u200b"}, 400, "text is empty"),
        ({"chat_id": 1, "text": "x" * 4097}, 400, "too long"),
        ({"chat_id": 1, "text": "a\ud800"}, 400, "UTF-8"),
        ({"chat_id": 1, "text": "<b>x", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"chat_id": 1, "text": "1 < 2", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"chat_id": 1, "text": "<i>x</b>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"chat_id": 1, "text": "<script>", "parse_mode": "HTML"}, 400, "can't parse entities"),
        ({"chat_id": 1, "text": "x", "reply_markup": inline(callback_data="é" * 33)}, 400, "BUTTON_DATA"),
        ({"chat_id": 1, "text": "x", "reply_markup": inline(callback_data="")}, 400, "BUTTON_DATA"),
        ({"chat_id": 1, "text": "x", "reply_markup": inline()}, 400, "unallowed"),
        ({"chat_id": 1, "text": "x", "reply_markup": inline(callback_data="k", text=" ")}, 400, "empty"),
        ({"chat_id": 1, "text": "x", "reply_markup": "{"}, 400, "can't parse"),
        (
            {"chat_id": 1, "text": "x", "reply_markup": inline(callback_data="k", text="é" * 6000)},
            400,
            "markup is too long",
        ),
    ],
)
def test_what_is_refused(telegram: TelegramStandin, given: dict[str, Any], code: int, words: str) -> None:
    before = len(telegram.sent)
    status, answer = call(telegram, "sendMessage", **given)

    assert (status, answer["ok"], answer["error_code"]) == (code, False, code)
    assert words in answer["description"]
    assert len(telegram.sent) == before


@pytest.mark.parametrize(
    ("token", "method", "code"),
    [("700009:other", "getMe", 401), ("nonsense", "getMe", 404), ("", "sendLove", 404)],
)
def test_who_is_refused(telegram: TelegramStandin, token: str, method: str, code: int) -> None:
    assert call(telegram, method, token)[0] == code


@pytest.mark.parametrize(
    "given",
    [
        {"text": "x" * 4096},
        {"text": "<b>5 &lt; 6</b> <a href='x'>y</a>", "parse_mode": "HTML"},
        {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "1 < 2 & <b>", "reply_markup": inline(callback_data="é" * 32)},
    ],
)
def test_what_is_taken(telegram: TelegramStandin, given: dict[str, Any]) -> None:
    status, answer = call(telegram, "sendMessage", chat_id=1, **given)

    assert status == 200
    assert telegram.sent_to(1)[-1]["message_id"] == answer["result"]["message_id"]


def drawn(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height)).save(made, kind)
    return made.getvalue()


def upload(telegram: TelegramStandin, kind: str, content: bytes, **given: str) -> tuple[int, dict[str, Any]]:
    """As a browser's form would send it."""
    address = f"{telegram.url}/bot{telegram.token}/send{kind.capitalize()}"
    answer = httpx2.post(address, data={"chat_id": "1"} | given, files={kind: ("rekap.bin", content)})
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("kind", "content", "given", "code", "words"),
    [
        ("photo", b"no picture", {}, 400, "IMAGE_PROCESS_FAILED"),
        ("photo", drawn(9_000, 20), {}, 400, "PHOTO_INVALID_DIMENSIONS"),
        ("photo", drawn(9_990, 11), {}, 400, "PHOTO_INVALID_DIMENSIONS"),
        ("photo", drawn() + bytes(400), {}, 400, "too big for a photo"),
        ("photo", drawn(), {"caption": "x" * 1025}, 400, "caption is too long"),
        ("photo", drawn(), {"chat_id": "2"}, 403, "can't initiate"),
        ("document", b"", {}, 400, "non-empty"),
        ("document", bytes(2000), {}, 413, "Too Large"),
        ("document", b"x", {"caption": "x" * 1025}, 400, "caption is too long"),
    ],
)
def test_files_that_are_refused(
    telegram: TelegramStandin,
    kind: str,
    content: bytes,
    given: dict[str, str],
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.standins.telegram_rules.MAX_UPLOAD", 1999)
    if len(content) < 1999 and words == "too big for a photo":
        monkeypatch.setattr("tests.standins.telegram_rules.MAX_PHOTO", len(content) - 1)
    before = len(telegram.sent)
    status, answer = upload(telegram, kind, content, **given)
    assert (status, answer["ok"]) == (code, False)
    assert words in answer["description"]
    assert len(telegram.sent) == before


@pytest.mark.parametrize(
    ("kind", "content", "given"),
    [
        ("photo", drawn(), {}),
        ("photo", drawn(400, 20, "JPEG"), {"caption": "x" * 1024}),
        ("document", b"x", {"caption": "Rekap"}),
    ],
)
def test_files_that_are_taken(
    telegram: TelegramStandin, kind: str, content: bytes, given: dict[str, str]
) -> None:
    assert upload(telegram, kind, content, **given)[0] == 200
    assert telegram.sent[-1]["file"].content == content
    assert telegram.sent[-1]["text"] == given.get("caption", "")


@pytest.mark.parametrize(
    "given", [{}, {"photo": ""}, {"photo": "unknown"}, {"photo": "https://lapor.example.org/x"}]
)
def test_what_is_no_upload_must_be_known(telegram: TelegramStandin, given: dict[str, str]) -> None:
    assert call(telegram, "sendPhoto", chat_id=1, **given)[0] == 400


def test_who_blocks_the_bot_is_left_alone(telegram: TelegramStandin) -> None:
    telegram.start(7)
    telegram.block(7)

    assert call(telegram, "sendMessage", chat_id=7, text="x")[0] == 403


def test_updates_are_given_until_they_are_confirmed(telegram: TelegramStandin) -> None:
    for number in (5, 6):
        telegram.put_update({"update_id": number, "message": {"chat": {"id": 8}}})

    for _ in range(2):
        assert len(call(telegram, "getUpdates")[1]["result"]) == 2
    assert len(call(telegram, "getUpdates", offset=6)[1]["result"]) == 1
    assert call(telegram, "getUpdates", offset=7)[1]["result"] == []
    assert call(telegram, "sendMessage", chat_id=8, text="x")[0] == 200


def test_the_answer_to_a_webhook_may_call_a_method(telegram: TelegramStandin) -> None:
    telegram.take_webhook_answer(b'{"method": "answerCallbackQuery", "callback_query_id": "19"}')
    telegram.take_webhook_answer(b"")

    assert telegram.acknowledged == ["19"]


def test_waiting_for_what_does_not_come_fails(telegram: TelegramStandin) -> None:
    with pytest.raises(AssertionError, match="were sent"):
        telegram.wait_for(10_000, seconds=0.01)
