"""The workbook, opened with another library than the one that wrote it."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.render.sheet import make_sheet
from tests.core.digests.weeks import KUKAR, PROVINCE, UNKNOWN, WEEKS

SHEETS = [
    *("Ringkasan", "Per wilayah", "Per hari", "Laporan per formulir", "Aduan & kasus", "Perlu keputusan"),
    *("Belum lapor", "Logistik", "Topik", "Definisi"),
]
EVIL = [
    "=1+1",
    "+62 800",
    "-2+3",
    "@SUM(A1)",
    "=HYPERLINK(1)",
    "{=1}",
    "https://contoh.invalid",
    "0123",
    "\t=1",
]


def opened(made: bytes) -> Workbook:
    return load_workbook(BytesIO(made))


@pytest.mark.parametrize("name", WEEKS)
def test_every_sheet_is_there_and_ready_for_paper(name: str) -> None:
    book = opened(make_sheet(WEEKS[name], "id"))
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("B5", True)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        # As wide as one page, as long as it is; openpyxl shows the usual width of one page as None.
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in [(None, 0), (1, 0)]
        assert sheet.print_title_rows == "$4:$4"


def test_the_summary_has_a_chart_of_days_and_one_of_areas() -> None:
    with ZipFile(BytesIO(make_sheet(KUKAR, "id"))) as file:
        charts = [file.read(name).decode() for name in file.namelist() if "charts/chart" in name]
    assert len(charts) == 2
    assert "'Per hari'!$F$5:$F$11" in charts[0]
    assert "'Per wilayah'!$I$5:$I$24" in charts[1]


def test_a_week_without_areas_and_days_has_no_charts_and_says_so() -> None:
    made = make_sheet(UNKNOWN, "id")
    assert not [name for name in ZipFile(BytesIO(made)).namelist() if "charts/" in name]
    assert opened(made)["Per wilayah"]["A5"].value == "Tidak ada."


@pytest.mark.parametrize("evil", EVIL)
def test_no_name_becomes_a_formula_a_number_or_a_link(evil: str) -> None:
    part = replace(KUKAR.parts[0], name=evil)
    post = replace(KUKAR.silences[0], holder=evil, place=(evil,))
    topic = replace(KUKAR.topics[0], note=evil, troubled=(evil,))
    book = opened(
        make_sheet(replace(KUKAR, name=evil, parts=(part,), silences=(post,), topics=(topic,)), "id")
    )
    for sheet, cell in (("Per wilayah", "B5"), ("Belum lapor", "B5"), ("Belum lapor", "D5"), ("Topik", "C5")):
        found = book[sheet][cell]
        assert (found.value, found.data_type, found.hyperlink) == (evil.strip(), "s", None)
    with ZipFile(BytesIO(make_sheet(replace(KUKAR, name=evil), "id"))) as file:
        assert not any(b"<f>" in file.read(name) for name in file.namelist() if "worksheets/sheet" in name)


def test_a_name_changes_nothing_of_the_footer() -> None:
    with ZipFile(BytesIO(make_sheet(replace(KUKAR, name="12&R&D"), "id"))) as file:
        sheet = unescape(file.read("xl/worksheets/sheet1.xml").decode())
    assert "<oddFooter>&L 12&&R&&D&RHalaman &P dari &N</oddFooter>" in sheet


def test_numbers_days_and_moments_are_what_they_are() -> None:
    book = opened(make_sheet(KUKAR, "id"))
    shares = book["Per wilayah"]["I8"]
    assert (shares.value, shares.number_format) == (0.13, "0%")
    assert book["Per hari"]["A5"].value == datetime(2024, 11, 18)
    assert book["Belum lapor"]["F5"].value == datetime(2024, 11, 17, 18, 0), "on the area's clocks"
    assert book["Ringkasan"]["B6"].number_format == "#,##0"


def test_who_confirmed_when_stands_beside_the_area() -> None:
    sheet = opened(make_sheet(PROVINCE, "id"))["Per wilayah"]
    confirmed = {row[1]: row[11:13] for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert confirmed["Paser"] == (datetime(2024, 11, 24, 21, 0), "Contoh Koordinator")
    assert confirmed["Mahakam Ulu"] == (None, None)


def test_the_file_says_the_moment_of_its_timetable() -> None:
    assert opened(make_sheet(KUKAR, "id")).properties.created == datetime(2024, 11, 25, 7, 0)
