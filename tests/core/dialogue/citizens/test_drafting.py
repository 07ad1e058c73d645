"""The form of a citizen: a story over many messages, evidence at any time, what is missing told kindly."""

import pytest

from core.dialogue.session import Stage
from core.model.messages import Attachment, Channel
from tests.core.dialogue.citizens.citizen import Citizen


def test_a_long_story_is_kept_whole() -> None:
    citizen = Citizen()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    told = [f"Bagian {n}: " + "kata " * 150 for n in range(30)]
    for part in told:
        assert citizen.send(part).text == "Dicatat.\nAda lagi? Tulis saja, atau tekan Selesai."
    citizen.send("selesai")
    assert citizen.answers["uraian"] == "\n".join(part.strip() for part in told)


def test_a_story_of_labels_and_colons_is_a_story() -> None:
    citizen = Citizen()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    text = "Ini soal apa: politik uang\nSiapa yang melakukannya: pak Contoh\nAda orang lain yang melihat: ya"
    citizen.send(text)
    assert citizen.answers == {"uraian": text}


def test_evidence_in_between_goes_to_its_question() -> None:
    citizen = Citizen()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    citizen.photo("m1", text="ini fotonya tadi malam")
    citizen.send(attachments=(Attachment("audio", "r", media="m2"),))
    assert citizen.answers == {"uraian": "ini fotonya tadi malam", "bukti": "m1 m2"}
    assert citizen.reply.text.endswith("Ada lagi? Tulis saja, atau tekan Selesai.")


def test_evidence_that_came_before_is_in_the_case_though_its_question_is_skipped() -> None:
    citizen = Citizen()
    citizen.send(attachments=(Attachment("audio", "r", media="m1"),))
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    citizen.send("lurah menyuruh warga memilih 02")
    citizen.tap("Selesai")
    while citizen.session.stage is Stage.QUESTION:
        citizen.send("lewati")
    citizen.tap("Kirim")
    assert citizen.drawer.case.notes[0].media == ("m1",)


def test_a_story_can_be_added_to_or_written_anew() -> None:
    citizen = Citizen()
    citizen.begin("pak lurah membagikan beras kepada warga")
    while citizen.session.stage is Stage.QUESTION:
        citizen.send("lewati")
    assert "Jawaban tadi: pak lurah" in citizen.send("1").text
    citizen.send("dan minyak")
    citizen.tap("Selesai")
    assert citizen.answers["uraian"] == "pak lurah membagikan beras kepada warga\ndan minyak"
    citizen.send("1")
    citizen.tap("Tulis ulang")
    citizen.send("pak camat, bukan lurah")
    citizen.tap("Selesai")
    assert citizen.answers["uraian"] == "pak camat, bukan lurah"
    assert citizen.session.stage is Stage.SUMMARY


def test_the_story_must_be_told_and_that_is_said_kindly() -> None:
    citizen = Citizen()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    assert citizen.send("lewati").text.startswith("Ceritanya yang paling kami perlukan.")
    assert citizen.send("selesai").text.startswith("Ceritanya yang paling kami perlukan.")


def test_what_is_missing_is_told_once_while_they_write_and_in_the_summary() -> None:
    citizen = Citizen()
    citizen.begin()
    assert "membantu petugas menghitung" in citizen.send("lewati").text
    citizen.send("kembali")
    assert "membantu petugas menghitung" not in citizen.send("lewati").text
    while citizen.session.stage is Stage.QUESTION:
        citizen.send("lewati")
    assert "Belum ada: 2 Kapan kejadiannya; 3 Di desa" in citizen.reply.text
    assert "Boleh menyusul." in citizen.reply.text
    citizen.send("2")
    citizen.send("kemarin")
    assert "Kapan kejadiannya" not in citizen.send("ringkasan").text.partition("Belum ada")[2]


@pytest.mark.parametrize("words", ["tidak tau", "kurang tau pak", "lupa", "ndak tahu persis", "entah", "-"])
def test_who_does_not_know_goes_on(words: str) -> None:
    citizen = Citizen()
    citizen.begin()
    citizen.send(words)
    assert citizen.session.subject == "desa"
    citizen.send(words if words != "-" else "tidak tahu")
    assert citizen.session.subject == "tempat"
    assert citizen.answers["kejadian"] == "" == citizen.answers["desa"]


def test_no_evidence_is_no_trouble() -> None:
    citizen = Citizen()
    citizen.begin()
    while citizen.session.subject != "bukti":
        citizen.send("lewati")
    assert citizen.send("tidak ada pak").text.startswith("Tidak apa-apa. Bukti")


def test_a_pin_instead_of_a_village() -> None:
    citizen = Citizen()
    citizen.begin()
    citizen.send("lewati")
    assert citizen.pin(-0.5, 117.1).text.startswith("Dicatat: 📍 -0.50000, 117.10000.")
    assert citizen.answers["tempat"] == "📍 -0.50000, 117.10000"
    assert citizen.session.subject == "terlapor"


def test_by_text_message_the_way_for_pictures_is_told() -> None:
    citizen = Citizen(Channel.SMS)
    citizen.begin()
    while citizen.session.subject != "bukti":
        citizen.send("lewati")
    assert "Lewat SMS foto tidak bisa dikirim" in citizen.reply.text


def test_when_it_became_known_is_asked_only_where_it_may_differ() -> None:
    citizen = Citizen()
    citizen.begin()
    citizen.send("hari ini")
    assert citizen.session.subject == "desa"
    citizen.send("kembali")
    citizen.send("24 nov")
    assert citizen.session.subject == "diketahui"
    citizen.tap("Pakai:")
    assert citizen.answers["diketahui"] == "2024-11-27"


def test_witnesses_one_after_the_other() -> None:
    citizen = Citizen()
    citizen.begin()
    while citizen.session.subject != "ada_saksi":
        citizen.send("lewati")
    citizen.send("ya")
    citizen.send("bu Contoh")
    citizen.send("lewati")
    citizen.tap("Tambah")
    citizen.send("pak Contoh")
    citizen.send("RT 05")
    citizen.tap("Cukup")
    names = {place: value for place, value in citizen.answers.items() if "nama_saksi" in place}
    assert names == {"saksi[1]/nama_saksi": "bu Contoh", "saksi[2]/nama_saksi": "pak Contoh"}


@pytest.mark.parametrize(("secrecy", "asked"), [("Rahasia", False), ("Bernama", True), ("Anonim", False)])
def test_who_they_are_is_asked_of_the_named_alone(secrecy: str, asked: bool) -> None:
    citizen = Citizen(can_seal=True)
    citizen.begin(secrecy=secrecy)
    seen = set()
    while citizen.session.stage is Stage.QUESTION:
        seen.add(citizen.session.subject)
        citizen.send("lewati")
    assert ("pelapor/nama" in seen) == asked
