"""The door of the web chat: who is let in, what is kept, what the page is told."""

import asyncio
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text
from starlette.testclient import TestClient

from bot.channels.webchat import ACCOUNT, Hub
from core.model.messages import Address, Channel, Location, Reply
from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.small_house import SmallHouse, small_house
from tests.webhooks.recording import RecordingEars
from webhooks.webchat.conversation import News, news
from webhooks.webchat.door import MESSAGE_LIMIT, MOST_STREAMS, webchat_door
from webhooks.webchat.pace import Pace
from webhooks.webchat.page import TYPES, Page
from webhooks.webchat.posted import TEXT_LIMIT, Posted, Refused, read, write
from webhooks.webchat.stream import stream
from webhooks.webchat.visitor import COOKIE

NOW = datetime(2024, 11, 27, 0, 31, tzinfo=UTC)
OURS = {"Origin": "http://testserver"}


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def house(store: Store, tmp_path: Path) -> SmallHouse:
    return small_house(store, tmp_path / "media", lambda: NOW)


@pytest.fixture
def ears() -> RecordingEars:
    return RecordingEars()


@pytest.fixture
def quiet(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[SmallHouse]:
    """A house on SQLite, where the engine is no matter."""
    store = Store(databases.sqlite(), keys)
    yield small_house(store, tmp_path / "media", lambda: NOW)
    store.close()


@pytest.fixture
def page(quiet: SmallHouse, ears: RecordingEars) -> Iterator[TestClient]:
    """A browser that has opened the page; behind the door somebody only takes notes."""
    app = FastAPI()
    app.include_router(webchat_door(ears, quiet.store, quiet.hub, quiet.fetcher, quiet.clock, False))
    with TestClient(app, headers=OURS) as client:
        client.get("/chat")
        yield client


@pytest.fixture
def talking(house: SmallHouse) -> Iterator[TestClient]:
    """A browser that talks with the real bot, on each engine."""
    with TestClient(house.app(), headers=OURS) as client:
        client.get("/chat")
        yield client


def peer_of(client: TestClient) -> str:
    return hashlib.sha256(client.cookies[COOKIE].encode()).hexdigest()


def say(client: TestClient, number: int = 1, **content: object) -> int:
    return client.post("/chat/messages", json={"id": f"m{number}", **content}).status_code


def lines(client: TestClient) -> list[dict[str, object]]:
    return list(client.get("/chat/history").json()["lines"])


# ── the page and its cookie ──────────────────────────────────────────────────────────────────────────────


def test_the_page_gives_a_cookie_that_scripts_cannot_read(quiet: SmallHouse) -> None:
    with TestClient(quiet.app()) as client:
        given_to = client.get("/chat").headers["Set-Cookie"]
    assert "HttpOnly" in given_to
    assert "SameSite=lax" in given_to
    assert "Path=/chat" in given_to
    assert f"Max-Age={180 * 24 * 3600}" in given_to
    assert "Secure" not in given_to


def test_over_https_the_cookie_is_secure(quiet: SmallHouse, ears: RecordingEars) -> None:
    app = FastAPI()
    app.include_router(webchat_door(ears, quiet.store, quiet.hub, quiet.fetcher, quiet.clock, True))
    with TestClient(app, base_url="https://testserver") as client:
        assert "Secure" in client.get("/chat").headers["Set-Cookie"]


def test_a_known_browser_keeps_its_cookie(page: TestClient) -> None:
    before = page.cookies[COOKIE]
    page.get("/chat")
    assert page.cookies[COOKIE] == before


def test_the_page_runs_nothing_but_its_own_script(page: TestClient) -> None:
    answer = page.get("/chat")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert " style=" not in answer.text
    assert " onclick=" not in answer.text


def test_its_files_may_be_kept_for_good(page: TestClient) -> None:
    mark = Page("").mark
    for name in TYPES:
        answer = page.get(f"/chat/assets/{mark}/{name}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        plain = page.get(f"/chat/assets/{mark}/{name}", headers={"Accept-Encoding": "identity"})
        assert plain.content == answer.content
    assert page.get("/chat/assets/old/chat.js").status_code == 404
    assert page.get(f"/chat/assets/{mark}/page.html").status_code == 404


def test_the_token_is_in_no_database(talking: TestClient, house: SmallHouse) -> None:
    say(talking, text="mulai")
    token = talking.cookies[COOKIE]
    with house.store.reading() as book:
        for table in ("address", "inbox", "outbox", "session"):
            for row in book.connection.execute(text(f"SELECT * FROM {table}")):
                assert token not in str(row)
                assert peer_of(talking) not in str(row)


# ── what the page posts ──────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_heard(page: TestClient, ears: RecordingEars) -> None:
    assert say(page, text="jam 7 lewat 20") == 200
    [(incoming, raw)] = ears.heard
    assert incoming.address == Address(Channel.WEBCHAT, ACCOUNT, peer_of(page))
    assert incoming.id == f"{peer_of(page)[:16]}-m1"
    assert (incoming.text, incoming.sent_at) == ("jam 7 lewat 20", NOW)
    assert json.loads(raw)["text"] == "jam 7 lewat 20"


def test_a_tap_and_a_pin_are_heard(page: TestClient, ears: RecordingEars) -> None:
    say(page, 1, choice="a:K7Q2M:ya:0", label="Ya")
    say(page, 2, location={"latitude": -0.5, "longitude": 117.15, "accuracy": 12})
    assert ears.heard[0][0].choice == "a:K7Q2M:ya:0"
    assert ears.heard[1][0].location == Location(-0.5, 117.15, 12.0)


def test_two_visitors_cannot_meet_in_an_id(page: TestClient, ears: RecordingEars) -> None:
    say(page, text="satu")
    page.cookies.clear()
    page.get("/chat")
    say(page, text="dua")
    assert len({incoming.id for incoming, _ in ears.heard}) == 2


UNREADABLE = {
    "no JSON": b"{",
    "no object": b'["id"]',
    "no id": b'{"text": "a"}',
    "an id with odd letters": b'{"id": "../x", "text": "a"}',
    "a number for a text": b'{"id": "m1", "text": 5}',
    "half a character": b'{"id": "m1", "text": "\\ud83d"}',
    "half a character in a label": b'{"id": "m1", "choice": "a", "label": "\\ud83d"}',
    "a long key": json.dumps({"id": "m1", "choice": "k" * 65}).encode(),
    "a pin beyond the earth": b'{"id": "m1", "location": {"latitude": 91, "longitude": 0}}',
    "a pin of no number": b'{"id": "m1", "location": {"latitude": NaN, "longitude": 0}}',
    "a pin of a huge number": b'{"id": "m1", "location": {"latitude": 1' + b"0" * 400 + b', "longitude": 0}}',
    "a pin of truth": b'{"id": "m1", "location": {"latitude": true, "longitude": 0}}',
    "media of no list": b'{"id": "m1", "media": "abc"}',
    "too many media": json.dumps({"id": "m1", "media": ["0123456789"] * 21}).encode(),
    "deep": b"[" * 60_000,
    "not text": b"\xff\xfe",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_in_plain_words(
    page: TestClient, ears: RecordingEars, body: bytes
) -> None:
    answer = page.post("/chat/messages", content=body)
    assert answer.status_code == 422
    assert "rusak di jalan" in answer.json()["refused"]
    assert ears.is_untouched


def test_a_text_that_is_too_long_is_told_how_long_it_may_be(page: TestClient, ears: RecordingEars) -> None:
    answer = page.post("/chat/messages", json={"id": "m1", "text": "a" * (TEXT_LIMIT + 1)})
    assert answer.status_code == 422
    assert str(TEXT_LIMIT) in answer.json()["refused"]
    assert say(page, text="é" * TEXT_LIMIT) == 200
    assert len(ears.heard) == 1


def test_an_empty_message_is_told_so(page: TestClient, ears: RecordingEars) -> None:
    answer = page.post("/chat/messages", json={"id": "m1", "text": " \n "})
    assert answer.status_code == 422
    assert "kosong" in answer.json()["refused"]


def test_a_huge_body_is_not_read(page: TestClient, ears: RecordingEars) -> None:
    assert page.post("/chat/messages", content=b" " * (MESSAGE_LIMIT + 1)).status_code == 413
    assert ears.is_untouched


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "https://example.org", "Host": "testserver"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_another_site_cannot_speak_for_a_visitor(
    page: TestClient, ears: RecordingEars, headers: dict[str, str]
) -> None:
    assert page.post("/chat/messages", json={"id": "m1", "text": "a"}, headers=headers).status_code == 403
    assert page.post("/chat/media", content=picture(), headers=headers).status_code == 403
    assert ears.is_untouched


@pytest.mark.parametrize("path", ["/chat/history", "/chat/events"])
def test_without_a_cookie_nothing_is_told(page: TestClient, path: str) -> None:
    page.cookies.clear()
    answer = page.get(path)
    assert answer.status_code == 401
    assert "dimuat ulang" in answer.json()["refused"]


@pytest.mark.parametrize("token", ["", "short", "a" * 44, "é" * 43])
def test_a_made_up_cookie_is_none(page: TestClient, ears: RecordingEars, token: str) -> None:
    page.cookies.clear()
    headers = {"Cookie": f"{COOKIE}={token}".encode()}
    answer = page.post("/chat/messages", json={"id": "m1", "text": "a"}, headers=headers)
    assert answer.status_code == 401
    assert ears.is_untouched


def test_when_nothing_can_be_kept_the_page_is_told_to_try_again(
    page: TestClient, ears: RecordingEars
) -> None:
    ears.is_deaf = True
    assert say(page, text="a") == 503


def test_a_flood_is_slowed_and_told_for_how_long(
    page: TestClient, ears: RecordingEars, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webhooks.webchat.door.time", SimpleNamespace(monotonic=lambda: 1000.0))
    answers = [page.post("/chat/messages", json={"id": f"m{n}", "text": "a"}) for n in range(60)]
    assert answers[39].status_code == 200
    assert answers[-1].status_code == 429
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 2


def test_the_pace_recovers_and_is_each_visitors_own() -> None:
    pace = Pace(burst=2, a_second=0.5)
    assert [pace.wait("a", 0), pace.wait("a", 0), pace.wait("a", 0)] == [0, 0, 2.0]
    assert pace.wait("b", 0) == 0
    assert pace.wait("a", 1.5) == 0.5
    assert pace.wait("a", 2) == 0


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
NAMES = st.sampled_from(["id", "text", "choice", "media", "location", "latitude", "longitude"])
MESSAGES = st.recursive(VALUES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner))


@given(st.binary(max_size=300) | MESSAGES.map(lambda content: json.dumps(content).encode()))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    try:
        posted = read(body)
    except Refused:
        return
    json.loads(write(posted, ()))


@given(st.text(min_size=1, max_size=200).filter(lambda written: written.replace("\0", "").strip()))
def test_what_is_kept_says_what_was_written(written: str) -> None:
    posted = Posted("m1", written, "", "", (), None, hidden=False)
    assert read(write(posted, ())).text == written.replace("\0", "")


# ── uploads ──────────────────────────────────────────────────────────────────────────────────────────────


def upload(client: TestClient, content: bytes, kind: str = "image/jpeg") -> dict[str, str]:
    answer = client.post("/chat/media?name=C.HASIL.jpg", content=content, headers={"Content-Type": kind})
    return dict(answer.json())


def test_an_uploaded_picture_can_be_attached(page: TestClient, ears: RecordingEars) -> None:
    media = upload(page, picture())["media"]
    assert say(page, text="halaman 1", media=[media]) == 200
    [attachment] = ears.heard[0][0].attachments
    assert (attachment.media, attachment.ref) == (media, "")
    assert (attachment.kind, attachment.name, attachment.content_type) == (
        "image",
        "C.HASIL.jpg",
        "image/jpeg",
    )


def test_nobody_can_attach_what_another_uploaded(page: TestClient, ears: RecordingEars) -> None:
    media = upload(page, picture())["media"]
    page.cookies.clear()
    page.get("/chat")
    answer = page.post("/chat/messages", json={"id": "m1", "media": [media]})
    assert answer.status_code == 422
    assert "belum sampai" in answer.json()["refused"]
    assert ears.is_untouched


def test_a_file_of_another_kind_is_refused_in_words_that_help(page: TestClient) -> None:
    refused = upload(page, b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")["refused"]
    assert len(refused) > 30
    assert "{" not in refused


def test_a_large_file_is_refused_before_it_is_read(page: TestClient, quiet: SmallHouse) -> None:
    answer = page.post(
        "/chat/media", content=b"\xff\xd8\xff" + bytes(20 * 2**20), headers={"Content-Type": "image/jpeg"}
    )
    assert answer.status_code == 422
    with quiet.store.reading() as book:
        assert book.connection.execute(text("SELECT count(*) FROM media")).scalar() == 0


# ── the conversation, with the real bot on both engines ──────────────────────────────────────────────────


def test_a_message_that_comes_three_times_takes_effect_once(talking: TestClient) -> None:
    for _ in range(3):
        assert say(talking, text="mulai") == 200
    assert [line["who"] for line in lines(talking)] == ["me", "us"]


def test_a_reload_shows_both_sides_in_order(talking: TestClient) -> None:
    say(talking, 0, text="mulai", hidden=True)
    [greeting] = lines(talking)
    siti = greeting["parts"][0]["choices"][0]  # type: ignore[index]
    assert siti["label"].startswith("Siti Contoh")
    say(talking, 1, choice=siti["key"], label=siti["label"])
    media = upload(talking, picture())["media"]
    say(talking, 2, text="lapor", media=[media])
    told = lines(talking)
    assert [line["who"] for line in told] == ["us", "me", "us", "me", "us"]
    assert told[1]["text"] == siti["label"]
    assert (told[3]["id"], told[3]["text"]) == ("m2", "lapor")
    assert told[3]["media"] == [{"kind": "image", "name": "C.HASIL.jpg"}]


def test_news_carry_what_they_answer(talking: TestClient, house: SmallHouse) -> None:
    say(talking, 1, text="mulai")
    address = Address(Channel.WEBCHAT, ACCOUNT, peer_of(talking))
    with house.store.reading() as book:
        [(_, line)] = news(book, address, 0, NOW, "id").lines
    assert line["answers"] == lines(talking)[0]


def test_the_page_speaks_the_language_that_was_chosen(talking: TestClient) -> None:
    say(talking, 1, text="mulai")
    siti = lines(talking)[-1]["parts"][0]["choices"][0]  # type: ignore[index]
    say(talking, 2, choice=siti["key"])
    say(talking, 3, text="english")
    assert '<html lang="en">' in talking.get("/chat").text


def visitor_in(house: SmallHouse) -> tuple[Address, int]:
    address = Address(Channel.WEBCHAT, ACCOUNT, "ab" * 32)
    with house.store.begin() as book:
        return address, book.addresses.meet(address, NOW).id


def test_what_waits_for_its_hour_is_not_shown_and_not_missed(house: SmallHouse) -> None:
    address, address_id = visitor_in(house)
    with house.store.begin() as book:
        first = book.outbox.put(address_id, Reply("satu"), NOW)
        later = book.outbox.put(address_id, Reply("dua"), NOW, NOW + timedelta(seconds=9))
        third = book.outbox.put(address_id, Reply("tiga"), NOW)
    with house.store.reading() as book:
        found = news(book, address, 0, NOW, "id")
        assert [number for number, _ in found.lines] == [first, third]
        assert found.resume == later - 1
        assert [number for number, _ in news(book, address, found.resume, NOW, "id").lines] == [third]
        after = news(book, address, found.resume, NOW + timedelta(seconds=9), "id")
        assert [number for number, _ in after.lines] == [later, third]
        assert after.resume == third


def test_what_was_replaced_is_not_shown_and_what_is_being_sent_is(house: SmallHouse) -> None:
    address, address_id = visitor_in(house)
    with house.store.begin() as book:
        book.outbox.put(address_id, Reply("lama"), NOW, topic="gambar")
        fresh = book.outbox.put(address_id, Reply("baru"), NOW, topic="gambar")
        assert [errand.id for errand in book.outbox.claim(NOW, 45, 9, "me")] == [fresh]
    with house.store.reading() as book:
        assert [number for number, _ in news(book, address, 0, NOW, "id").lines] == [fresh]


# ── the stream ───────────────────────────────────────────────────────────────────────────────────────────


class Script:
    """News one look after the other; at the end the page has gone."""

    def __init__(self, *found: News) -> None:
        self.found = list(found)
        self.asked: list[int] = []

    async def look(self, after: int) -> News:
        self.asked.append(after)
        return self.found.pop(0)

    async def is_gone(self) -> bool:
        return not self.found


def told(*numbers: int, resume: int) -> News:
    return News(tuple((number, {"id": number}) for number in numbers), resume, NOW)


async def written(script: Script, hub: Hub | None = None) -> list[str]:
    bells = hub or Ringing()
    return [
        event.decode() async for event in stream(script.look, bells, "ab", 3, lambda: NOW, script.is_gone)
    ]


class Ringing(Hub):
    """Somebody rings as soon as a page listens, so that no test waits for a poll."""

    def listening(self, peer: str):  # type: ignore[no-untyped-def]
        opened = super().listening(peer)
        asyncio.get_running_loop().call_soon(self._ring_on, peer)
        return opened

    def _ring_on(self, peer: str) -> None:
        if self.count(peer):
            self.wake(peer)
            asyncio.get_running_loop().call_soon(self._ring_on, peer)


async def test_the_stream_goes_on_where_the_page_stood() -> None:
    script = Script(told(4, 5, resume=5), told(resume=5), told(7, resume=7))
    events = await written(script)
    assert script.asked == [3, 5, 5]
    assert [event.split("\n")[1] for event in events[1:]] == ["id: 4", "id: 5", "id: 7"]


async def test_a_message_behind_a_held_one_comes_once_and_the_held_one_is_not_lost() -> None:
    script = Script(told(4, 6, resume=4), told(6, resume=4), told(5, 6, resume=6), told(resume=6))
    events = await written(script)
    assert [event.split("\n")[:2] for event in events[1:]] == [
        ['data: {"id": 4}', "id: 4"],
        ['data: {"id": 6}', "id: 4"],
        ['data: {"id": 5}', "id: 5"],
    ]


async def test_a_quiet_stream_shows_that_it_lives() -> None:
    script = Script(*[told(resume=3)] * 3)
    times = iter([NOW + timedelta(seconds=10 * n) for n in range(20)])
    events = [
        event.decode()
        async for event in stream(script.look, Ringing(), "ab", 3, lambda: next(times), script.is_gone)
    ]
    assert any(event.startswith("event: alive\n") for event in events)


async def test_a_server_that_stops_lets_the_pages_go() -> None:
    hub = Hub()
    script = Script(*[told(resume=3)] * 9)
    reading = asyncio.create_task(written(script, hub))
    while not hub.count("ab"):
        await asyncio.sleep(0)
    hub.close()
    await asyncio.wait_for(reading, 1)
    assert hub.count("ab") == 0


async def test_one_visitor_cannot_hold_many_streams(page: TestClient, quiet: SmallHouse) -> None:
    opened = [quiet.hub.listening(peer_of(page)) for _ in range(MOST_STREAMS)]
    for one in opened:
        one.__enter__()
    answer = page.get("/chat/events")
    assert answer.status_code == 429
    assert "jendela" in answer.json()["refused"]
