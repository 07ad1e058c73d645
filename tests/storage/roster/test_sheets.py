import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from storage.roster.sheets import RosterUnreadable, read_lines


def workbook(**cells: object) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, value in cells.items():
            sheet.write(place, value)
    return buffer.getvalue()


def repacked(content: bytes, **replaced: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(
                entry.filename,
                replaced.get(entry.filename.rpartition("/")[2].partition(".")[0], old.read(entry)),
            )
    return buffer.getvalue()


def test_cells_are_text_as_the_spreadsheet_shows_them() -> None:
    [line] = read_lines(workbook(B3="Siti", C3=628000000012, D3=64.1, E3=True), "xlsx")
    assert (line.number, line.cells) == (3, ("", "Siti", "628000000012", "64.10", "True"))


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
def test_a_far_away_cell_does_not_fill_the_memory(cell: str) -> None:
    content = workbook(A1="nama", **{cell: "x"})
    if cell == "XFD1" or cell == "A1048576":
        assert read_lines(content, "xlsx")[-1].cells[-1] == "x"
    else:
        with pytest.raises(RosterUnreadable, match="too_large"):
            read_lines(content, "xlsx")


def test_blank_rows_by_the_million_are_nothing() -> None:
    rows = "".join(f'<row r="{n}"/>' for n in range(1, 200_000))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    assert read_lines(repacked(workbook(A1="x"), sheet1=sheet.encode()), "xlsx") == []


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(RosterUnreadable, match="too_large"):
        read_lines(repacked(workbook(A1="x"), sheet1=b" " * (65 * 2**20)), "xlsx")


@given(st.binary(max_size=300))
def test_noise_is_refused_or_read(noise: bytes) -> None:
    for kind in ("xlsx", "csv"):
        try:
            read_lines(noise, kind)  # type: ignore[arg-type]
        except RosterUnreadable as refused:
            assert refused.key.startswith("roster.file.")


def test_a_truncated_workbook_is_refused() -> None:
    content = workbook(A1="nama")
    for length in (10, len(content) // 2, len(content) - 5):
        with pytest.raises(RosterUnreadable):
            read_lines(content[:length], "xlsx")
