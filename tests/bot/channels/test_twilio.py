"""The way out through Twilio, against the stand-in: what is asked of Twilio, and what becomes of trouble."""

import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientTimeout
from fastapi import FastAPI, Response

from bot.channels import twilio_client
from bot.channels.base import SendFailed
from bot.channels.content import ContentTemplates, ensure_templates
from bot.channels.twilio import TwilioOutlet
from bot.channels.twilio_errors import FILE_REFUSED, reason
from core.model.messages import Address, Channel, Choice, Enclosure, Reply
from core.speech.enclosing import XLSX
from core.speech.layout import SMS, WHATSAPP_PLAIN, WHATSAPP_RICH, Part, fit
from core.speech.templates import Filled
from tests.browser import serving
from tests.standins.twilio import Fetched, TwilioStandin

PEER = "+628000000012"
OURS = {Channel.WHATSAPP: "+628000000900", Channel.SMS: "+628000000901"}
CALLBACK = "https://lapor.example.org/webhooks/twilio/status"


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        standin.open_window(PEER)
        yield standin


def outlet(twilio: TwilioStandin, channel: Channel = Channel.WHATSAPP, **more: Any) -> TwilioOutlet:
    return TwilioOutlet(
        twilio.account_sid, more.pop("token", twilio.auth_token), OURS[channel], channel, twilio.url, **more
    )


@pytest.fixture
async def whatsapp(twilio: TwilioStandin) -> AsyncIterator[TwilioOutlet]:
    out = outlet(twilio, status_callback=CALLBACK)
    yield out
    await out.close()


def person(channel: Channel = Channel.WHATSAPP) -> Address:
    return Address(channel, OURS[channel], PEER)


async def failure(out: TwilioOutlet, part: Part | None = None) -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await out.send(person(), part or Part("Halo"))
    return failed.value


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.SMS])
async def test_plain_words(twilio: TwilioStandin, channel: Channel) -> None:
    out = outlet(twilio, channel)
    words = "Jam berapa TPS dibuka?\n\n  & = % + 😟 'a' é"
    sid = await out.send(person(channel), Part(words))
    await out.close()
    prefix = "whatsapp:" if channel is Channel.WHATSAPP else ""
    (sent,) = twilio.sent
    assert (sent["sid"], sent["Body"]) == (sid, words)
    assert (sent["To"], sent["From"]) == (prefix + PEER, prefix + OURS[channel])
    assert "StatusCallback" not in sent


async def test_statuses_are_asked_for_and_come_signed(twilio: TwilioStandin, whatsapp: TwilioOutlet) -> None:
    sid = await whatsapp.send(person(), Part("Halo"))
    assert twilio.statuses_of(sid) == ["sent", "delivered"]
    assert {url for url, _, _ in twilio.callbacks} == {CALLBACK}


async def test_longest_message_that_the_layout_allows_is_taken(
    twilio: TwilioStandin, whatsapp: TwilioOutlet
) -> None:
    await whatsapp.send(person(), Part("x" * WHATSAPP_PLAIN.text))
    assert (await failure(whatsapp, Part("x" * (WHATSAPP_PLAIN.text + 1)))).again == "never"
    assert len(twilio.sent) == 1


@pytest.mark.parametrize(
    ("mode", "again", "reason", "wait"),
    [
        ("busy", "later", "too fast", 2.0),
        ("error", "later", "twilio failed with 503", 0.0),
        ("unauthorised", "later", "credentials refused", 0.0),
        ("window", "never", "window", 0.0),
        ("drop", "unknown", "twilio did not answer", 0.0),
        ("drop_after", "unknown", "twilio did not answer", 0.0),
        ("garbage", "unknown", "twilio's answer could not be read", 0.0),
    ],
)
async def test_trouble_and_what_to_do_about_it(
    twilio: TwilioStandin, whatsapp: TwilioOutlet, mode: Any, again: str, reason: str, wait: float
) -> None:
    twilio.close_window(PEER)
    twilio.behave(mode, 1)
    failed = await failure(whatsapp)
    assert (failed.again, failed.reason, failed.wait) == (again, reason, wait)
    twilio.open_window(PEER)
    await whatsapp.send(person(), Part("Lagi"))
    assert twilio.sent[-1]["text"] == "Lagi"


async def test_no_answer_in_time_leaves_it_unknown(
    twilio: TwilioStandin, whatsapp: TwilioOutlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio_client, "TIMEOUT", ClientTimeout(sock_connect=5, sock_read=0.05))
    twilio.behave("hang", 1)
    assert (await failure(whatsapp)).again == "unknown"
    assert len(twilio.sent) == 1


async def test_nobody_there_means_later(twilio: TwilioStandin) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        out = TwilioOutlet(twilio.account_sid, twilio.auth_token, OURS[Channel.SMS], Channel.SMS, url)
        failed = await failure(out)
        await out.close()
    assert (failed.again, failed.reason) == ("later", "twilio unreachable")


