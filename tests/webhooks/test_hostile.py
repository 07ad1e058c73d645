"""Forged, altered, replayed, malformed, huge: refused or kept as a failure, never a 5xx, nothing changed."""

import asyncio
import copy
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.model.messages import Address, Channel, Reply
from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.standins.telegram_phone import TelegramPhone
from tests.webhooks.doors import (
    BOT,
    FORM,
    FORMS,
    MESSAGES,
    SECRET,
    STATUS,
    TELEGRAM,
    UPDATES,
    Doors,
    Headers,
    doors,
    genuine,
    signed,
)
from webhooks.telegram import SECRET_HEADER, secret_for

TEXT, SMS = UPDATES["text"], FORMS["sms_text"]
WHATSAPP, READ = FORMS["whatsapp_text"], FORMS["status_read"]


@pytest.fixture
async def house(store: Store, tmp_path: Path) -> AsyncIterator[Doors]:
    async with doors(store, tmp_path) as opened:
        yield opened


# ── forged and altered ───────────────────────────────────────────────────────────────────────────────────

FORGED = {
    "no secret": (TELEGRAM, json.dumps(TEXT).encode(), {}),
    "the setting itself": (TELEGRAM, json.dumps(TEXT).encode(), {SECRET_HEADER: SECRET}),
    "another bot's": (TELEGRAM, json.dumps(TEXT).encode(), {SECRET_HEADER: secret_for(SECRET, "700002")}),
    "an empty one": (TELEGRAM, json.dumps(TEXT).encode(), {SECRET_HEADER: ""}),
    "one in odd letters": (TELEGRAM, json.dumps(TEXT).encode(), {SECRET_HEADER: b"\xe9" * 64}),
    "no signature": (MESSAGES, b"Body=halo", {"Content-Type": FORM}),
    "a made up signature": (MESSAGES, b"Body=halo", {"Content-Type": FORM, "X-Twilio-Signature": "A" * 28}),
    "another path's signature": (MESSAGES, b"Body=halo", signed({"Body": "halo"}, STATUS)),
    "a signature over no account": (MESSAGES, b"Body=halo", signed({"Body": "halo"})),
    "no form": (MESSAGES, json.dumps(SMS).encode(), {"Content-Type": "application/json"}),
    "a receipt without signature": (STATUS, b"MessageStatus=read", {"Content-Type": FORM}),
    "a receipt with the message's": (STATUS, b"MessageStatus=read", signed({"MessageStatus": "read"})),
}


@pytest.mark.parametrize(("path", "body", "headers"), FORGED.values(), ids=FORGED)
async def test_the_forged_is_refused(house: Doors, path: str, body: bytes, headers: Headers) -> None:
    before = house.content()
    assert await house.post(path, body, headers) == 403
    assert house.content() == before


async def test_another_account_of_twilios_is_refused(house: Doors) -> None:
    """The signature fits when somebody has our token; the account still has to be ours."""
    before = house.content()
    assert await house.twilio(SMS | {"AccountSid": "AC" + "f" * 32}) == 403
    assert house.content() == before


async def test_a_field_altered_on_the_way_is_noticed(house: Doors) -> None:
    before = house.content()
    for field in SMS:
        assert await house.twilio(SMS | {field: SMS[field] + "1"}, headers=signed(SMS)) == 403, field
        left = {name: value for name, value in SMS.items() if name != field}
        assert await house.twilio(left, headers=signed(SMS)) == 403, field
    assert await house.twilio(SMS | {"More": "1"}, headers=signed(SMS)) == 403
    assert house.content() == before


async def test_another_sites_page_is_refused(house: Doors) -> None:
    headers = {**await house.cookie(), "Origin": "https://example.org"}
    before = house.content()
    assert await house.post("/chat/messages", b'{"id": "m1", "text": "halo"}', headers) == 403
    assert await house.post("/chat/media", b"\xff\xd8\xff", {**headers, "Content-Type": "image/jpeg"}) == 403
    assert house.content() == before


async def test_who_has_no_cookie_is_refused(house: Doors) -> None:
    before = house.content()
    assert await house.post("/chat/messages", b'{"id": "m1", "text": "halo"}', {}) == 401
    assert await house.post("/chat/media", b"\xff\xd8\xff", {"Content-Type": "image/jpeg"}) == 401
    assert house.content() == before


