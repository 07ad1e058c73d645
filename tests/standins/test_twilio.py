"""The stand-in for Twilio is as strict as Twilio: what it would refuse there is refused here."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.standins.twilio import TwilioStandin

TO, FROM = "whatsapp:+628000000012", "whatsapp:+628000000900"
BUTTON = {"type": "QUICK_REPLY", "title": "{{2}}", "id": "k"}


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        standin.open_window("+628000000012")
        yield standin


def post(twilio: TwilioStandin, path: str, **body: Any) -> httpx2.Response:
    return httpx2.post(twilio.url + path, auth=(twilio.account_sid, twilio.auth_token), **body)


def send(twilio: TwilioStandin, **form: str) -> httpx2.Response:
    path = f"/2010-04-01/Accounts/{twilio.account_sid}/Messages.json"
    return post(twilio, path, data={"To": TO, "From": FROM} | form)


def template(twilio: TwilioStandin, **content: Any) -> httpx2.Response:
    body = {"body": "{{1}}", "actions": [BUTTON]} | content
    made = {"friendly_name": "t", "language": "id", "variables": {"1": "a", "2": "b"}}
    return post(twilio, "/v1/Content", json=made | {"types": {"twilio/quick-reply": body}})


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, 21619),
        ({"Body": ""}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"Body": "x", "To": "+628000000012"}, 21910),
        ({"Body": "x", "To": "whatsapp:628000000012"}, 21211),
        ({"Body": "x", "From": "whatsapp:+628000000999"}, 63007),
        ({"Body": "x", "StatusCallback": "/status"}, 21609),
        ({"ContentSid": "HX" + "0" * 32}, 21655),
        ({"Body": "x", "ContentVariables": "{}"}, 21654),
        ({"Bodi": "x"}, 20001),
    ],
)
def test_faulty_sends(twilio: TwilioStandin, form: dict[str, str], code: int) -> None:
    answer = send(twilio, **form)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert twilio.sent == []


@pytest.mark.parametrize(
    ("media", "code"),
    [(["rekap.png"], 21620), (["https://lapor.example.org/a", "https://lapor.example.org/b"], 21623)],
)
def test_faulty_files(twilio: TwilioStandin, media: list[str], code: int) -> None:
    answer = send(twilio, Body="x", MediaUrl=media)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_outside_the_window_an_approved_template_alone(twilio: TwilioStandin) -> None:
    twilio.close_window("+628000000012")
    approved, pending = twilio.approve("Yth. {{1}}."), twilio.approve("Ada.", status="pending")
    send(twilio, Body="x")
    send(twilio, ContentSid=template(twilio).json()["sid"])
    send(twilio, ContentSid=pending)
    assert (twilio.sent, len(twilio.failed)) == ([], 3)
    send(twilio, ContentSid=approved, ContentVariables='{"1": "Ani Contoh"}')
    assert [message["text"] for message in twilio.sent] == ["Yth. Ani Contoh."]


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ("no json", 21656),
        (json.dumps({"1": "two\nlines"}), 21656),
        (json.dumps({"1": ""}), 21656),
        (json.dumps({"1": "x" * 1601}), 21658),
        (json.dumps({"1": "x" * 1025}), 63021),
        (json.dumps({"2": "x" * 21}), 63021),
    ],
)
def test_faulty_variables(twilio: TwilioStandin, variables: str, code: int) -> None:
    sid = template(twilio).json()["sid"]
    answer = send(twilio, ContentSid=sid, ContentVariables=variables)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_more_buttons_than_a_session_allows(twilio: TwilioStandin) -> None:
    four = [BUTTON | {"id": f"k{number}"} for number in range(4)]
    sid = template(twilio, actions=four).json()["sid"]
    assert send(twilio, ContentSid=sid).json()["code"] == 63021


@pytest.mark.parametrize(
    "content",
    [
        {"body": ""},
        {"body": "x" * 1025},
        {"actions": []},
        {"actions": [BUTTON] * 11},
        {"actions": [{"title": "Ya"}]},
        {"body": "{{9}}"},
        {"body": "{{a name}}"},
    ],
)
def test_faulty_templates(twilio: TwilioStandin, content: dict[str, Any]) -> None:
    assert template(twilio, **content).status_code == 400
    assert twilio.templates == {}


def test_the_store_refuses_our_credentials(twilio: TwilioStandin) -> None:
    url = twilio.put_media(b"x", "image/png")
    first = httpx2.get(url, auth=(twilio.account_sid, twilio.auth_token))
    assert first.status_code == 307
    store = first.headers["location"]
    assert httpx2.get(store).content == b"x"
    assert httpx2.get(store, auth=("a", "b")).status_code == 400
    assert httpx2.get(url).status_code == 401


def test_window_closes_after_a_day() -> None:
    now = [0.0]
    with TwilioStandin(clock=lambda: now[0]) as twilio:
        twilio.inbound(TO, "halo")
        now[0] = 24 * 3600
        send(twilio, Body="x")
        now[0] += 1
        send(twilio, Body="y")
        assert [message["text"] for message in twilio.sent] == ["x"]
        assert [message["text"] for message in twilio.failed] == ["y"]
