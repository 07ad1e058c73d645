"""Twilio's door: genuine messages are heard, forged ones are not, unreadable ones are kept."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from twilio.request_validator import RequestValidator

from core.model.messages import Address, Attachment, Channel, Incoming, Location, Receipt
from webhooks.twilio import BODY_LIMIT, MESSAGES, STATUS, TwilioDoor

NOW = datetime(2026, 11, 25, 0, 20, tzinfo=UTC)
ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2
PUBLIC = "https://lapor.example.org"
PAYLOADS = Path(__file__).parent / "twilio"
STATUS_PAYLOADS = sorted(file.stem for file in PAYLOADS.glob("status_*.json"))
MESSAGE_PAYLOADS = sorted({file.stem for file in PAYLOADS.glob("*.json")} - set(STATUS_PAYLOADS))


class Recorder:
    """Ears that write down what they hear; `deaf` ones can store nothing."""

    def __init__(self) -> None:
        self.heard: list[tuple[Incoming, bytes]] = []
        self.failures: list[tuple[Channel, str, str, bytes, str]] = []
        self.receipts: list[Receipt] = []
        self.deaf = False

    async def hear(self, incoming: Incoming, raw: bytes) -> None:
        self._listen()
        self.heard.append((incoming, raw))

    async def keep_failure(
        self, channel: Channel, account: str, message_id: str, raw: bytes, reason: str, /
    ) -> None:
        self._listen()
        self.failures.append((channel, account, message_id, raw, reason))

    async def note(self, receipt: Receipt) -> None:
        self._listen()
        self.receipts.append(receipt)

    def _listen(self) -> None:
        if self.deaf:
            raise OSError("disk full")

    @property
    def untouched(self) -> bool:
        return not (self.heard or self.failures or self.receipts)


@pytest.fixture
def ears() -> Recorder:
    return Recorder()


@pytest.fixture
def phone(ears: Recorder) -> TestClient:
    return client(ears)


def client(ears: Recorder, public_url: str | None = PUBLIC) -> TestClient:
    app = FastAPI()
    door = TwilioDoor(ears, ears.note, ACCOUNT, TOKEN, public_url, lambda: NOW)
    app.include_router(door.router())
    return TestClient(app)


def payload(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())
    return read


def post(
    phone: TestClient, form: Any, path: str = MESSAGES, query: str = "", signature: str | None = None
) -> httpx2.Response:
    signed = RequestValidator(TOKEN).compute_signature(PUBLIC + path + query, dict(form))
    headers = {
        "X-Twilio-Signature": signed if signature is None else signature,
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    }
    return phone.post(path + query, content=urlencode(form), headers=headers)


def incoming(read: dict[str, Any]) -> Incoming:
    return Incoming(
        **read
        | {
            "sent_at": NOW,
            "address": Address(**read["address"] | {"channel": Channel(read["address"]["channel"])}),
            "attachments": tuple(Attachment(**one) for one in read.get("attachments", [])),
            "location": Location(**read["location"]) if "location" in read else None,
        }
    )


@pytest.mark.parametrize("name", MESSAGE_PAYLOADS)
def test_message_is_read_as_written_beside_it(phone: TestClient, ears: Recorder, name: str) -> None:
    recorded = payload(name)
    answer = post(phone, recorded["form"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert answer.text.endswith("<Response/>")
    ((heard, raw),) = ears.heard
    assert heard == incoming(recorded["incoming"])
    assert raw == urlencode(recorded["form"]).encode()


@pytest.mark.parametrize("name", STATUS_PAYLOADS)
def test_receipt_is_read_as_written_beside_it(phone: TestClient, ears: Recorder, name: str) -> None:
    recorded = payload(name)
    assert post(phone, recorded["form"], STATUS).status_code == 204
    told = recorded["receipt"]
    wanted = [Receipt(**told | {"channel": Channel(told["channel"]), "at": NOW})] if told else []
    assert ears.receipts == wanted


@pytest.mark.parametrize("path", [MESSAGES, STATUS])
@pytest.mark.parametrize("signature", ["", "forged", "Å" * 28, "0" * 28])
def test_forged_changes_nothing(phone: TestClient, ears: Recorder, path: str, signature: str) -> None:
    form = payload("status_sent" if path == STATUS else "sms_text")["form"]
    headers = {
        "X-Twilio-Signature": signature.encode("latin-1"),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    assert phone.post(path, content=urlencode(form), headers=headers).status_code == 403
    assert ears.untouched


@pytest.mark.parametrize(
    "change",
    [{"Body": "uang"}, {"From": "+628000000013"}, {"Extra": ""}, {"ToCity": "x"}, {"AccountSid": "AC0"}],
)
def test_altered_changes_nothing(phone: TestClient, ears: Recorder, change: dict[str, str]) -> None:
    form = payload("sms_text")["form"]
    genuine = RequestValidator(TOKEN).compute_signature(PUBLIC + MESSAGES, form)
    assert post(phone, form | change, signature=genuine).status_code == 403
    assert ears.untouched


def test_signature_of_one_door_does_not_open_the_other(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"]
    elsewhere = RequestValidator(TOKEN).compute_signature(PUBLIC + STATUS, form)
    assert post(phone, form, signature=elsewhere).status_code == 403
    assert ears.untouched


def test_another_account_with_our_token_is_refused(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"] | {"AccountSid": "AC" + "f" * 32}
    assert post(phone, form).status_code == 403
    assert ears.untouched


def test_query_is_part_of_what_is_signed(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"]
    assert post(phone, form, query="?a=b%20c&d=").status_code == 200
    assert len(ears.heard) == 1


def test_nothing_but_a_form_is_read(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"]
    headers = {"X-Twilio-Signature": RequestValidator(TOKEN).compute_signature(PUBLIC + MESSAGES, form)}
    assert phone.post(MESSAGES, files={"Body": b"x"}, data=form, headers=headers).status_code == 403
    assert phone.post(MESSAGES, json=form, headers=headers).status_code == 403
    assert phone.post(MESSAGES, headers=headers).status_code == 403
    assert ears.untouched


def test_without_a_public_address_nothing_can_be_verified(ears: Recorder) -> None:
    assert post(client(ears, None), payload("sms_text")["form"]).status_code == 503
    assert ears.untouched


def test_public_address_may_end_in_a_slash(ears: Recorder) -> None:
    assert post(client(ears, PUBLIC + "/"), payload("sms_text")["form"]).status_code == 200


def test_huge_body_is_refused_unread(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"]
    assert post(phone, form | {"Body": "x" * BODY_LIMIT}).status_code == 413
    assert post(phone, form | {"Body": "x" * (BODY_LIMIT - 2000)}).status_code == 200
    assert len(ears.heard) == 1


def test_huge_body_without_a_length_is_refused_unread(phone: TestClient, ears: Recorder) -> None:
    pieces = (b"x" * 65536 for _ in range(1 + BODY_LIMIT // 65536))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert phone.post(MESSAGES, content=pieces, headers=headers).status_code == 413
    assert ears.untouched


@pytest.mark.parametrize(
    "change",
    [
        {"MessageSid": ""},
        {"MessageSid": "SM1"},
        {"From": "whatsapp:+62"},
        {"From": "BANK"},
        {"From": "+६२८००००००१२"},
        {"From": "whatsapp:+628000000012"},
        {"To": ""},
        {"To": "x" * 5000},
        {"NumMedia": "9999"},
        {"NumMedia": "x"},
        {"NumMedia": "-1"},
        {"NumMedia": "²"},
        {"NumMedia": "1"},
        {"Latitude": "1"},
        {"Latitude": "nan", "Longitude": "1"},
        {"Latitude": "91", "Longitude": "1"},
    ],
)
def test_genuine_but_unreadable_is_kept(phone: TestClient, ears: Recorder, change: dict[str, str]) -> None:
    form = payload("sms_text")["form"] | change
    assert post(phone, form).status_code == 200
    ((channel, account, message_id, raw, reason),) = ears.failures
    assert (channel, raw) == (Channel.SMS, urlencode(form).encode())
    assert len(account) <= 64
    assert message_id
    assert not any(value in reason for value in change.values() if len(value) > 2)
    assert not ears.heard


def test_unreadable_has_the_same_id_each_time_it_comes(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"] | {"MessageSid": "?"}
    post(phone, form)
    post(phone, form)
    post(phone, form | {"Body": "lain"})
    first, again, other = (failure[2] for failure in ears.failures)
    assert first == again != other


def test_field_that_comes_twice_is_kept_not_guessed(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"]
    twice = [*form.items(), ("Body", "lapor")]
    assert post(phone, twice).status_code == 200
    assert ears.failures[0][2] == form["MessageSid"]
    assert not ears.heard


def test_account_that_comes_twice_is_refused(phone: TestClient, ears: Recorder) -> None:
    form = payload("sms_text")["form"]
    assert post(phone, [*form.items(), ("AccountSid", ACCOUNT)]).status_code == 403
    assert ears.untouched


@pytest.mark.parametrize("change", [{"MessageSid": ""}, {"From": "BANK!"}])
def test_unreadable_receipt_is_not_repeated_for_ever(
    phone: TestClient, ears: Recorder, change: dict[str, str]
) -> None:
    assert post(phone, payload("status_sent")["form"] | change, STATUS).status_code == 204
    assert ears.untouched


@pytest.mark.parametrize(
    ("name", "path", "change"),
    [("sms_text", MESSAGES, {}), ("sms_text", MESSAGES, {"To": ""}), ("status_sent", STATUS, {})],
)
def test_what_cannot_be_stored_is_asked_for_again(
    phone: TestClient, ears: Recorder, name: str, path: str, change: dict[str, str]
) -> None:
    ears.deaf = True
    assert post(phone, payload(name)["form"] | change, path).status_code == 503
    ears.deaf = False
    assert post(phone, payload(name)["form"] | change, path).status_code in {200, 204}


def test_what_a_database_cannot_hold_is_cleaned(phone: TestClient, ears: Recorder) -> None:
    post(phone, payload("whatsapp_text")["form"] | {"Body": "a\0b", "ProfileName": "\0"})
    heard, raw = ears.heard[0]
    assert (heard.text, heard.sender) == ("ab", "")
    assert b"%00" in raw


def test_words_never_reach_the_log(phone: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    form = payload("sms_text")["form"] | {"Body": "rahasia sekali", "NumMedia": "x"}
    post(phone, form)
    told = capsys.readouterr()
    assert "unreadable" in told.out + told.err
    assert "rahasia" not in told.out + told.err
    assert "628000000012" not in told.out + told.err


def test_three_at_once_are_all_handed_over(ears: Recorder) -> None:
    """The door itself keeps no memory of what it saw: that is the inbox's."""
    phone = client(ears)
    form = payload("sms_text")["form"]

    async def thrice() -> list[int]:
        answers = await asyncio.gather(*(asyncio.to_thread(post, phone, form) for _ in range(3)))
        return [answer.status_code for answer in answers]

    assert asyncio.run(thrice()) == [200, 200, 200]
    assert {heard.id for heard, _ in ears.heard} == {form["MessageSid"]}
    assert len(ears.heard) == 3