# ── replayed ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_replayed_changes_nothing(house: Doors) -> None:
    cookie = await house.cookie()

    async def everything() -> set[int]:
        page = await house.post("/chat/messages", b'{"id": "m1", "text": "halo"}', cookie)
        return {await house.telegram(TEXT), await house.twilio(SMS), await house.twilio(WHATSAPP), page}

    assert await everything() == {200}
    before = house.content()
    assert len(before["inbox"]) == len(before["outbox"]) == 4
    for _ in range(3):
        assert await everything() == {200}
    assert house.content() == before


async def test_a_replayed_receipt_changes_nothing(house: Doors) -> None:
    with house.works.store.begin() as book:
        to = Address(Channel.WHATSAPP, "+628000000900", "+628000000012")
        met = book.addresses.meet(to, house.works.turns.clock())
        row = book.outbox.put(met.id, Reply("halo"), house.works.turns.clock())
        book.outbox.sent(row, READ["MessageSid"], 1, house.works.turns.clock())
    assert await house.twilio(READ, STATUS) == 204
    before = house.content()
    assert "read" in repr(before["outbox"])
    for _ in range(3):
        assert await house.twilio(READ, STATUS) == 204
        assert await house.twilio(READ | {"MessageStatus": "sent"}, STATUS) == 204
    assert house.content() == before


# ── huge ─────────────────────────────────────────────────────────────────────────────────────────────────

HUGE = 30 * 2**20
WAYS_IN = [TELEGRAM, MESSAGES, STATUS, "/chat/messages", "/chat/media"]


@pytest.mark.parametrize("path", WAYS_IN)
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "streamed"])
async def test_the_huge_is_turned_away(house: Doors, path: str, declared: bool) -> None:
    piece, sent = b"a" * 65_536, 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < HUGE:
            sent += len(piece)
            yield piece

    kind = FORM if path in (MESSAGES, STATUS) else "image/jpeg"
    headers = {**genuine(), **await house.cookie(), "Content-Type": kind}
    if declared:
        headers["Content-Length"] = str(HUGE)
    before = house.content()
    status = await house.post(path, pieces(), headers)
    assert status in ({413, 422} if path == "/chat/media" else {413})
    assert sent == 0 if declared else sent < HUGE, "it is not read to its end"
    assert house.content() == before


# ── malformed ────────────────────────────────────────────────────────────────────────────────────────────

WORDS = "amplop-kenari"


def altered(**parts: object) -> dict[str, object]:
    return TEXT | {"message": TEXT["message"] | parts}


