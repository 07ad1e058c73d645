"""The text of a digest, whole, as the coordinator reads it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digests.digest import Confirmation, Digest, Tally
from core.digests.text import LETTERS, LINES, WIDEST, digest_text
from core.speech.cutting import size
from tests.core.digests.random_digests import digests
from tests.core.digests.weeks import KUKAR, PROVINCE, QUIET, TERRIBLE, UNKNOWN, WEEKS

MONDAY = """\
Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov
Belum masuk: 31 dari 237 laporan (Marang Kayu 9, Anggana 7, Tabang 5, …)
Yang diam: 31 PKD; paling lama sejak Minggu 17 Nov; sudah ditelepon 1
Masuk 206 dari 237: 87 % (pekan lalu 82 %), terlambat 12, pos kosong 4
Laporan 166 (+18 %), nihil 40 (−25 %)
Perlu keputusan: K-7K2-M9Q, Marang Kayu – paling lambat Selasa 26 Nov; Netralitas, Anggana
Aduan dan kasus: baru 14, terbuka 20, lewat tenggat 1, habis tenggat dalam 3 hari: 3
Masalah: Netralitas (Anggana)
Perlu perhatian: Logistik (Tabang, Kenohan), Pelanggaran (Sebulu)
Logistik kurang: Bilik 12, Surat suara 7
Dugaan pelanggaran dalam laporan: 6
Belum dikirim ke provinsi"""
NOTHING_WRONG = """\
Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov
Belum masuk: tidak ada. Semua 237 laporan sudah masuk.
Masuk 237 dari 237: 100 % (pekan lalu 100 %)
Laporan 170 (+1 %), nihil 67 (−3 %)
Topik aman: 7
Belum dikirim ke provinsi"""
NOTHING_KNOWN = """\
Desk Senin 25 Nov — Mahakam Ulu, 18–24 Nov
Pekan ini tidak ada laporan yang ditunggu.
Belum dikirim ke provinsi"""


@pytest.mark.parametrize(
    ("week", "text"), [(KUKAR, MONDAY), (QUIET, NOTHING_WRONG), (UNKNOWN, NOTHING_KNOWN)]
)
def test_the_whole_text(week: Digest, text: str) -> None:
    assert digest_text(week, "id") == text


def test_a_province_hears_who_has_confirmed_and_who_is_late() -> None:
    lines = digest_text(PROVINCE, "id").splitlines()
    assert "Konfirmasi 7 dari 10; terlambat: Kutai Barat, Kutai Timur, Mahakam Ulu" in lines
    assert lines[1].startswith("Belum masuk: 158 dari 1.038 laporan (Kutai Barat 60, Mahakam Ulu 35")
    assert "Belum dikirim ke provinsi" not in lines


def test_when_all_are_silent_it_says_so() -> None:
    lines = digest_text(TERRIBLE, "id").splitlines()
    assert lines[1].startswith("Belum masuk: semua 237 laporan (Muara Kaman 20, Tabang 19")
    assert "Masuk 0 dari 237: 0 % (pekan lalu 6 %), pos kosong 31" in lines


def test_last_week_is_not_mentioned_when_nothing_was_expected_then() -> None:
    text = digest_text(replace(KUKAR, before=Tally()), "id")
    assert "pekan lalu" not in text
    assert "Laporan 166 (baru), nihil 40 (baru)" in text


def test_catching_up_is_said_last() -> None:
    late = replace(TERRIBLE, is_catching_up=True)
    assert (
        digest_text(late, "id").splitlines()[-1] == "Disusun menyusul; angkanya per Senin 25 Nov, 07.00 WITA."
    )


def test_a_confirmation_is_told_with_its_note() -> None:
    at = datetime(2024, 11, 24, 23, 40, tzinfo=UTC)
    sent = replace(QUIET, confirmation=Confirmation(at, "Contoh Ketua", True, "Jalan\nputus di Tabang"))
    assert digest_text(sent, "id").splitlines()[-2:] == [
        "Dikirim ke provinsi sebagai nihil Senin 25 Nov, 07.40 WITA, oleh Contoh Ketua",
        "Catatan: Jalan putus di Tabang",
    ]


def test_silence_outlives_everything_else_when_there_is_too_much_to_say() -> None:
    long = "Kecamatan dengan nama yang amat sangat panjang sekali"
    topics = tuple(replace(topic, label={"id": long}, mark="masalah") for topic in KUKAR.topics)
    parts = tuple(replace(part, name=f"{long} {part.code}") for part in KUKAR.parts)
    text = digest_text(replace(TERRIBLE, name=long * 3, topics=topics, parts=parts), "id")
    assert text.splitlines()[1].startswith("Belum masuk: semua 237 laporan (Kecamatan dengan")
    assert size(text) <= LETTERS


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", WEEKS)
def test_it_is_one_screen(name: str, language: str) -> None:
    assert_one_screen(digest_text(WEEKS[name], language))


@given(digests(), st.sampled_from(["id", "en"]))
def test_whatever_comes_it_is_one_screen(digest: Digest, language: str) -> None:
    assert_one_screen(digest_text(digest, language))


def assert_one_screen(text: str) -> None:
    lines = text.splitlines()
    assert 2 <= len(lines) <= LINES
    assert size(text) <= LETTERS
    assert all(line.strip() and size(line) <= WIDEST for line in lines)
