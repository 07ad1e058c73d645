"""Reports that were filed: seen again, corrected, withdrawn, each with a reason."""

from dataclasses import replace

import pytest

from core.dialogue.session import Stage
from core.forms.form import Form
from core.model.effects import Revised
from core.model.records import Flag, Standing
from tests.core.dialogue.phone import SITI, Phone
from tests.core.dialogue.samples import SUMS, THREE, WITNESSES, form

NUMBER = "P-005-AAA"


def filed(made: Form | None = None) -> Phone:
    phone = Phone((made or form(THREE),))
    phone.send(choice="f:uji")
    for text in ("12", "lewati", "ya", "kirim"):
        phone.send(text)
    assert [report.number for report in phone.reports] == [NUMBER]
    return phone


@pytest.mark.parametrize("word", ["laporan saya", "status", "riwayat", "my reports", "/status"])
def test_my_reports_lists_them_newest_first(word: str) -> None:
    phone = filed()
    phone.send(choice="f:uji")
    for text in ("3", "lewati", "ya", "kirim"):
        phone.send(text)
    reply = phone.send(word)
    labels = [choice.label for choice in reply.choices]
    assert labels[0].startswith("P-010-AAA Uji coba, 27 Nov 12.01 WITA, diterima")
    assert labels[1].startswith(f"{NUMBER} Uji coba")
    assert labels[2] == "Menu"


def test_without_reports_it_says_so() -> None:
    assert "Belum ada laporan" in Phone((form(THREE),)).send("laporan saya").text


def test_one_report_is_shown_with_its_answers_and_what_can_be_done() -> None:
    phone = filed()
    phone.send("laporan saya")
    reply = phone.send("1")
    assert reply.text.startswith(f"{NUMBER} Uji coba, 27 Nov 12.00 WITA, diterima\n1 Berapa yang hadir: 12\n")
    assert [choice.label for choice in reply.choices] == ["Perbaiki", "Tarik", "Menu"]


@pytest.mark.parametrize("text", ["P-005-AAA", "p 005 aaa", "p005aaa", "nomor P-OO5-AAA"])
def test_a_report_is_found_by_its_number_however_it_is_typed(text: str) -> None:
    assert phone_text(filed(), text).startswith(NUMBER)


def phone_text(phone: Phone, text: str) -> str:
    return phone.send(text).text


@pytest.mark.parametrize("text", [f"perbaiki {NUMBER}", f"ralat {NUMBER}", f"Koreksi laporan {NUMBER}"])
def test_a_correction_is_a_revision_with_a_reason(text: str) -> None:
    phone = filed()
    assert phone.send(text).text.startswith(f"Memperbaiki {NUMBER}.")
    phone.send("1")
    phone.send("13")
    assert "kenapa" in phone.send("kirim").text
    assert phone.session.stage is Stage.REASON
    assert phone.send("salah ketik").text.startswith(f"✅ Perbaikan {NUMBER} diterima")
    (report,) = phone.reports
    assert [revision.standing for revision in report.revisions] == [Standing.FILED, Standing.CORRECTED]
    assert [revision.serial for revision in report.revisions] == [1, 2]
    assert report.revisions[0].answers.values["hadir"] == "12"
    assert report.latest.answers.values["hadir"] == "13"
    assert report.latest.reason == "salah ketik"
    assert not phone.session.begun()


def test_a_report_may_be_corrected_twice_and_then_withdrawn() -> None:
    phone = filed()
    for number, reason in (("13", "salah ketik"), ("14", "salah lagi")):
        for text in (f"perbaiki {NUMBER}", "1", number, "kirim", reason):
            phone.send(text)
    assert "kenapa" in phone.send(f"tarik {NUMBER}").text.lower()
    assert phone.send("terkirim dua kali").text.startswith(f"{NUMBER} ditarik")
    revisions = phone.reports[0].revisions
    assert [revision.serial for revision in revisions] == [1, 2, 3, 4]
    assert [revision.reason for revision in revisions] == [
        "",
        "salah ketik",
        "salah lagi",
        "terkirim dua kali",
    ]
    assert revisions[3].standing is Standing.WITHDRAWN
    assert revisions[3].answers.values["hadir"] == "14"


