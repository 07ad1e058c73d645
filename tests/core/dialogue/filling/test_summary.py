"""The summary: changing by number, filing, throwing away."""

import pytest

from core.dialogue.session import Stage
from core.model.records import Standing
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import SUMS, THREE, WITNESSES, form

LONG = "| | type | name | label | required |\n" + "".join(
    f"| | integer | n{n} | Angka ke-{n}? | yes |\n" for n in range(1, 16)
)


def at_summary(survey: str, *answers: str) -> Phone:
    phone = Phone((form(survey),))
    phone.send(choice="f:uji")
    for text in answers:
        phone.send(text)
    assert phone.session.stage is Stage.SUMMARY
    return phone


def three() -> Phone:
    return at_summary(THREE, "12", "lewati", "ya")


def test_it_lists_every_answer_by_its_number() -> None:
    assert three().reply.text == (
        "Uji coba sudah lengkap. Periksa dulu:\n1 Berapa yang hadir: 12\n2 Apa catatannya: —\n"
        "3 Apakah aman: Ya\nAda yang salah? Kirim nomornya. Kalau benar, pilih Kirim."
    )


@pytest.mark.parametrize(
    "word",
    ["kirim", "/kirim", "Kirim!", "send", "ya", "betul", "ok", "benar", "👍", "iya pak", "sudah benar"],
)
def test_what_files_the_report(word: str) -> None:
    phone = three()
    reply = phone.send(word)
    assert reply.text.startswith("✅ Diterima dan tersimpan, nomor P-005-AAA, 27 Nov 12.00 WITA.")
    assert [report.number for report in phone.reports] == ["P-005-AAA"]
    assert phone.session.filling is None


def test_what_is_filed() -> None:
    phone = three()
    phone.send("kirim")
    (report,) = phone.reports
    assert (report.form, report.version, report.post, report.person) == ("uji", "1", 7, 1)
    assert not report.practice
    assert report.latest.standing is Standing.FILED
    assert report.latest.answers.values == {"hadir": "12", "catatan": "", "aman": "ya"}
    assert report.latest.filed_at == report.latest.sent_at == phone.now


@pytest.mark.parametrize("word", ["tidak", "salah", "ada yang salah", "tdk"])
def test_no_asks_for_the_number(word: str) -> None:
    phone = three()
    reply = phone.send(word)
    assert "nomor" in reply.text
    assert not phone.reports
    assert "Ubah: Berapa yang hadir?" in phone.send("1").text


@pytest.mark.parametrize("number", ["1", "no 1", "nomor 1", "1.", "ubah 1", "perbaiki no. 1"])
def test_an_answer_is_changed_by_its_number(number: str) -> None:
    phone = three()
    reply = phone.send(number)
    assert reply.text.startswith("Ubah: Berapa yang hadir?\nJawaban tadi: 12")
    assert phone.send("13").text.startswith("1 Berapa yang hadir: 13\nAda lagi?")
    assert phone.answers["hadir"] == "13"
    phone.send("kirim")
    assert phone.reports[0].latest.answers.values["hadir"] == "13"


def test_a_number_that_is_not_there_changes_nothing() -> None:
    phone = three()
    assert "belum kami mengerti" in phone.send("9").text
    assert phone.session.stage is Stage.SUMMARY


def test_odd_words_do_not_bring_the_whole_summary_again() -> None:
    phone = three()
    reply = phone.send("wah panas sekali")
    assert "Periksa dulu" not in reply.text
    assert [choice.label for choice in reply.choices] == ["Kirim", "Ringkasan", "Nanti saja"]
    assert not phone.reports


def test_a_labelled_line_changes_one_answer() -> None:
    phone = three()
    phone.send("berapa yang hadir: 15")
    assert phone.answers["hadir"] == "15"


def test_a_changed_answer_of_a_group_is_asked_alone() -> None:
    phone = at_summary(SUMS, "1 2 3", "lewati")
    assert phone.send("2").text.startswith("Ubah: Perempuan")


def test_a_long_report_is_shown_by_pages() -> None:
    phone = at_summary(LONG, *(str(n) for n in range(101, 116)))
    lines = phone.reply.text.split("\n")
    assert lines[0] == "Uji coba sudah lengkap. Periksa dulu (1/2):"
    assert len(lines) == 1 + 12 + 1
    assert [choice.label for choice in phone.reply.choices] == ["Kirim", "Halaman berikut", "Nanti saja"]
    second = phone.tap("Halaman berikut")
    assert second.text.split("\n")[1:4] == [
        "13 Angka ke-13: 113",
        "14 Angka ke-14: 114",
        "15 Angka ke-15: 115",
    ]
    assert "Ubah: Angka ke-14?" in phone.send("14").text


def test_before_the_end_it_shows_what_there_is_and_goes_on() -> None:
    phone = Phone((form(THREE),))
    phone.send(choice="f:uji")
    phone.send("12")
    reply = phone.send("ringkasan")
    assert reply.text.startswith("Uji coba, sejauh ini:\n1 Berapa yang hadir: 12\n")
    assert [choice.label for choice in reply.choices] == ["Lanjut", "Nanti saja"]
    for word in ("ya", "lanjut"):
        assert "Apa catatannya?" in phone.send(word).text
        phone.send("ringkasan")


def test_what_is_not_whole_is_not_filed() -> None:
    phone = Phone((form(THREE),))
    phone.send(choice="f:uji")
    phone.send("12")
    assert phone.send("kirim").text.startswith("Belum bisa dikirim, masih ada yang belum dijawab.\n2/3 · ")
    assert not phone.reports


def test_an_old_send_button_files_nothing_twice() -> None:
    phone = three()
    phone.send("kirim")
    phone.send(choice="c:send")
    assert len(phone.reports) == 1


def test_one_more_turn_can_be_added_from_the_summary() -> None:
    phone = at_summary(WITNESSES, "Budi Contoh", "lewati", "cukup", "lewati")
    phone.tap("Tambah: Saksi")
    phone.send("Ani Contoh")
    phone.send("lewati")
    assert phone.session.stage is Stage.SUMMARY
    phone.send("kirim")
    assert phone.reports[0].latest.answers.values["saksi[2]/nama"] == "Ani Contoh"


def test_throwing_away_is_asked_about_first() -> None:
    phone = three()
    assert phone.send("batal").text.startswith("Buang isian ini?")
    assert phone.send("mungkin").text.startswith("Buang isian ini?")
    assert "Periksa dulu" in phone.send("tidak").text
    phone.send("batal")
    assert phone.send("ya").text.startswith("Isian dibuang.")
    assert not phone.session.begun()


def test_an_old_throw_away_button_throws_nothing_away() -> None:
    phone = three()
    phone.send("batal")
    drop = phone.session.offered[0]
    phone.tap("Lanjut")
    phone.send(choice=drop.key)
    assert len(phone.session.begun()) == 1


def test_nothing_begun_nothing_to_throw_away_to_send_or_to_sum_up() -> None:
    for word in ("batal", "kirim", "ringkasan"):
        phone = Phone((form(THREE),))
        phone.send("halo")
        assert phone.send(word).choices
        assert not phone.reports