async def test_wrong_token_means_later(twilio: TwilioStandin) -> None:
    out = outlet(twilio, token="0" * 32)
    failed = await failure(out)
    await out.close()
    assert (failed.again, failed.reason) == ("later", "credentials refused")


async def test_too_many_at_once_means_later(twilio: TwilioStandin, whatsapp: TwilioOutlet) -> None:
    twilio.most_at_once = 0
    failed = await failure(whatsapp)
    assert (failed.again, failed.reason) == ("later", "too fast")


async def test_who_said_stop_gets_nothing_more(twilio: TwilioStandin, whatsapp: TwilioOutlet) -> None:
    twilio.opted_out.add(PEER)
    failed = await failure(whatsapp)
    assert (failed.again, failed.reason) == ("never", "stopped")


@pytest.mark.parametrize("peer", ["+0", "0800", "12345", "+62800000001234567"])
async def test_number_that_is_none(twilio: TwilioStandin, whatsapp: TwilioOutlet, peer: str) -> None:
    with pytest.raises(SendFailed) as failed:
        await whatsapp.send(Address(Channel.WHATSAPP, OURS[Channel.WHATSAPP], peer), Part("Halo"))
    assert (failed.value.again, failed.value.reason) == ("never", "no such number")


async def test_number_of_ours_that_twilio_does_not_know(twilio: TwilioStandin) -> None:
    twilio.sms_numbers = {"+628000000999"}
    out = outlet(twilio, Channel.SMS)
    with pytest.raises(SendFailed) as failed:
        await out.send(person(Channel.SMS), Part("Halo"))
    await out.close()
    assert (failed.value.again, failed.value.reason) == ("never", "our number cannot send this")


async def test_empty_words_are_refused(twilio: TwilioStandin, whatsapp: TwilioOutlet) -> None:
    assert (await failure(whatsapp, Part(" "))).reason == "empty"


async def test_outside_the_window_it_fails_after_all(twilio: TwilioStandin, whatsapp: TwilioOutlet) -> None:
    """Twilio takes it, and tells of 63016 only in a status."""
    twilio.close_window(PEER)
    sid = await whatsapp.send(person(), Part("Senin"))
    assert twilio.sent == []
    assert twilio.statuses_of(sid) == ["failed"]
    assert twilio.callbacks[0][1]["ErrorCode"] == "63016"


async def test_layout_by_channel(twilio: TwilioStandin) -> None:
    content = ContentTemplates({})
    outlets = [
        outlet(twilio, address_of=at_ours),
        outlet(twilio, content=content, address_of=at_ours),
        outlet(twilio, Channel.SMS, content=content),
        outlet(twilio),
    ]
    without_files = replace(WHATSAPP_PLAIN, files=None)
    assert [out.layout for out in outlets] == [WHATSAPP_PLAIN, WHATSAPP_RICH, SMS, without_files]


PNG = Enclosure("rekap.png", "image/png", "a1", 6)
BOOK = Enclosure("rekap.xlsx", XLSX, "b2", 4)
FILLED = Filled("HX" + "0" * 32, ("Ani Contoh", "LHP 'Selasa'"), "…")