def test_what_was_withdrawn_is_shown_and_cannot_be_corrected_or_withdrawn_again() -> None:
    phone = filed()
    for text in (f"tarik {NUMBER}", "terkirim dua kali"):
        phone.send(text)
    for text in (f"perbaiki {NUMBER}", f"tarik {NUMBER}", NUMBER):
        reply = phone.send(text)
        assert "ditarik" in reply.text
        assert "Alasan: terkirim dua kali" in reply.text
        assert [choice.label for choice in reply.choices] == ["Menu"]
    for key in (f"k:{NUMBER}", f"w:{NUMBER}"):
        phone.send(choice=key)
    assert len(phone.reports[0].revisions) == 2


def test_a_correction_begun_before_the_withdrawal_is_gone_with_it() -> None:
    phone = filed()
    for text in (f"perbaiki {NUMBER}", "menu", f"tarik {NUMBER}", "terkirim dua kali"):
        phone.send(text)
    assert not phone.session.begun()


@pytest.mark.parametrize("text", ["", "x", "!", "📷"])
def test_a_reason_needs_words(text: str) -> None:
    phone = filed()
    phone.send(f"tarik {NUMBER}")
    assert "beberapa kata" in phone.send(text).text
    assert phone.session.stage is Stage.REASON
    phone.send("terkirim dua kali")
    assert phone.reports[0].latest.standing is Standing.WITHDRAWN


@pytest.mark.parametrize(
    "text", ["salah kirim", "perbaiki angka", "ralat: jumlahnya lain", "laporan saya salah", "ya betul"]
)
def test_any_words_are_a_reason_also_those_that_steer_elsewhere(text: str) -> None:
    phone = filed()
    phone.send(f"tarik {NUMBER}")
    phone.send(text)
    assert phone.reports[0].latest.reason == text


@pytest.mark.parametrize("text", ["menu", "batal", "bantuan", "kembali"])
def test_there_is_a_way_out_of_giving_a_reason(text: str) -> None:
    phone = filed()
    phone.send(f"tarik {NUMBER}")
    phone.send(text)
    assert phone.reports[0].latest.standing is Standing.FILED
    assert phone.session.stage is not Stage.REASON


def test_a_reason_is_kept_clean_and_not_endless() -> None:
    phone = filed()
    phone.send(f"tarik {NUMBER}")
    phone.send("salah\x00 kirim \ud83d" + "a" * 5_000)
    assert phone.reports[0].latest.reason.startswith("salah kirim a")
    assert len(phone.reports[0].latest.reason) <= 1_000


def test_a_report_is_shown_as_it_was_filed_whatever_is_being_corrected() -> None:
    phone = filed()
    for text in (f"perbaiki {NUMBER}", "1", "13", "menu"):
        phone.send(text)
    assert "1 Berapa yang hadir: 12" in phone.send(NUMBER).text


def test_a_repeat_that_becomes_relevant_by_a_correction_is_asked_for() -> None:
    survey = """
| | type | name | label | required | relevant |
| | select_one ya_tidak | ada | Ada saksi? | yes | |
| | begin_repeat | saksi | Saksi | | ${ada} = 'ya' |
| | text | nama | Nama saksi? | yes | |
| | end_repeat | | | | |
"""
    phone = Phone((form(survey),))
    phone.send(choice="f:uji")
    for text in ("tidak", "kirim", "laporan saya", "1", "perbaiki", "1", "ya"):
        phone.send(text)
    assert "Nama saksi?" in phone.reply.text
    assert "Tambah lagi?" in phone.send("Budi Contoh").text


def test_dropping_a_correction_leaves_the_report_as_it_is() -> None:
    phone = filed()
    for text in (f"perbaiki {NUMBER}", "1", "13", "batal", "ya"):
        phone.send(text)
    assert "Perbaikan dibatalkan" in phone.reply.text
    assert len(phone.reports[0].revisions) == 1
    assert not phone.session.begun()


