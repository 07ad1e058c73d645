"""The door for Telegram: who is let in, what is kept, what is answered."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from core.model.messages import EDITED, Address, Attachment, Channel, Contact, Incoming, Location
from tests.webhooks.recording import RecordingEars
from webhooks.intake import BODY_LIMIT, Unreadable
from webhooks.telegram import PATH, SECRET_HEADER, secret_for, telegram_door
from webhooks.telegram_updates import parse, translate

BOT, SECOND = "700001", "700002"
SECRET = "a secret of the tests"
PAYLOADS = Path(__file__).parent / "telegram"
RINA = Address(Channel.TELEGRAM, BOT, "4471")
SENT = datetime(2024, 11, 27, 0, 30, tzinfo=UTC)
NOW = datetime(2024, 11, 27, 0, 31, tzinfo=UTC)


def heard(number: int, sent_at: datetime = SENT, **content: object) -> Incoming:
    return Incoming(id=str(number), address=RINA, sent_at=sent_at, sender="Rina Contoh", **content)  # type: ignore[arg-type]


PHOTO = Attachment("image", "AgAClarge", "", "image/jpeg", 98213)
TRANSLATED = {
    "text": heard(812601, text="jam 7 lewat 20"),
    "start_with_payload": heard(812602, text="/start U7K2M9Q", start="U7K2M9Q"),
    "start_alone": heard(812603, text="/start"),
    "own_contact": heard(812604, contact=Contact("+628000000012", own=True)),
    "somebody_elses_contact": heard(812605, contact=Contact("+628000000013", own=False)),
    "contact_without_user": heard(812606, contact=Contact("0800 0000 014", own=False)),
    "location": heard(812607, location=Location(-0.502106, 117.153709, 12.5)),
    "photo_with_caption": heard(812608, text="C.HASIL halaman 1", attachments=(PHOTO,)),
    "photo_of_an_album": heard(812609, attachments=(PHOTO,), album="13861234567890123"),
    "picture_as_file": heard(
        812610,
        attachments=(Attachment("image", "BQACpicture", "C-HASIL 012.png", "image/png", 2400311),),
    ),
    "document": heard(
        812611,
        attachments=(Attachment("file", "BQACpdf", "berita acara.pdf", "application/pdf", 120311),),
    ),
    "voice": heard(812612, attachments=(Attachment("audio", "AwACvoice", "", "audio/ogg", 17210),)),
    "video_note": heard(812613, attachments=(Attachment("video", "DQACnote", "", "", 172100),)),
    "animation": heard(812614, attachments=(Attachment("video", "CgACanim", "a.mp4", "video/mp4", 51000),)),
    "sticker": heard(812615),
    "text_with_half_a_character": heard(812616, text="120\ufffd suara"),
    "tap": heard(812617, NOW, choice="a:X7K2M:12:3"),
    "tap_under_an_old_message": heard(812618, NOW, choice="c:menu"),
    "edited_text": heard(812619, choice=EDITED),
    "live_location_moved": None,
    "group": None,
    "tap_in_a_group": None,
    "blocked": None,
    "channel_post": None,
}


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


@pytest.fixture
def ears() -> RecordingEars:
    return RecordingEars()


@pytest.fixture
def door(ears: RecordingEars) -> Iterator[TestClient]:
    app = FastAPI()
    app.router.routes.append(telegram_door([BOT, SECOND], SECRET, ears))
    with TestClient(app, headers={SECRET_HEADER: secret_for(SECRET, BOT)}) as client:
        yield client


@pytest.mark.parametrize("name", sorted(path.stem for path in PAYLOADS.glob("*.json")))
def test_what_telegram_sends_is_understood(name: str) -> None:
    assert translate(parse(payload(name)), BOT, NOW) == TRANSLATED[name]


def test_a_message_is_handed_over_with_the_bytes_it_came_as(door: TestClient, ears: RecordingEars) -> None:
    answer = door.post(PATH, content=payload("text"))

    assert (answer.status_code, answer.content) == (200, b"")
    assert ears.heard == [(TRANSLATED["text"], payload("text"))]


def test_the_secret_tells_which_bot_it_is(door: TestClient, ears: RecordingEars) -> None:
    door.post(PATH, content=payload("text"), headers={SECRET_HEADER: secret_for(SECRET, SECOND)})

    assert [incoming.address.account for incoming, _ in ears.heard] == [SECOND]


@pytest.mark.parametrize(
    "given", ["", "wrong", SECRET, secret_for(SECRET, "700003"), secret_for(SECRET, BOT)[:-1], "é"]
)
def test_without_a_bots_secret_nothing_is_kept(door: TestClient, ears: RecordingEars, given: str) -> None:
    answer = door.post(PATH, content=payload("text"), headers={SECRET_HEADER: given.encode("latin-1")})  # type: ignore[dict-item]

    assert answer.status_code == 403
    assert ears.is_untouched


def test_a_door_without_a_secret_is_not_built(ears: RecordingEars) -> None:
    with pytest.raises(ValueError, match="secret"):
        telegram_door([BOT], "", ears)


@pytest.mark.parametrize("name", ["tap", "tap_under_an_old_message", "tap_in_a_group"])
def test_a_tap_is_acknowledged_in_the_answer(door: TestClient, name: str) -> None:
    tap = json.loads(payload(name))["callback_query"]["id"]

    assert door.post(PATH, content=payload(name)).json() == {
        "method": "answerCallbackQuery",
        "callback_query_id": tap,
    }


@pytest.mark.parametrize("name", ["group", "blocked", "channel_post", "live_location_moved"])
def test_what_is_none_of_our_business_is_answered_and_not_kept(
    door: TestClient, ears: RecordingEars, name: str
) -> None:
    assert door.post(PATH, content=payload(name)).status_code == 200
    assert ears.is_untouched


CHAT = '"chat":{"id":4471,"type":"private"}'
WHO = '"from":{"id":4471}'
UNREADABLE = {
    "empty": b"",
    "an empty object": b"{}",
    "a list": b"[]",
    "a number": b"1",
    "half": b'{"update_id": 1',
    "not UTF-8": b'{"update_id": 1, "x": "\xff\xfe"}',
    "NaN": b'{"update_id": NaN}',
    "infinity": b'{"update_id": 1, "message": {"date": Infinity}}',
    "update_id as text": b'{"update_id": "x"}',
    "update_id true": b'{"update_id": true}',
    "update_id negative": b'{"update_id": -1}',
    "update_id with 5,000 digits": b'{"update_id": ' + b"9" * 5000 + b"}",
    "update_id with 30 digits": b'{"update_id": ' + b"9" * 30 + b"}",
    "100,000 brackets": b'{"update_id": 1, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "message as text": b'{"update_id": 1, "message": "x"}',
    "message null": b'{"update_id": 1, "message": null}',
    "no chat": b'{"update_id": 1, "message": {"date": 1, "text": "x"}}',
    "no date": f'{{"update_id": 1, "message": {{{CHAT}, "text": "x"}}}}'.encode(),
    "date beyond time": f'{{"update_id": 1, "message": {{{CHAT}, "date": {10**18}}}}}'.encode(),
    "text as number": f'{{"update_id": 1, "message": {{{CHAT}, "date": 1, "text": 5}}}}'.encode(),
    "chat id as text": b'{"update_id":1,"message":{"chat":{"id":"x","type":"private"},"date":1}}',
    "photo empty": f'{{"update_id": 1, "message": {{{CHAT}, "date": 1, "photo": [3]}}}}'.encode(),
    "document without file": f'{{"update_id":1,"message":{{{CHAT},"date":1,"document":{{}}}}}}'.encode(),
    "location beyond the pole": (
        f'{{"update_id":1,"message":{{{CHAT},"date":1,"location":{{"latitude":91,"longitude":1}}}}}}'
    ).encode(),
    "location infinite": (
        f'{{"update_id":1,"message":{{{CHAT},"date":1,"location":{{"latitude":1e999,"longitude":1}}}}}}'
    ).encode(),
    "contact without phone": f'{{"update_id":1,"message":{{{CHAT},{WHO},"date":1,"contact":{{}}}}}}'.encode(),
    "contact from nobody": (
        f'{{"update_id":1,"message":{{{CHAT},"date":1,"contact":{{"phone_number":"1"}}}}}}'
    ).encode(),
    "tap from nobody": b'{"update_id": 1, "callback_query": {"id": "1", "data": "x"}}',
    "tap as list": b'{"update_id": 1, "callback_query": []}',
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_the_unreadable_is_kept_as_a_failure_and_not_sent_again(
    door: TestClient, ears: RecordingEars, body: bytes
) -> None:
    assert door.post(PATH, content=body).status_code == 200
    assert ears.heard == []
    [(channel, account, number, raw, reason)] = ears.failures
    assert (channel, account, raw) == (Channel.TELEGRAM, BOT, body)
    assert number and reason


def test_a_failure_is_known_by_its_update_or_else_by_its_bytes(door: TestClient, ears: RecordingEars) -> None:
    for body in (UNREADABLE["no date"], b"{}", b"{}", b"[]"):
        door.post(PATH, content=body)
    numbers = [failure[2] for failure in ears.failures]

    assert numbers[0] == "1"
    assert numbers[1] == numbers[2] != numbers[3]


def test_a_key_given_twice_counts_once(door: TestClient, ears: RecordingEars) -> None:
    body = f'{{"update_id":1,"message":{{{CHAT},"date":1,"text":"a","text":"b"}}}}'.encode()
    door.post(PATH, content=body)

    assert [incoming.text for incoming, _ in ears.heard] == ["b"]


@pytest.mark.parametrize("body", [payload("text"), payload("tap"), b"{}"])
def test_only_when_nothing_could_be_stored_telegram_shall_send_again(
    door: TestClient, ears: RecordingEars, body: bytes
) -> None:
    ears.is_deaf = True

    assert door.post(PATH, content=body).status_code == 503


def test_a_huge_body_is_refused_by_its_announced_length(door: TestClient, ears: RecordingEars) -> None:
    assert door.post(PATH, content=b" " * (BODY_LIMIT + 1)).status_code == 413
    assert ears.is_untouched


def test_a_huge_body_is_refused_while_it_streams(door: TestClient, ears: RecordingEars) -> None:
    pieces = (b" " * 100_000 for _ in range(11))

    assert door.post(PATH, content=pieces).status_code == 413
    assert ears.is_untouched


def test_a_large_body_within_the_limit_is_read(door: TestClient, ears: RecordingEars) -> None:
    body = payload("text").rstrip() + b" " * 900_000

    assert door.post(PATH, content=body).status_code == 200
    assert len(ears.heard) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PLACES = [
    ("message",), ("message", "chat"), ("message", "chat", "id"), ("message", "date"), ("message", "from"),
    ("message", "photo"), ("message", "voice"), ("message", "location"), ("message", "contact"),
    ("message", "caption"), ("message", "media_group_id"), ("edited_message",), ("callback_query",),
    ("update_id",),
]  # fmt: skip


@given(st.sampled_from(PLACES), json_values)
def test_whatever_stands_in_an_update_it_is_read_or_unreadable(place: tuple[str, ...], value: object) -> None:
    update: dict[str, object] = json.loads(payload("photo_with_caption"))
    holder = update
    for name in place[:-1]:
        holder = holder[name]  # type: ignore[assignment]
    holder[place[-1]] = value

    try:
        incoming = translate(parse(json.dumps(update).encode()), BOT, NOW)
    except Unreadable:
        return
    assert incoming is None or str(incoming).encode()


def test_reading_an_update_takes_little_time() -> None:
    body = payload("tap")
    started = time.perf_counter()
    for _ in range(200):
        translate(parse(body), BOT, NOW)

    assert time.perf_counter() - started < 1