MALFORMED = {
    "broken JSON": b'{"update_id": 5, "message": {"text": "amplop-kenari"',
    "no JSON at all": b"amplop-kenari",
    "nothing": b"",
    "not text": b"\xff\xfe\x00amplop-kenari",
    "a list": b'["amplop-kenari"]',
    "deep": b'{"update_id":5,"message":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    "a deep list": b'{"update_id":5,"message":' + b"[" * 400_000,
    "a number beyond all": b'{"update_id": 1e999, "message": {"text": "amplop-kenari"}}',
    "a number of a million digits": b'{"update_id": ' + b"9" * 900_000 + b"}",
    "not a number": b'{"update_id": NaN, "message": {"text": "amplop-kenari"}}',
    "a negative id": json.dumps(TEXT | {"update_id": -1}).encode(),
    "an id of truth": json.dumps(TEXT | {"update_id": True}).encode(),
    "an id beyond the database": json.dumps(TEXT | {"update_id": 2**63}).encode(),
    "no id": json.dumps({"message": TEXT["message"]}).encode(),
    "no chat": json.dumps(TEXT | {"message": {"text": WORDS}}).encode(),
    "a chat of text": json.dumps(altered(chat=WORDS)).encode(),
    "a chat without id": json.dumps(altered(chat={"type": "private"})).encode(),
    "a chat beyond the database": json.dumps(altered(chat={"type": "private", "id": 2**70})).encode(),
    "a text of numbers": json.dumps(altered(text=5)).encode(),
    "a date before all": json.dumps(altered(date=-(10**18))).encode(),
    "a pin beyond the earth": json.dumps(altered(location={"latitude": 91, "longitude": 0})).encode(),
    "a pin of infinity": json.dumps(altered(location=0)).replace(
        '"location": 0', '"location": {"latitude": 1e999, "longitude": 0}'
    ).encode(),
    "a photo of nothing": json.dumps(altered(photo={"file_id": 1})).encode(),
    "a contact without number": json.dumps(altered(contact={"first_name": WORDS})).encode(),
}  # fmt: skip


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_update_is_kept_as_a_failure(house: Doors, body: bytes) -> None:
    before = house.counts()
    for _ in range(2):
        assert await house.telegram(body) == 200
    assert house.counts() == before | {"inbox": before["inbox"] + 1}
    assert len(house.failed()) == 1


ODD_TEXTS = {
    "half a character": "120\ud83d suara",
    "NUL": "120\0 suara",
    "directions": "\u202e120\u2066 suara\u200b",
    "everything at once": "'; DROP TABLE inbox; -- <b>&amp;</b> ${a} {b} %s %n \r\n\t\x1b[31m",
    "long": "a" * 60_000,
    "many lines": "\n".join(["jumlah: 1"] * 5_000),
    "digits": "9" * 50_000,
    "brackets": "(" * 30_000,
}


@pytest.mark.parametrize("words", ODD_TEXTS.values(), ids=ODD_TEXTS)
async def test_an_odd_text_is_a_message_like_another(house: Doors, words: str) -> None:
    cookie = await house.cookie()
    await house.telegram(TelegramPhone(4471).contact("+628000000012"))
    await house.telegram(TelegramPhone(4471).text("Laporan pembukaan"))
    before = house.counts()
    assert await house.telegram(TelegramPhone(4471).text(words)) == 200
    shown = words.replace("\ud83d", "�")  # a form cannot say half a character
    assert await house.twilio(SMS | {"Body": shown}) == 200
    assert await house.post("/chat/messages", json.dumps({"id": "m1", "text": words}).encode(), cookie) in (
        200,
        422,
    )
    assert house.failed() == []
    assert house.counts()["inbox"] - before["inbox"] in (2, 3)


MALFORMED_FORMS = {
    "no MessageSid": {"MessageSid": ""},
    "a MessageSid of its own": {"MessageSid": "../../etc/passwd"},
    "no sender": {"From": ""},
    "a sender that is none": {"From": "whatsapp:amplop-kenari"},
    "two channels": {"From": "whatsapp:+628000000012", "To": "+628000000901"},
    "no receiver": {"To": ""},
    "media beyond counting": {"NumMedia": "99999999999999999999"},
    "half a medium": {"NumMedia": "½"},
    "media without address": {"NumMedia": "3"},
    "a pin of nothing": {"Latitude": "1e999", "Longitude": "nan"},
    "a pin of words": {"Latitude": "amplop-kenari", "Longitude": "0"},
}


@pytest.mark.parametrize("parts", MALFORMED_FORMS.values(), ids=MALFORMED_FORMS)
async def test_a_malformed_form_is_kept_as_a_failure(house: Doors, parts: dict[str, str]) -> None:
    before = house.counts()
    for _ in range(2):
        assert await house.twilio(SMS | parts) == 200
    assert house.counts() == before | {"inbox": before["inbox"] + 1}
    assert len(house.failed()) == 1


async def test_a_malformed_receipt_is_let_go(house: Doors) -> None:
    before = house.content()
    for parts in (
        {"MessageSid": ""},
        {"From": ""},
        {"From": "x"},
        {"MessageStatus": "\0"},
        {"MessageStatus": ""},
    ):
        assert await house.twilio(READ | parts, STATUS) == 204
    assert house.content() == before


async def test_a_malformed_page_message_is_refused(house: Doors) -> None:
    cookie = await house.cookie()
    before = house.content()
    for body in MALFORMED.values():
        if len(body) < 60_000:
            assert await house.post("/chat/messages", body, cookie) == 422
    assert house.content() == before


async def test_of_a_failure_no_word_stands_in_the_database(house: Doors, engine: str) -> None:
    await house.telegram(MALFORMED["broken JSON"])
    await house.telegram(altered(text=[WORDS]))
    await house.twilio(SMS | {"From": "", "Body": WORDS})
    assert len(house.failed()) == 3
    stored = repr(house.content()).encode()
    if engine == "sqlite":
        path = Path(house.works.store.url.removeprefix("sqlite:///"))
        stored += b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert WORDS.encode() not in stored
    with house.works.store.reading() as book:
        raw = b"".join(book.inbox.raw(failure.id) for failure in book.inbox.failures())
    assert raw.count(WORDS.encode()) == 3, "sealed, and there for who may open it"


# ── arbitrary ────────────────────────────────────────────────────────────────────────────────────────────

odd_values = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=40)
    | st.lists(st.integers() | st.text(max_size=5), max_size=3)
    | st.dictionaries(st.sampled_from(["id", "text", "type", "chat", "file_id"]), st.integers(), max_size=3)
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A recorded update in which some things are missing, doubled or something else."""
    update = copy.deepcopy(draw(st.sampled_from(list(UPDATES.values()))))
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(list(places(update)) or [(update, "update_id")]))
        match draw(st.sampled_from(["gone", "odd", "moved"])):
            case "gone" if isinstance(holder, dict):
                holder.pop(key, None)
            case "moved":
                holder[key] = copy.deepcopy(draw(st.sampled_from(list(UPDATES.values()))))
            case _:
                holder[key] = draw(odd_values)
    return update


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every holder and key in it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from places(inner)


often = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(update=mutated())
async def test_any_update_is_answered_and_at_most_kept(house: Doors, update: dict[str, Any]) -> None:
    before = house.counts()["inbox"]
    assert 200 <= await house.telegram(update) < 500
    assert house.counts()["inbox"] - before in (0, 1)


forms = st.sampled_from(list(FORMS.values()))
fields = st.sampled_from(sorted({name for form in FORMS.values() for name in form}))
written = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["-1", "1e999", "whatsapp:", "+628000000900", "SM" + "0" * 32, "failed", "99"]
)


@often
@given(form=forms, parts=st.dictionaries(fields, written | st.none(), max_size=4), status=st.booleans())
async def test_any_form_is_answered_and_at_most_kept(
    house: Doors, form: dict[str, str], parts: dict[str, str | None], status: bool
) -> None:
    posted = {name: value for name, value in (form | parts).items() if value is not None}
    before = house.counts()["inbox"]
    assert 200 <= await house.twilio(posted, STATUS if status else MESSAGES) < 500
    assert house.counts()["inbox"] - before in (0, 1)


# ── our own faults, and the database's ───────────────────────────────────────────────────────────────────


async def test_when_the_dialogue_raises_the_message_is_kept_and_regretted(
    house: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    def respond(*_: object) -> None:
        raise ValueError(WORDS)

    monkeypatch.setattr("bot.turn.respond", respond)
    for _ in range(2):
        assert await house.telegram(altered(text=WORDS)) == 200
        assert house.failed() == ["ValueError"]
    with house.works.store.reading() as book:
        met = book.addresses.find(Address(Channel.TELEGRAM, BOT, "4471"))
        assert met is not None
        [sorry] = book.outbox.conversation(met.id)
    assert sorry.reply.text.startswith("Maaf")
    assert house.counts()["session"] == 0
    monkeypatch.undo()
    assert await house.telegram(altered(text=WORDS)) == 200
    assert house.counts()["outbox"] == 1, "it is a person's matter now, not one of another delivery"


@contextmanager
def away(databases: Databases, store: Store) -> Iterator[None]:
    """The server has crashed; or, of SQLite, somebody else does not let go of the file."""
    if store.url.startswith("postgresql"):
        databases.server.crash()
        try:
            yield
        finally:
            databases.server.start()
        return
    other = sqlalchemy.create_engine(store.url, connect_args={"isolation_level": None})
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        yield
        connection.exec_driver_sql("ROLLBACK")
    other.dispose()


@pytest.fixture
def impatient(database_url: str, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("storage.sqlite.PATIENCE", 0.2)
    store = Store(database_url, keys, pool=4)
    yield store
    store.close()


async def test_while_the_database_is_away_the_platform_is_told_to_come_again(
    databases: Databases, impatient: Store, tmp_path: Path
) -> None:
    async with doors(impatient, tmp_path) as house:
        cookie = await house.cookie()
        ways: dict[str, Callable[[], Any]] = {
            "telegram": lambda: house.telegram(TEXT),
            "unreadable": lambda: house.telegram({"update_id": 5, "message": {"text": WORDS}}),
            "twilio": lambda: house.twilio(SMS),
            "page": lambda: house.post("/chat/messages", b'{"id": "m1", "text": "halo"}', cookie),
        }
        before = house.counts()
        with away(databases, impatient):
            for name, send in ways.items():
                assert await send() == 503, name
        assert house.counts() == before
        for _ in range(2):
            assert [await send() for send in ways.values()] == [200] * 4
        after = house.counts()
        assert (after["inbox"], after["outbox"]) == (before["inbox"] + 4, before["outbox"] + 3)
        assert house.failed() == ["chat"]


async def test_many_at_once_while_it_goes_away_and_comes_back_take_effect_once(
    databases: Databases, impatient: Store, tmp_path: Path
) -> None:
    async with doors(impatient, tmp_path) as house:
        updates = [TelegramPhone(5000 + n).text("halo") for n in range(20)]
        with away(databases, impatient):
            assert set(await asyncio.gather(*map(house.telegram, updates))) == {503}
        for _ in range(2):
            assert set(await asyncio.gather(*map(house.telegram, updates))) == {200}
        assert house.counts()["outbox"] == len(updates)
