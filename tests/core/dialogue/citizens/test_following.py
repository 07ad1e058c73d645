"""Following a case: by its code, from any telephone, by anybody who holds it."""

from datetime import timedelta

import pytest

from core.cases import lifecycle
from core.dialogue.session import Stage
from core.model.cases import Actor
from core.model.effects import Guessed
from core.model.messages import Attachment, Channel
from core.model.people import Role
from tests.core.dialogue.citizens.citizen import Citizen, tip
from tests.core.dialogue.officers.drawer import procedures
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import THREE, form

OFFICER = Actor("person", 20, ((Role.KABKOTA, "64.02"),))
OTHER = "+628000000088"


def brought(**more: str) -> Citizen:
    """A citizen who has handed in a tip and gone."""
    citizen = Citizen()
    citizen.bring(desa="loa janan ulu", **more)
    citizen.send("selesai")
    return citizen


def asked(citizen: Citizen, question: str = "Jam berapa kejadiannya?") -> None:
    case = citizen.drawer.case
    act = lifecycle.ask(case, procedures()["informasi-awal"], OFFICER, question, citizen.now)
    assert isinstance(act, lifecycle.Acted), act
    citizen.drawer.keep(act.effects, "")


def moved(citizen: Citizen, name: str, reason: str = "Bukti belum cukup") -> None:
    rules, case = citizen.drawer.rules, citizen.drawer.case
    procedure, given = procedures()["informasi-awal"], lifecycle.Given(reason=reason)
    act = lifecycle.move(case, procedure, rules, name, given, OFFICER, citizen.now)
    assert isinstance(act, lifecycle.Acted), act
    citizen.drawer.keep(act.effects, "")


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.SMS, Channel.WEBCHAT])
@pytest.mark.parametrize("how", ["{}", "kode saya {} ya pak", "(dashes)", "(lower)"])
def test_from_any_telephone_by_the_code(channel: Channel, how: str) -> None:
    citizen = brought()
    code = citizen.code
    dashed = "-".join(code[n : n + 4] for n in range(0, 16, 4))
    other = Citizen(channel, citizen.drawer, peer=OTHER)
    reply = other.send({"(dashes)": dashed, "(lower)": dashed.lower()}.get(how, how.format(code)))
    assert reply.text.startswith("Aduan Anda sudah kami terima.")
    assert "Jumat 29 November 2024" in reply.text
    assert Guessed(right=True) in other.effects


def test_status_asks_for_the_code() -> None:
    citizen = brought()
    assert "Kirim kodenya" in citizen.send("status").text
    assert citizen.send(citizen.code).text.startswith("Aduan Anda sudah kami terima.")
    assert citizen.send("status").text.startswith("Aduan Anda sudah kami terima.")


def test_a_wrong_code_and_one_too_many_sound_the_same() -> None:
    citizen = brought()
    citizen.drawer.codes = {"OTHER": "K-001-AAA"}
    texts = {citizen.send("7Q2M-K9TD-4XW1-00GN").text for _ in range(7)}
    assert len(texts) == 1
    assert citizen.drawer.wrong[citizen.peer] == 5


def test_a_mistyped_code_is_no_guess() -> None:
    citizen = brought()
    text = citizen.send(citizen.code[:-1] + ("A" if citizen.code[-1] != "A" else "B")).text
    assert text.startswith("Ada huruf kode yang belum pas.")
    assert not citizen.drawer.wrong


def test_a_question_is_shown_and_answered() -> None:
    citizen = brought()
    asked(citizen)
    other = Citizen(Channel.TELEGRAM, citizen.drawer, peer=OTHER)
    assert "Jam berapa kejadiannya?" in other.send(citizen.code).text
    other.tap("Jawab")
    assert other.send("9").text.startswith("Terima kasih, jawaban Anda sudah sampai")
    other.send(attachments=(Attachment("audio", "r", media="v1"),))
    notes = citizen.drawer.case.notes
    assert (notes[-2].text, notes[-1].media) == ("9", ("v1",))
    assert not citizen.drawer.case.awaits


def test_the_anonymous_one_who_comes_back_with_the_code() -> None:
    citizen = brought(secrecy="Anonim")
    asked(citizen)
    assert citizen.send("halo").text.startswith("Selamat datang")
    citizen.send(citizen.code)
    citizen.send("jam 9 malam")
    assert citizen.drawer.case.notes[-1].text == "jam 9 malam"


def test_a_question_that_was_pushed_is_answered_by_simply_typing() -> None:
    citizen = brought()
    asked(citizen)
    citizen.send("sekitar jam 9 malam")
    assert citizen.drawer.case.notes[-1].text == "sekitar jam 9 malam"
    citizen.send("selesai")
    asked(citizen, "Ada foto?")
    citizen.send(choice="t:jawab")
    citizen.photo("m5")
    assert citizen.drawer.case.notes[-1].media == ("m5",)


def test_a_greeting_is_no_answer() -> None:
    citizen = brought()
    asked(citizen)
    citizen.send("assalamualaikum")
    assert citizen.drawer.case.awaits


def test_more_is_added_unasked() -> None:
    citizen = brought()
    citizen.send(citizen.code)
    citizen.tap("Tambah keterangan")
    citizen.send("pelakunya naik mobil putih")
    citizen.pin(-0.5, 117.1)
    assert [note.text for note in citizen.drawer.case.notes[1:]] == [
        "pelakunya naik mobil putih",
        "📍 -0.50000, 117.10000",
    ]
    citizen.tap("Selesai")
    assert citizen.session.following == ""


