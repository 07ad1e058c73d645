"""Form workbooks as files: with the tables beside them, and back as the author wrote them."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.model.areas import Area, Level
from desk.workbook import as_kind, kind_of_source
from lapordesk.workbooks import UnknownKind, bundled, kind_of, read_form_file

FORM = """
| survey |                               |       |        |
|        | type                          | name  | label  |
|        | select_one_from_file {file}   | mana  | Mana?  |
"""
AREAS = [Area("64.72", "Samarinda", Level.REGENCY, "Kota"), Area("64.72.03", "Samarinda Ulu", Level.DISTRICT)]


def write(folder: Path, file: str) -> Path:
    path = folder / "coba.md"
    path.write_text(FORM.format(file=file))
    return path


def test_a_table_beside_the_form_is_read(tmp_path: Path) -> None:
    (tmp_path / "pasar.csv").write_text("name,label\np1,Pasar Pagi\np2,Pasar Segiri\n")
    compiled = read_form_file(write(tmp_path, "pasar.csv"), ()).compile()
    assert compiled.form, compiled.problems
    assert [option.name for options in compiled.form.lists.values() for option in options] == ["p1", "p2"]


def test_the_areas_are_there_without_a_file(tmp_path: Path) -> None:
    compiled = read_form_file(write(tmp_path, "kecamatan.csv"), AREAS).compile()
    assert compiled.form, compiled.problems
    assert [option.name for options in compiled.form.lists.values() for option in options] == ["64.72.03"]


def test_a_broken_table_is_named_where_the_form_uses_it(tmp_path: Path) -> None:
    (tmp_path / "pasar.csv").write_bytes(b"name,label\n\xff\xfe\n")
    (tmp_path / "lain.csv").write_bytes(b"\xff\xfe")
    compiled = read_form_file(write(tmp_path, "pasar.csv"), ()).compile()
    assert compiled.form is None
    assert "pasar.csv" in {problem.sheet for problem in compiled.problems}
    assert "lain.csv" not in {problem.sheet for problem in compiled.problems}


def test_the_name_of_the_file_stands_in_for_a_missing_form_id(tmp_path: Path) -> None:
    compiled = read_form_file(write(tmp_path, "kecamatan.csv"), AREAS).compile()
    assert compiled.form and compiled.form.name == "coba"


@pytest.mark.parametrize("name", ["form.doc", "form", "form.md.zip"])
def test_other_kinds_of_files_are_refused(name: str) -> None:
    with pytest.raises(UnknownKind):
        kind_of(Path(name))


@pytest.mark.parametrize("path", bundled(), ids=lambda path: path.name)
def test_a_bundled_form_becomes_an_excel_file_and_says_the_same(path: Path, tmp_path: Path) -> None:
    source = path.read_bytes()
    assert kind_of_source(source) == "md"
    assert as_kind(source, "md") == source
    made = as_kind(source, "xlsx")
    assert made and kind_of_source(made) == "xlsx"
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(made)
    villages = [Area("64.72.03.1005", "Sidodadi", Level.VILLAGE, "Kelurahan")]
    first = read_form_file(path, [*AREAS, *villages]).compile().form
    second = read_form_file(copy, [*AREAS, *villages]).compile().form
    assert first and second
    assert [question.path for question in first.questions()] == [
        question.path for question in second.questions()
    ]
    assert first.lists == second.lists


def test_a_formula_in_a_form_stays_text() -> None:
    source = b"| survey |\n| | type | name | label | calculation |\n| | calculate | a | =1+1 | =1+1 |\n"
    made = as_kind(source, "xlsx")
    assert made
    sheet = load_workbook(BytesIO(made))["survey"]
    assert {cell.data_type for row in sheet for cell in row if cell.value == "=1+1"} == {"s"}


def test_no_other_change_of_kind_is_promised() -> None:
    assert as_kind(b"| survey |", "xls") is None
