import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from storage.exports.writers import CsvWriter, XlsxWriter, harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+62 800", "-a", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "-1+1", "\n=1"]
)
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+7", "-0.25", "-1,5", "halo", "2=2", "", "07:20:00.000+08:00", 5, -5.5]
)
def test_what_is_harmless_stays(text: str | float) -> None:
    assert harmless(text) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_text_begins_a_formula(text: str) -> None:
    safe = str(harmless(text))
    assert safe.removeprefix("'") == text.removeprefix("'")
    assert not safe.startswith(("=", "@", "\t", "\r"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(cells=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=4))
def test_what_goes_into_a_csv_comes_out(tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "x.csv"
    with CsvWriter(path) as writer:
        writer.table("x", ["h"])
        writer.row([cell.replace("\0", "") for cell in cells])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == [harmless(cell.replace("\0", "")) for cell in cells]


def test_names_of_sheets_are_made_to_fit(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with XlsxWriter(path) as writer:
        for name in ("a/b:c*?[d]", "laporan" * 9, "LAPORAN" * 9, ""):
            writer.table(name, ["h"])
    with CalamineWorkbook.from_path(str(path)) as workbook:
        names = workbook.sheet_names
    assert names[0] == "a-b-c---d-"
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_long_text_is_cut_where_xlsx_ends(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with XlsxWriter(path) as writer:
        writer.table("x", ["h"])
        writer.row(["x" * 40_000])
    with CalamineWorkbook.from_path(str(path)) as workbook:
        cell = str(workbook.get_sheet_by_index(0).to_python()[1][0])
    assert len(cell) == 32_767
    assert cell.endswith("x […]")


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.exports.writers.ROWS", 3)
    path = tmp_path / "x.xlsx"
    with XlsxWriter(path) as writer:
        writer.table("x", ["h"])
        for n in range(3):
            writer.row([n])
    with CalamineWorkbook.from_path(str(path)) as workbook:
        sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    assert sheets == {"x": [["h"], [0.0], [1.0]], "x (2)": [["h"], [2.0]]}