def test_withdrawn_after_a_second_question() -> None:
    citizen = brought()
    citizen.send(citizen.code)
    citizen.tap("Lainnya")
    citizen.tap("Cabut aduan")
    citizen.send("tidak")
    assert citizen.drawer.case.state == "diterima"
    citizen.send("cabut")
    assert citizen.tap("Ya").text.startswith("Aduan Anda dicabut.")
    assert citizen.drawer.case.state == "dicabut"
    citizen.send("status")
    citizen.tap("Lainnya")
    assert "Cabut aduan" not in [choice.label for choice in citizen.reply.choices]


def test_a_closing_is_rated_and_contested() -> None:
    citizen = brought()
    moved(citizen, "hentikan")
    citizen.send(citizen.code)
    citizen.tap("Kurang puas")
    assert citizen.reply.text.startswith("Terima kasih sudah jujur.")
    assert citizen.drawer.case.notes[-1].details["score"] == "1"
    citizen.send("status")
    assert "Puas" not in [choice.label for choice in citizen.reply.choices]
    citizen.tap("Saya keberatan")
    if citizen.session.subject.startswith("reason"):
        citizen.send("buktinya ada di pak RT")
    else:
        citizen.tap("Ya")
    assert citizen.reply.text.startswith("Keberatan Anda sudah sampai")
    assert citizen.drawer.case.state == "ditinjau"


@pytest.mark.parametrize("key", ["t:1", "t:2", "t:3"])
def test_one_tap_under_the_news_is_enough(key: str) -> None:
    citizen = brought()
    moved(citizen, "hentikan")
    citizen.send(choice=key)
    assert citizen.drawer.case.notes[-1].details["score"] == key[-1]
    assert "sudah" in citizen.send(choice=key).text


def test_nobody_rates_the_case_of_another() -> None:
    citizen = brought()
    moved(citizen, "hentikan")
    other = Citizen(Channel.WEBCHAT, citizen.drawer, peer=OTHER)
    assert "Kirim kodenya" in other.send(choice="t:1").text
    assert other.send(choice="t:keberatan").text
    assert citizen.drawer.case.notes[-1].kind.value == "moved"


def test_the_way_to_a_formal_complaint() -> None:
    citizen = Citizen()
    citizen.bring(kejadian="kemarin", diketahui="kemarin", desa="loa janan ulu")
    text = citizen.tap("Jadi laporan resmi").text
    for part in ("Kutai Kartanegara", "tangan", "KTP", "08.00", "Selasa 3 Desember 2024"):
        assert part in text
    assert citizen.drawer.case.notes[-1].kind.value == "formal"
    serial = citizen.drawer.case.serial
    assert "Kutai Kartanegara" in citizen.tap("Jadi laporan resmi").text
    assert citizen.drawer.case.serial == serial


def test_erasure_is_asked_for() -> None:
    citizen = brought()
    citizen.send(citizen.code)
    text = citizen.send("hapus data saya").text
    assert "3×24 jam" in text and "masih ditangani" in text
    citizen.tap("Kembali")
    citizen.send("hapus data saya")
    assert citizen.tap("Ya, hapus").text.startswith("Permintaan Anda dicatat")
    assert citizen.drawer.case.notes[-1].kind.value == "erasure"


def test_after_half_an_hour_the_code_is_asked_for_again() -> None:
    citizen = brought()
    citizen.send(citizen.code)
    citizen.now += timedelta(minutes=31)
    assert "kirim dulu kodenya" in citizen.send("pelakunya naik mobil putih").text
    assert citizen.drawer.case.serial == 1
    citizen.send(choice="u:erase_yes")
    assert citizen.drawer.case.serial == 1


@pytest.mark.parametrize("word", ["selesai", "keluar", "sudah"])
def test_enough(word: str) -> None:
    citizen = brought()
    citizen.send(citizen.code)
    assert citizen.send(word).text.startswith("Baik, terima kasih.")
    assert (citizen.session.following, citizen.session.visit) == ("", "")


def test_a_supervisor_who_is_given_a_code_loses_no_report() -> None:
    citizen = brought()
    siti = Phone((form(THREE), tip()), drawer=citizen.drawer)
    siti.send("lapor")
    siti.tap("Uji coba")
    siti.send("12")
    text = siti.send(citizen.code).text
    assert text.startswith("Aduan Anda sudah kami terima.")
    assert "tetap ada" in text
    assert siti.session.stage is Stage.QUESTION
    siti.send("ramai sekali")
    assert siti.answers["catatan"] == "ramai sekali"
    siti.send(citizen.code)
    siti.tap("Buka aduan itu")
    siti.send("pelakunya naik mobil putih")
    assert citizen.drawer.case.notes[-1].text == "pelakunya naik mobil putih"
    siti.send("lanjut")
    assert siti.answers["hadir"] == "12"


def test_sixteen_letters_that_are_an_answer_stay_one() -> None:
    siti = Phone((form(THREE),))
    siti.send("lapor")
    siti.tap("Uji coba")
    siti.send("12")
    siti.send("ST-2024-11-27-0042 ditandatangani ketua, lalu " + "diteruskan " * 5)
    assert siti.answers["catatan"].startswith("ST-2024")


def test_a_code_in_the_middle_of_another_tip() -> None:
    citizen = brought()
    citizen.begin("di pasar ada baliho dirusak orang tadi pagi")
    citizen.send(citizen.code)
    assert "tetap ada" in citizen.reply.text
    citizen.tap("Lanjut")
    assert citizen.session.subject == "kejadian"
