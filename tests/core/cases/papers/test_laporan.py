"""Formulir Laporan says what is known, leaves open what is not, and an identity only when it was opened."""

from dataclasses import replace

import pytest

from core.cases.papers import formulir_laporan
from core.cases.papers.laporan import LONGEST_EVENT, Party, Pelapor, code_of
from core.model.cases import Secrecy
from core.model.records import Answers
from tests.core.cases.papers.samples import CASE, COMPLAINT, IDENTITY, STORY, TIP, exhibit


def test_each_row_is_filled_from_the_case() -> None:
    paper = formulir_laporan(
        CASE, COMPLAINT, None, IDENTITY, office="Bawaslu Kota Samarinda", receiver="Siti"
    )
    assert paper.pelapor == Pelapor(
        nama="Budi Contoh",
        lahir="Samarinda, 3 Januari 1990",
        alamat="Jl. Contoh No. 12",
        telepon="+62 800 0000 012",
    )
    assert paper.terlapor == Party("Tuan Contoh", "Gang Percobaan 3")
    assert paper.peristiwa.peristiwa == "Pembagian uang di rumah ketua RT"
    assert paper.peristiwa.tempat == "Rumah Ketua RT 05, Sidodadi"
    assert paper.peristiwa.kejadian == "Senin, 25 November 2024, sekitar 20.15"
    assert paper.peristiwa.diketahui == "Selasa, 26 November 2024"
    assert paper.uraian == STORY
    assert (paper.di, paper.hari, paper.pukul) == (
        "Bawaslu Kota Samarinda",
        "Rabu, 27 November 2024",
        "08.30 WITA",
    )
    assert paper.penerima == "Siti"
    assert not paper.sealed


def test_witnesses_stand_in_the_order_they_were_named_in() -> None:
    paper = formulir_laporan(CASE, COMPLAINT)
    assert paper.saksi == (
        Party("Wati Contoh", "RT 05 Sidodadi"),
        Party("Joko Contoh", "", "+62 800 0000 014"),
        Party("Umar Contoh"),
    )


def test_evidence_is_what_they_wrote_and_what_they_sent() -> None:
    exhibits = (exhibit(1), exhibit(2, "audio", "audio/ogg", state="failed"))
    assert formulir_laporan(CASE, COMPLAINT, None, None, exhibits).bukti == (
        "2 lembar uang Rp50.000",
        "kartu nama",
        "Foto, 001-foto.jpg",
        "Rekaman suara, 002-suara.ogg (berkasnya tidak tersimpan)",
    )


def test_what_was_told_later_stands_below_with_its_day() -> None:
    """At 00.30 on the next day in Samarinda, still the same day in UTC."""
    assert formulir_laporan(CASE, COMPLAINT).tambahan == (("Kamis, 28 November 2024", "Sesudah isya."),)


def test_without_an_opened_identity_nothing_of_it_is_on_the_paper() -> None:
    paper = formulir_laporan(CASE, COMPLAINT)
    assert paper.pelapor == Pelapor()
    assert paper.sealed


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS, Secrecy.OFFICIAL])
def test_where_there_is_no_identity_none_is_said_to_lie_sealed(secrecy: Secrecy) -> None:
    assert not formulir_laporan(replace(CASE, secrecy=secrecy), COMPLAINT).sealed


def test_a_tip_was_not_reported_anywhere_yet() -> None:
    paper = formulir_laporan(CASE, TIP, office="Bawaslu Kota Samarinda")
    assert (paper.hari, paper.pukul) == ("", "")


def test_when_and_where_an_officer_took_it_down_goes_before_our_own_time() -> None:
    answers = Answers({"diterima_pada": "2024-11-26T10:05:00.000+08:00", "dilaporkan_di": "Kantor Contoh"})
    paper = formulir_laporan(replace(CASE, answers=answers), COMPLAINT, office="Bawaslu Kota Samarinda")
    assert (paper.di, paper.hari, paper.pukul) == (
        "Kantor Contoh",
        "Selasa, 26 November 2024",
        "10.05 WITA",
    )


def test_a_title_that_is_a_story_stays_out_of_the_row_of_the_event() -> None:
    told = replace(CASE, title="a" * (LONGEST_EVENT + 1))
    assert formulir_laporan(told, COMPLAINT).peristiwa.peristiwa == ""


def test_nothing_known_is_a_form_to_fill_by_hand() -> None:
    blank = replace(
        CASE, answers=Answers(), title="", story="", accused="", where="", known_on=None, happened_on=None
    )
    paper = formulir_laporan(replace(blank, notes=()), TIP)
    assert (paper.terlapor, paper.saksi, paper.bukti, paper.uraian) == (Party(), (), (), "")
    assert (paper.peristiwa.kejadian, paper.peristiwa.diketahui) == ("", "")


def test_the_code_of_a_form_is_the_laws_unless_the_procedure_has_another() -> None:
    assert code_of("laporan", COMPLAINT) == "Formulir Model A.1"
    assert code_of("tanda-terima", TIP) == "Formulir Model B.3"
    named = replace(COMPLAINT, papers={"laporan": {"id": "Formulir Contoh 9", "en": "Sample form 9"}})
    assert code_of("laporan", named) == "Formulir Contoh 9"
    assert code_of("laporan", replace(COMPLAINT, law="other")) == ""