def test_a_correction_can_wait_and_is_offered_in_the_menu() -> None:
    phone = filed()
    phone.send(f"perbaiki {NUMBER}")
    phone.send("1")
    phone.send("13")
    phone.send("nanti")
    assert f"Lanjutkan perbaikan {NUMBER}" in [choice.label for choice in phone.reply.choices]
    phone.tap("Lanjutkan perbaikan")
    assert phone.answers["hadir"] == "13"


def test_correcting_again_goes_on_with_the_correction_that_was_begun() -> None:
    phone = filed()
    for text in (f"perbaiki {NUMBER}", "1", "13", "menu", f"perbaiki {NUMBER}"):
        phone.send(text)
    assert phone.answers["hadir"] == "13"
    assert len(phone.session.begun()) == 1


def test_somebody_elses_report_is_as_unknown_as_one_that_is_not_there() -> None:
    phone = filed()
    phone.reports[0] = replace(phone.reports[0], person=2)
    theirs = [phone.send(text.format(NUMBER)).text for text in ("{}", "perbaiki {}", "tarik {}")]
    theirs.append(phone.send(choice=f"n:{NUMBER}").text)
    nobodys = [phone.send(text.format("P-999-ZZZ")).text for text in ("{}", "perbaiki {}", "tarik {}")]
    nobodys.append(phone.send(choice="n:P-999-ZZZ").text)
    assert [text.replace(NUMBER, "P-999-ZZZ") for text in theirs] == nobodys
    assert len(phone.reports[0].revisions) == 1


def test_perbaiki_without_a_number_asks_which() -> None:
    phone = filed()
    assert phone.send("perbaiki").text == "Laporan mana yang diperbaiki?"
    assert phone.send("1").text.startswith(f"Memperbaiki {NUMBER}.")


def test_tarik_without_a_number_asks_which() -> None:
    phone = filed()
    assert phone.send("tarik").text == "Laporan mana yang ditarik?"
    phone.send("1")
    assert phone.session.stage is Stage.REASON


def test_perbaiki_within_a_filling_is_about_its_answers() -> None:
    phone = filed()
    phone.send(choice="f:uji")
    phone.send("12")
    phone.send("lewati")
    assert "Kirim nomornya" in phone.send("ralat").text
    assert "Ubah: Berapa yang hadir?" in phone.send("1").text


def test_flags_that_still_hold_stay_with_a_correction() -> None:
    phone = Phone((form(SUMS),))
    phone.send(choice="f:uji")
    for text in ("1 2 4", "ya", "lewati", "kirim", "laporan saya", "1", "perbaiki"):
        phone.send(text)
    assert phone.session.stage is Stage.SUMMARY
    for text in ("4", "hujan", "kirim", "lupa catatan"):
        phone.send(text)
    assert phone.reports[0].latest.flags == (Flag("dpt/j", "Jumlah 4 bukan 1 + 2."),)


def test_a_witness_can_be_added_by_a_correction() -> None:
    phone = Phone((form(WITNESSES),))
    phone.send(choice="f:uji")
    for text in ("Budi Contoh", "lewati", "cukup", "lewati", "kirim", "laporan saya", "1", "perbaiki"):
        phone.send(text)
    assert phone.session.stage is Stage.SUMMARY
    phone.tap("Tambah: Saksi")
    for text in ("Ani Contoh", "lewati", "kirim", "saksi kurang satu"):
        phone.send(text)
    latest = phone.reports[0].latest.answers
    assert latest.counts == {"saksi": 2}
    assert latest.values["saksi[2]/nama"] == "Ani Contoh"


def test_the_report_is_revised_by_its_own_number() -> None:
    phone = filed()
    for text in (f"tarik {NUMBER}", "terkirim dua kali"):
        phone.send(text)
    (revised,) = (effect for effect in phone.effects if isinstance(effect, Revised))
    assert revised.number == NUMBER
    assert revised.revision.person == SITI.id
