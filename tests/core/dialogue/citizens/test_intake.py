"""A citizen at the door: the menu, consent, secrecy; nothing is kept without a yes."""

import pytest

from core.dialogue.session import Stage
from core.model.effects import Forgot
from core.model.messages import Attachment, Channel, Contact
from tests.core.dialogue.citizens.citizen import STORY, Citizen

EVERY = [Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS, Channel.WEBCHAT, Channel.TERMINAL]


@pytest.mark.parametrize("channel", EVERY)
@pytest.mark.parametrize("hello", ["halo", "assalamualaikum", "p", "/start", "menu", ""])
def test_a_greeting_is_answered_with_a_short_menu(channel: Channel, hello: str) -> None:
    reply = Citizen(channel).send(hello)
    assert "untuk warga" in reply.text
    assert [choice.label for choice in reply.choices] == [
        "Sampaikan aduan",
        "Cek kabar",
        "Saya petugas",
        "English",
    ]


@pytest.mark.parametrize("channel", EVERY)
def test_a_story_out_of_the_blue_begins_a_tip(channel: Channel) -> None:
    citizen = Citizen(channel)
    reply = citizen.send(STORY)
    assert reply.text.startswith("Terima kasih sudah memberi tahu.")
    assert reply.text.endswith("Setuju kami simpan?")
    assert citizen.session.filling is None


def test_it_becomes_the_beginning_of_the_story_after_consent() -> None:
    citizen = Citizen()
    citizen.send(STORY)
    citizen.send("di depan masjid")
    citizen.send("1")
    reply = citizen.send("1")
    assert citizen.answers == {"uraian": STORY + "\ndi depan masjid"}
    assert citizen.session.spare == ()
    assert reply.text == "Yang tadi Anda tulis sudah dicatat.\nAda lagi? Tulis saja, atau tekan Selesai."


@pytest.mark.parametrize("kind", ["image", "audio", "video", "file"])
def test_evidence_out_of_the_blue_is_kept_for_its_question(kind: str) -> None:
    citizen = Citizen()
    citizen.send(attachments=(Attachment(kind, "r", media="m1"),))  # type: ignore[arg-type]
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    assert citizen.answers == {"bukti": "m1"}


def test_a_pin_out_of_the_blue_is_not_lost() -> None:
    citizen = Citizen()
    citizen.pin(-0.5, 117.1)
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    assert citizen.answers["uraian"] == "📍 -0.50000, 117.10000"


@pytest.mark.parametrize("no", ["3", "tidak", "Tidak jadi", "gak usah pak", "batal", "tidak setuju"])
def test_without_consent_nothing_is_kept(no: str) -> None:
    citizen = Citizen()
    citizen.photo("m1", text=STORY)
    reply = citizen.send("3" if no == "gak usah pak" else no)
    assert reply.text.startswith("Baik, tidak ada yang kami simpan.")
    assert Forgot() in citizen.effects
    assert citizen.session.spare == ()
    assert not citizen.session.begun()


def test_after_a_refusal_one_is_welcome_again() -> None:
    citizen = Citizen()
    citizen.send(STORY)
    citizen.tap("Tidak jadi")
    citizen.bring()
    assert citizen.drawer.case.story == STORY


def test_the_notice_is_explained() -> None:
    citizen = Citizen()
    citizen.send(STORY)
    text = citizen.tap("Jelaskan dulu").text
    assert "30 hari" in text and "5 tahun" in text and "3×24 jam" in text
    citizen.tap("Setuju")
    assert citizen.session.stage is Stage.SECRECY


@pytest.mark.parametrize(("channel", "knows"), [
    (Channel.TELEGRAM, "Telegram sendiri tahu akun Anda"),
    (Channel.WHATSAPP, "WhatsApp sendiri tahu nomor Anda"),
    (Channel.SMS, "operator tahu nomor Anda"),
])  # fmt: skip
def test_what_the_platform_knows_is_said(channel: Channel, knows: str) -> None:
    assert knows in Citizen(channel).send(STORY).text


def test_a_text_message_is_kept_short() -> None:
    assert len(Citizen(Channel.SMS).send(STORY).text) < 200


@pytest.mark.parametrize("can_seal", [True, False])
def test_a_name_is_asked_for_only_where_it_can_be_sealed(can_seal: bool) -> None:
    citizen = Citizen(can_seal=can_seal)
    citizen.send(STORY)
    labels = [choice.label for choice in citizen.tap("Setuju").choices]
    assert ("Bernama" in labels) == can_seal
    assert ("Bernama:" in citizen.reply.text) == can_seal
    assert labels[0] == "Rahasia"


