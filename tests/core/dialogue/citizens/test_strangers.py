"""Somebody we do not know: told kindly what is possible, on each channel."""

import pytest

from core.dialogue.session import Stage
from core.model.messages import Channel, Contact
from tests.core.dialogue.phone import SITI, Phone
from tests.core.dialogue.samples import THREE, form

EVERY = [Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS, Channel.WEBCHAT, Channel.TERMINAL]


def stranger(channel: Channel, demo: bool = False) -> Phone:
    return Phone((form(THREE),), person=None, channel=channel, demo=(SITI,) if demo else ())


@pytest.mark.parametrize("channel", EVERY)
def test_a_stranger_is_welcomed_and_told_how_to_be_known(channel: Channel) -> None:
    phone = stranger(channel)
    text = phone.send("halo").text
    assert text.startswith("Selamat datang di saluran Bawaslu Kalimantan Timur.")
    assert "koordinator" in text
    assert phone.session.stage is Stage.START


def test_on_telegram_the_contact_is_asked_for() -> None:
    assert stranger(Channel.TELEGRAM).send("/start").ask == "contact"


@pytest.mark.parametrize("channel", [Channel.WHATSAPP, Channel.SMS])
def test_by_number_nothing_is_asked_for(channel: Channel) -> None:
    reply = stranger(channel).send("halo")
    assert reply.ask is None
    assert "Nomor ini belum ada di daftar" in reply.text


@pytest.mark.parametrize("channel", [Channel.WEBCHAT, Channel.TERMINAL])
def test_in_the_demo_one_chooses_whom_to_be(channel: Channel) -> None:
    reply = stranger(channel, demo=True).send("halo")
    assert [choice.label for choice in reply.choices] == [
        "Siti Contoh — PTPS 012 Sidodadi, Samarinda Ulu",
        "English",
    ]
    assert reply.choices[0].key == "d:1"


@pytest.mark.parametrize("channel", EVERY)
@pytest.mark.parametrize("code", ["K7Q2-M9TD", "k7q2m9td", "ABCD 1234"])
def test_a_code_that_fits_nobody_is_told(channel: Channel, code: str) -> None:
    assert stranger(channel).send(code).text.startswith("Kode itu tidak cocok")


def test_a_link_that_fits_nobody_is_told() -> None:
    assert stranger(Channel.TELEGRAM).send(start="K7Q2M9TD").text.startswith("Kode itu tidak cocok")


def test_a_contact_that_is_not_ones_own_is_asked_for_again() -> None:
    reply = stranger(Channel.TELEGRAM).send(contact=Contact("+628000000099", own=False))
    assert "nomor Bapak/Ibu sendiri" in reply.text
    assert reply.ask == "contact"


def test_ones_own_contact_that_is_on_no_list() -> None:
    reply = stranger(Channel.TELEGRAM).send(contact=Contact("+628000000099", own=True))
    assert "belum ada di daftar" in reply.text


@pytest.mark.parametrize("channel", EVERY)
def test_in_english(channel: Channel) -> None:
    phone = stranger(channel)
    assert phone.send("english").text.startswith("Welcome")
    assert phone.session.language == "en"
    assert phone.send("halo").text.startswith("Welcome")
    assert phone.send("bahasa indonesia").text.startswith("Selamat datang")


@pytest.mark.parametrize("channel", EVERY)
def test_whatever_a_stranger_sends_is_answered_and_nothing_is_begun(channel: Channel) -> None:
    phone = stranger(channel)
    for key in ("f:uji", "p:uji:7", "a:F0001:0:0", "c:send", "c:web", "l:id", "n:P-001-AAA"):
        assert phone.send(choice=key).text
    phone.photo("a", text="lihat ini")
    phone.pin(-0.5, 117.0)
    phone.send("")
    assert not phone.session.begun()
    assert not phone.reports
