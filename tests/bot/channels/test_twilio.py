"""The way out through Twilio, against the stand-in: what is asked of Twilio, and what becomes of trouble."""

import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import ClientTimeout

from bot.channels import twilio_client
from bot.channels.base import SendFailed
from bot.channels.content import ContentTemplates, ensure_templates
from bot.channels.twilio import TwilioOutlet
from core.model.messages import Address, Channel, Choice, Reply
from core.speech.layout import SMS, WHATSAPP_PLAIN, WHATSAPP_RICH, Part, fit
from tests.standins.twilio import TwilioStandin

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
        outlet(twilio),
        outlet(twilio, content=content),
        outlet(twilio, Channel.SMS, content=content),
    ]
    assert [out.layout for out in outlets] == [WHATSAPP_PLAIN, WHATSAPP_RICH, SMS]


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