def test_an_old_button_for_a_name_opens_nothing() -> None:
    citizen = Citizen(can_seal=False)
    citizen.send(STORY)
    citizen.tap("Setuju")
    citizen.send(choice="u:bernama")
    assert citizen.session.filling is None
    assert citizen.session.stage is Stage.SECRECY


def test_what_is_written_instead_of_a_choice_is_kept() -> None:
    citizen = Citizen()
    citizen.send(STORY)
    citizen.tap("Setuju")
    assert citizen.send("pelakunya naik mobil putih pak").text.startswith("Pilih dulu")
    citizen.tap("Anonim")
    assert citizen.answers["uraian"].endswith("\npelakunya naik mobil putih pak")
    assert citizen.session.filling is not None
    assert citizen.session.filling.secrecy == "anonim"


@pytest.mark.parametrize("words", ["aman ga lapor disini?", "saya takut pak", "identitas saya rahasia?"])
def test_who_is_afraid_is_answered(words: str) -> None:
    assert Citizen().send(words).text.startswith("Aman:")


def test_an_odd_word_does_not_bring_the_menu_twice() -> None:
    citizen = Citizen()
    citizen.send("halo")
    assert citizen.send("gmn").text.startswith("Itu belum kami mengerti.")


def test_a_supervisor_finds_the_way() -> None:
    citizen = Citizen(Channel.TELEGRAM)
    citizen.send("/start")
    reply = citizen.tap("Saya petugas")
    assert reply.ask == "contact"
    assert "koordinator" in reply.text
    assert "belum ada di daftar" in citizen.send(contact=Contact("+628000000099", own=True)).text


def test_in_the_other_language_consent_is_asked_again() -> None:
    citizen = Citizen()
    citizen.send("halo")
    citizen.tap("English")
    citizen.send("the head of our village gave money to voters last night")
    assert citizen.reply.text.endswith("May we keep it?")
    citizen.send("bahasa indonesia")
    assert citizen.reply.text.endswith("Setuju kami simpan?")
    assert citizen.session.stage is Stage.CONSENT
    citizen.tap("Setuju")
    citizen.send("english")
    assert citizen.session.stage is Stage.SECRECY


def test_an_unfinished_tip_is_gone_on_with_or_left_beside() -> None:
    citizen = Citizen()
    citizen.begin()
    citizen.send("nanti")
    assert "Lanjutkan: Sampaikan aduan" in [choice.label for choice in citizen.send("menu").choices]
    citizen.send("satu lagi, pak rt juga ikut membagikan")
    citizen.tap("Kelanjutan tadi")
    assert citizen.answers["uraian"] == f"{STORY}\nsatu lagi, pak rt juga ikut membagikan"
    citizen.send("nanti")
    citizen.send("ada kejadian lain di pasar, baliho dirusak orang")
    citizen.tap("Aduan baru")
    assert citizen.session.stage is Stage.CONSENT


def test_after_days_a_tip_goes_on_where_it_was() -> None:
    citizen = Citizen()
    citizen.begin()
    asked = citizen.reply.text
    assert asked.splitlines()[0] in citizen.send("assalamualaikum").text
    citizen.send("batal")
    assert citizen.tap("Ya, buang").text.startswith("Isian dibuang")
    assert not citizen.session.begun()


def test_words_of_supervisors_lead_nowhere_odd() -> None:
    citizen = Citizen()
    for word in ("latihan", "web", "kirim", "selesai", "perbaiki P-7K2-M9Q", "lanjut", "ringkasan"):
        assert citizen.send(word).text
    for key in (
        "p:aduan:7",
        "n:P-001-AAA",
        "k:P-001-AAA",
        "w:P-001-AAA",
        "u:agree",
        "u:rahasia",
        "u:do",
        "x",
    ):
        assert citizen.send(choice=key).text
    assert not citizen.session.begun()


@pytest.mark.parametrize("words", ["KT 1234 AB", "bagi2 mie", "K7Q2-M9TD"])
def test_a_number_plate_in_a_tip_is_no_code(words: str) -> None:
    citizen = Citizen()
    citizen.begin()
    assert "Kode" not in citizen.send(words).text
