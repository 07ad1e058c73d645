"""One week in four renderings: the figures, worked out by hand below, are the same in each of them."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from core.digests.digest import Digest
from core.digests.poster import poster
from core.digests.text import LETTERS, LINES
from core.speech.cutting import size
from scheduler.render.rendered import Rendered, file_name, render
from tests.core.digests.random_digests import digests
from tests.core.digests.weeks import KUKAR

# The twenty kecamatan of Kutai Kartanegara, added up by hand:
#   now:         166 filed + 40 nihil + 31 silent = 237 expected; 206 of 237 = 86.9 % → 87 %
#   last week:   141 filed + 53 nihil + 43 silent = 237 expected; 194 of 237 = 81.9 % → 82 %
#   since then:  166 − 141 = +25, of 141 = 17.7 % → +18 %;  40 − 53 = −13, of 53 = 24.5 % → −25 %
#   cases:       9 + 5 = 14 new, 12 + 8 = 20 open, 1 + 0 = 1 overdue, 2 + 1 = 3 due within three days
BY_HAND = [
    # in the text, in the picture, on the page, in the workbook's summary
    (": 87 %", "87 %", "87 %", "Kepatuhan", 0.87),
    ("Masuk 206 dari 237", "206 dari 237", "masuk 206 dari 237", "Masuk", 206),
    ("dari 237", "206 dari 237", "dari 237", "Ditunggu", 237),
    ("Belum masuk: 31 dari 237", "31", "31 dari 237", "Belum masuk", 31),
    ("Laporan 166 (+18 %)", "166 (+18 %)", "166 +18 %", "Laporan", 166),
    ("nihil 40 (−25 %)", "40 (−25 %)", "40 −25 %", "Nihil", 40),
    ("terlambat 12", "12", "12 Pos kosong", "Terlambat", 12),
    ("pos kosong 4", "4", "Pos kosong: 4", "Pos kosong", 4),
    ("dalam laporan: 6", "6", "Dugaan pelanggaran 6", "Dugaan pelanggaran dalam laporan", 6),
    ("kasus: baru 14", "14", "", "Aduan dan kasus: baru", 14),
    ("terbuka 20", "20", "", "Aduan dan kasus: terbuka", 20),
    ("lewat tenggat 1", "1", "Lewat tenggat 1", "Aduan dan kasus: lewat tenggat", 1),
    ("dalam 3 hari: 3", "3", "3 hari: 3", "Aduan dan kasus: habis tenggat dalam 3 hari", 3),
]
LAST_WEEK = [("Kepatuhan", 0.82), ("Masuk", 194), ("Laporan", 141), ("Nihil", 53), ("Belum masuk", 43)]
SILENT_AREAS = [("Marang Kayu", 9), ("Anggana", 7), ("Tabang", 5), ("Muara Kaman", 4), ("Kenohan", 3)]


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    return render(KUKAR, "id")


@pytest.fixture(scope="module")
def page(rendered: Rendered) -> str:
    return " ".join(PdfReader(BytesIO(rendered.paper)).pages[0].extract_text().split())


@pytest.fixture(scope="module")
def sheets(rendered: Rendered) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_filelike(BytesIO(rendered.sheet)) as book:
        return {name: book.get_sheet_by_name(name).to_python()[4:] for name in book.sheet_names}


def drawn() -> set[str]:
    shown = poster(KUKAR, "id")
    figures = (shown.share, shown.before, *shown.figures, *shown.clocks)
    return {shown.share_of, *(figure.value for figure in figures)}


@pytest.mark.parametrize(("text", "picture", "paper", "label", "figure"), BY_HAND)
def test_every_figure_is_the_same_everywhere(
    rendered: Rendered, page: str, sheets: dict[str, list[list[object]]],
    text: str, picture: str, paper: str, label: str, figure: float,
) -> None:  # fmt: skip
    assert text in rendered.text
    assert picture in drawn()
    assert paper in page
    assert {row[0]: row[1] for row in sheets["Ringkasan"]}[label] == figure


def test_last_week_is_the_same_everywhere(
    rendered: Rendered, page: str, sheets: dict[str, list[list[object]]]
) -> None:
    assert "pekan lalu 82 %" in rendered.text
    assert "82 %" in drawn()
    assert "pekan lalu 82 %" in page
    before = {row[0]: row[2] for row in sheets["Ringkasan"]}
    assert [(label, before[label]) for label, _ in LAST_WEEK] == LAST_WEEK


def test_the_silent_areas_are_the_same_everywhere(
    rendered: Rendered, page: str, sheets: dict[str, list[list[object]]]
) -> None:
    assert "(Marang Kayu 9, Anggana 7, Tabang 5, …)" in rendered.text
    by_area = {row[1]: row for row in sheets["Per wilayah"]}
    tiles = {tile.name: tile for tile in poster(KUKAR, "id").tiles}
    for name, silent in SILENT_AREAS:
        assert by_area[name][5] == silent
        assert tiles[name].detail == f"{silent} belum"
    assert "Marang Kayu 11 2 0 9 18 % 45 %" in page
    assert (
        page.index("Marang Kayu") < page.index("Anggana") < page.index("Tabang") < page.index("Muara Muntai")
    )


def test_the_parts_of_every_sheet_add_up_to_the_whole(sheets: dict[str, list[list[object]]]) -> None:
    def total(sheet: str, column: int) -> float:
        return sum(float(str(row[column])) for row in sheets[sheet])

    assert [total("Per wilayah", column) for column in range(2, 8)] == [237, 166, 40, 31, 12, 4]
    assert [total("Per hari", column) for column in range(1, 5)] == [166, 40, 206, 237]
    assert [total("Laporan per formulir", column) for column in range(1, 7)] == [237, 166, 40, 31, 12, 4]
    assert len(sheets["Belum lapor"]) == total("Belum lapor", 4) == 31
    assert sheets["Per hari"][-1][5:] == [206, 237]


def test_the_decisions_and_topics_are_the_same_everywhere(
    rendered: Rendered, page: str, sheets: dict[str, list[list[object]]]
) -> None:
    assert "K-7K2-M9Q, Marang Kayu – paling lambat Selasa 26 Nov; Netralitas, Anggana" in rendered.text
    assert "K-7K2-M9Q, Marang Kayu Selasa 26 Nov" in page
    assert sheets["Perlu keputusan"] == [
        ["K-7K2-M9Q, Marang Kayu", "64.02.17", date(2024, 11, 26)],
        ["Netralitas, Anggana", "64.02.04", ""],
    ]
    marks = [(topic.label, topic.value) for topic in poster(KUKAR, "id").topics]
    assert marks[:2] == [("Netralitas", "Masalah"), ("Logistik", "Perlu perhatian")]
    assert [tuple(row[:2]) for row in sheets["Topik"]] == marks
    assert all(f"{topic} {mark}" in page for topic, mark in marks)
    assert (
        "Masalah: Netralitas (Anggana)\nPerlu perhatian: Logistik (Tabang, Kenohan), Pelanggaran"
        in rendered.text
    )


def test_the_same_digest_gives_the_same_bytes(rendered: Rendered) -> None:
    assert render(KUKAR, "id") == rendered


def test_english_says_the_same_figures() -> None:
    english = render(KUKAR, "en")
    assert "Missing: 31 of 237 reports (Marang Kayu 9" in english.text
    assert "Reports 166 (+18%), nothing to report 40 (−25%)" in english.text
    assert "206 of 237, last week 82%" in PdfReader(BytesIO(english.paper)).pages[0].extract_text()
    with CalamineWorkbook.from_filelike(BytesIO(english.sheet)) as book:
        assert book.get_sheet_by_name("Summary").to_python()[4][:3] == ["Compliance", 0.87, 0.82]


def test_files_are_named_by_area_and_monday() -> None:
    assert file_name(KUKAR, "xlsx") == "desk-64.02-2024-11-18.xlsx"


@settings(max_examples=25)
@given(digests(), st.sampled_from(["id", "en"]))
def test_no_digest_is_too_odd(digest: Digest, language: str) -> None:
    made = render(digest, language)
    assert 0 < len(made.text.splitlines()) <= LINES
    assert size(made.text) <= LETTERS
    assert Image.open(BytesIO(made.picture)).size == (1080, 1350)
    with CalamineWorkbook.from_filelike(BytesIO(made.sheet)) as book:
        assert len(book.sheet_names) == 10
    assert len(PdfReader(BytesIO(made.paper)).pages) == 1