def at_ours(file: Enclosure) -> str:
    return f"https://lapor.example.org/files/{file.ref}/{file.name}"


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        (Part("Rekap", files=(PNG,)), {"Body": "Rekap", "MediaUrl": [at_ours(PNG)]}),
        (Part("", files=(BOOK,)), {"MediaUrl": [at_ours(BOOK)]}),
        (
            Part("…", template=FILLED),
            {
                "ContentSid": FILLED.sid,
                "ContentVariables": '{"1": "Ani Contoh", "2": "LHP \\u0027Selasa\\u0027"}',
            },
        ),
    ],
)
async def test_what_is_asked_of_twilio(
    twilio: TwilioStandin, part: Part, asked: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parameters as in Twilio's OpenAPI: nothing besides To and From and these."""
    forms: list[tuple[dict[str, str], list[str]]] = []

    def look(form: dict[str, str], media: list[str]) -> int:
        forms.append((form, media))
        return 21211

    monkeypatch.setattr(twilio, "_fault", look)
    out = outlet(twilio, address_of=at_ours)
    await failure(out, part)
    await out.close()
    [(form, media)] = forms
    told = {name: value for name, value in form.items() if name not in ("To", "From")}
    assert told | ({"MediaUrl": media} if media else {}) == asked


@pytest.fixture
def shelf() -> Iterator[tuple[str, dict[str, tuple[str, bytes]]]]:
    """A web server with files on it, as ours would be: (type, content) by path."""
    held: dict[str, tuple[str, bytes]] = {}
    app = FastAPI()

    @app.api_route("/files/{path:path}", methods=["GET", "HEAD"])
    def give(path: str) -> Response:
        if path not in held:
            return Response(status_code=404)
        kind, content = held[path]
        return Response(content, media_type=kind, headers={"Content-Disposition": 'inline; filename="r.png"'})

    with serving(lambda: app) as address:
        yield address, held


async def test_twilio_fetches_the_file(
    twilio: TwilioStandin, shelf: tuple[str, dict[str, tuple[str, bytes]]]
) -> None:
    twilio.media_base, held = shelf
    held["a1/rekap.png"], held["b2/rekap.xlsx"] = ("image/png", b"gambar"), (XLSX, b"buku")
    out = outlet(twilio, address_of=at_ours)
    await out.send(person(), Part("Rekap pekan ini", files=(PNG,)))
    await out.send(person(), Part("", files=(BOOK,)))
    await out.close()
    picture, workbook = twilio.sent
    assert (picture["text"], picture["files"]) == (
        "Rekap pekan ini",
        [Fetched(b"gambar", "image/png", "r.png")],
    )
    assert workbook["files"][0].content == b"buku"


@pytest.mark.parametrize(
    ("held", "code"),
    [
        ({}, "63019"),
        ({"a1/rekap.png": ("application/zip", b"x")}, "12300"),
        ({"a1/rekap.png": ("image/png", bytes(5_000_001))}, "11751"),
    ],
)
async def test_a_file_that_twilio_cannot_take_is_told_of_late(
    twilio: TwilioStandin,
    shelf: tuple[str, dict[str, tuple[str, bytes]]],
    held: dict[str, tuple[str, bytes]],
    code: str,
) -> None:
    twilio.media_base = shelf[0]
    shelf[1].update(held)
    out = outlet(twilio, address_of=at_ours, status_callback=CALLBACK)
    sid = await out.send(person(), Part("Rekap", files=(PNG,)))
    await out.close()
    assert (twilio.sent, twilio.statuses_of(sid)) == ([], ["failed"])
    assert twilio.callbacks[0][1]["ErrorCode"] == code
    assert reason(code) == FILE_REFUSED


async def test_an_address_that_is_none_is_about_the_file(twilio: TwilioStandin) -> None:
    out = outlet(twilio, address_of=lambda file: "rekap.png")
    failed = await failure(out, Part("Rekap", files=(PNG,)))
    await out.close()
    assert (failed.again, failed.of_file) == ("never", True)


async def test_an_approved_template_reaches_whoever_has_not_written(twilio: TwilioStandin) -> None:
    twilio.close_window(PEER)
    sid = twilio.approve("Yth. {{1}}, {{2}} belum kami terima.")
    out = outlet(twilio)
    await out.send(person(), Part("…", template=Filled(sid, ("Ani Contoh", "LHP"), "…")))
    await out.close()
    assert [sent["text"] for sent in twilio.sent] == ["Yth. Ani Contoh, LHP belum kami terima."]


async def test_a_template_that_is_not_approved_does_not(twilio: TwilioStandin) -> None:
    twilio.close_window(PEER)
    sid = twilio.approve("Ada kabar.", status="pending")
    out = outlet(twilio)
    await out.send(person(), Part("…", template=Filled(sid, (), "…")))
    await out.close()
    assert (twilio.sent, [lost["ContentSid"] for lost in twilio.failed]) == ([], [sid])


async def test_a_question_with_buttons_travels_whole(twilio: TwilioStandin) -> None:
    content = await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url)
    out = outlet(twilio, content=content)
    reply = Reply("Sudah lengkap.\nKirim?", (Choice("f7:send", "Kirim"), Choice("f7:later", "Nanti saja")))
    (part,) = fit(reply, out.layout)
    await out.send(person(), part)
    await out.close()
    (sent,) = twilio.sent
    assert (sent["kind"], sent["text"]) == ("buttons", reply.text)
    assert [(shown["id"], shown["title"]) for shown in sent["options"]] == [
        ("f7:send", "Kirim"),
        ("f7:later", "Nanti saja"),
    ]
    form, _ = twilio.tap(sent, "Nanti saja")
    assert form["ButtonPayload"] == "f7:later"


async def test_without_a_template_the_labels_are_words(twilio: TwilioStandin) -> None:
    out = outlet(twilio, content=ContentTemplates({}))
    await out.send(person(), Part("Kirim?", buttons=(Choice("y", "Ya"), Choice("n", "Tidak"))))
    await out.close()
    assert twilio.sent[0]["text"] == "Kirim?\nYa\nTidak"


async def test_many_messages_over_one_session(twilio: TwilioStandin, whatsapp: TwilioOutlet) -> None:
    for number in range(100):
        await whatsapp.send(person(), Part(f"Pesan {number}"))
    assert [sent["text"] for sent in twilio.wait_for(100)] == [f"Pesan {number}" for number in range(100)]
