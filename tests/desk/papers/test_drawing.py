"""The papers read back: what should stand on them stands there, and nothing of a sealed identity does."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from core.cases.papers import Supervisor
from core.model.records import Answers, Flag
from desk.papers import Picture, formulir_a, of_complaint, timeline
from tests.core.cases.papers.samples import (
    CASE,
    COMPLAINT,
    DISPUTE,
    IDENTITY,
    LHP,
    TIP,
    VIOLATION,
    activity,
    plan,
    report,
)
from tests.desk.papers.papers import NOW, medium, pages, text
from tests.storage.kaltim import VILLAGE

OFFICE = "Bawaslu Kota Samarinda"


def test_formulir_laporan() -> None:
    evidence = [medium(1), medium(2, "audio", "audio/ogg")]
    pdf = of_complaint(
        "laporan", CASE, COMPLAINT, None, IDENTITY, evidence, NOW, office=OFFICE, receiver="Siti Contoh"
    )
    told = text(pdf)
    for words in (
        "FORMULIR MODEL A.1 FORMULIR LAPORAN",
        "1. Pelapor a. Nama : Budi Contoh",
        "b. Tempat/tanggal lahir : Samarinda, 3 Januari 1990",
        "2. Terlapor a. Nama : Tuan Contoh",
        "d. Hari dan tanggal diketahui : Selasa, 26 November 2024",
        "3. Nama : Umar Contoh",
        "d. Rekaman suara, 002-suara.ogg",
        "Lalu warga dipanggil satu per satu.",
        "Keterangan tambahan, Kamis, 28 November 2024: Sesudah isya.",
        "Dilaporkan di : Bawaslu Kota Samarinda",
        "Penerima Laporan, (Siti Contoh)",
        "(Budi Contoh)",
        "Dicetak dari LaporDesk: K-7K2-M9Q, 28 November 2024, 09.00 WITA",
    ):
        assert words in told
    assert "tersegel" not in told


def test_a_sealed_identity_is_on_no_paper() -> None:
    for paper in ("laporan", "tanda-terima"):
        told = text(of_complaint(paper, CASE, COMPLAINT, None, None, [], NOW))
        assert "Identitas pelapor tersimpan tersegel" in told
        assert "Budi" not in told
        assert "Nama : ....." in told


def test_a_blank_form_has_lines_to_write_on() -> None:
    blank = replace(
        CASE, answers=Answers(), title="", story="", accused="", where="", notes=(), practice=True
    )
    told = text(of_complaint("laporan", blank, TIP, None, None, [], NOW))
    assert "LATIHAN – BUKAN DOKUMEN RESMI" in told
    assert "FORMULIR MODEL B.1" in told
    assert "Pukul : ....." in told


def test_tanda_terima() -> None:
    told = text(
        of_complaint(
            "tanda-terima",
            CASE,
            COMPLAINT,
            None,
            IDENTITY,
            [medium(1), medium(2, state="failed", sha256="")],
            NOW,
        )
    )
    assert "TANDA BUKTI PENYAMPAIAN LAPORAN" in told
    assert "1. Nama : Budi Contoh" in told
    assert f"1 Foto, 001-foto.jpg {'1' * 32} {'1' * 32}" in told
    assert "002-foto.jpg (berkasnya tidak tersimpan) –" in told
    assert "Sidik (SHA-256) seluruh daftar berkas:" in told


def jpeg(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return out.getvalue()


def test_formulir_a_with_all_of_its_parts_and_pictures() -> None:
    filed = report(LHP | activity(2) | activity(3) | VIOLATION | DISPUTE)
    pictures = tuple(Picture(f"00{n}-foto.jpg", jpeg(colour)) for n, colour in ((1, "navy"), (2, "olive")))
    evidence = [medium(1), medium(2)]
    pdf = formulir_a(
        filed, plan(), Supervisor(), evidence, NOW, area=VILLAGE, number="01/LHP/2024", pictures=pictures
    )
    told = text(pdf)
    for words in (
        "FORM. A LAPORAN HASIL PENGAWASAN PEMILIHAN Nomor: 01/LHP/2024",
        "I. Data Pengawas",
        "Kegiatan 3 a. Bentuk : Pengawasan langsung b. Tujuan : Tujuan ke-3",
        "III. Uraian Singkat Hasil Pengawasan Kegiatan dihadiri 60 orang.",
        "8. Jenis dugaan pelanggaran / pasal Pidana pemilihan Pasal 187A",
        "c. Hari/tanggal dikeluarkan : Senin, 23 September 2024",
        "Sidodadi, 27 November 2024 PKD (Rina Contoh)",
        "Lampiran 1. Foto, 001-foto.jpg",
    ):
        assert words in told
    assert sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages) == 2


def test_formulir_a_of_nothing() -> None:
    nihil = report({}, flags=(Flag("", "nihil"),))
    told = text(formulir_a(nihil, plan(), Supervisor("Rina Contoh"), [], NOW, area=VILLAGE, law="pemilu"))
    assert "LAPORAN HASIL PENGAWASAN PEMILU Nomor" in told
    assert told.count("Nihil.") == 4


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_history(language: str) -> None:
    told = text(timeline(CASE, COMPLAINT, NOW, language))
    assert "Jam berapa?" in told
    assert {"id": "RIWAYAT KASUS", "en": "HISTORY OF THE CASE"}[language] in told


def test_every_page_says_which_of_how_many_it_is() -> None:
    told = pages(
        of_complaint(
            "laporan", replace(CASE, story="Kalimat panjang. " * 900), COMPLAINT, None, None, [], NOW
        )
    )
    assert len(told) > 3
    assert all(f"Halaman {n} dari {len(told)}" in page for n, page in enumerate(told, 1))


def test_many_witnesses_and_long_values() -> None:
    values = {f"saksi[{n}]/nama_saksi": f"Saksi {n} Contoh " + "Panjang " * 12 for n in range(1, 41)}
    told = text(
        of_complaint("laporan", replace(CASE, answers=Answers(values)), COMPLAINT, None, None, [], NOW)
    )
    assert all(f"{n}. Nama : Saksi {n} Contoh" in told for n in range(1, 41))
