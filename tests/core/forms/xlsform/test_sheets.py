"""The same workbook from each kind of file; its row numbers; files that are not what they seem."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms.problems import Problem
from core.forms.xlsform import compile_form, options_from_csv
from core.forms.xlsform.sheets import LARGEST_FILE, Workbook, read_workbook

ROWS: dict[str, list[list[object]]] = {
    "survey": [
        ["type", "name", "label"],
        ["text", "nama", "Nama?"],
        [],
        ["integer", "umur", "Umur?"],
        [],
        [],
        ["integr", "salah", "Salah?"],
    ],
    "lapordesk": [["key", "value"], ["menu", 7], ["nihil", True]],
}


def excel(rows: dict[str, list[list[object]]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for name, table in rows.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, row)
    return written.getvalue()


def markdown() -> bytes:
    lines = []
    for name, table in ROWS.items():
        lines += [f"| {name} |", *("| | " + " | ".join(map(str, row)) + " |" for row in table)]
    return "\n".join(lines).encode()


def comma_separated() -> bytes:
    lines = []
    for name, table in ROWS.items():
        lines += [name, *("," + ",".join(map(str, row)) for row in table)]
    return "\n".join(lines).encode()


def old_excel(rows: list[list[object]]) -> bytes:
    """A worksheet of Excel 2: the only .xls that is short enough to be written by hand."""

    def record(code: int, body: bytes) -> bytes:
        return struct.pack("<HH", code, len(body)) + body

    def label(row: int, column: int, words: bytes) -> bytes:
        return record(0x0004, struct.pack("<HH3sB", row, column, b"\0\0\0", len(words)) + words)

    cells = [
        label(row, column, str(cell).encode())
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
    ]
    return record(0x0009, struct.pack("<HH", 2, 0x10)) + b"".join(cells) + record(0x000A, b"")


SOURCES = {
    "md": markdown(),
    "csv": comma_separated(),
    "xlsx": excel(ROWS),
    "xls": old_excel(ROWS["survey"]),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_rows_keep_their_numbers_across_empty_ones(kind: str) -> None:
    book = read(SOURCES[kind], kind)
    assert [(number, row["name"]) for number, row in book["survey"].numbered()] == [
        (2, "nama"),
        (4, "umur"),
        (7, "salah"),
    ]


@pytest.mark.parametrize("kind", SOURCES)
def test_a_problem_names_the_row_that_the_author_sees(kind: str) -> None:
    (problem,) = compile_form(SOURCES[kind], kind, name="uji").errors
    assert (problem.sheet, problem.row, problem.column) == ("survey", 7, "type")


@pytest.mark.parametrize("kind", ["md", "csv", "xlsx"])
def test_our_own_sheet_is_read_too(kind: str) -> None:
    book = read(SOURCES[kind], kind)
    assert [row["value"].lower() for row in book["lapordesk"].rows] == ["7", "true"]


def test_a_bar_a_comment_and_a_rule_in_markdown() -> None:
    source = b"# remark\n| survey | # behind\n| | type | name |\n| | --- | --- |\n| | text | a\\|b |"
    assert read(source, "md")["survey"].rows == ({"type": "text", "name": "a|b"},)


def test_the_only_sheet_is_the_survey() -> None:
    assert list(read(excel({"Lembar1": ROWS["survey"]}), "xlsx")) == ["survey"]


def test_a_csv_of_the_survey_alone() -> None:
    assert read(b"type,name\ntext,a\n", "csv")["survey"].rows == ({"type": "text", "name": "a"},)


def test_an_excel_date_and_a_whole_number_are_text() -> None:
    book = read(excel({"survey": [["a", "b"], [3.0, 2.5]]}), "xlsx")
    assert book["survey"].rows == ({"a": "3", "b": "2.5"},)


REFUSED = {
    "nothing": (b"", "md", "forms.file.empty"),
    "an unknown kind": (b"x", "ods", "forms.file.kind"),
    "prose": (b"halo", "md", "forms.file.not_a_form"),
    "csv without a sheet": (b",type,name\n", "csv", "forms.file.not_a_form"),
    "another encoding": ("| survey |é".encode("latin-1"), "md", "forms.file.encoding"),
    "no zip": (b"PK\x03\x04 not really", "xlsx", "forms.file.broken"),
    "half a workbook": (SOURCES["xlsx"][:-300], "xlsx", "forms.file.broken"),
    "a text called xls": (b"type;name", "xls", "forms.file.broken"),
    "too large": (b"x" * (LARGEST_FILE + 1), "md", "forms.file.too_big"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_files_that_cannot_be_read(case: str) -> None:
    source, kind, key = REFUSED[case]
    assert [problem.key for problem in compile_form(source, kind).problems] == [key]


def test_a_bomb_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        for number in range(10):
            bomb.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 5_000_000)
    assert len(packed.getvalue()) < LARGEST_FILE
    (problem,) = compile_form(packed.getvalue(), "xlsx").problems
    assert problem.key == "forms.file.unpacks_too_big"


def test_a_workbook_that_claims_a_million_rows() -> None:
    source = reworked(SOURCES["xlsx"], lambda xml: xml.replace(b'ref="A1:C7"', b'ref="A1:XFD1048576"'))
    assert len(read(source, "xlsx")["survey"].rows) == 6


def test_a_cell_at_the_far_corner() -> None:
    source = reworked(SOURCES["xlsx"], lambda xml: xml.replace(b'<row r="7"', b'<row r="1048576"'))
    assert len(read(source, "xlsx")["survey"].rows) == 3


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    (problem,) = compile_form(reworked(SOURCES["xlsx"], lambda xml: bomb), "xlsx").problems
    assert problem.key in ("forms.file.broken", "forms.file.no_survey")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["md", "csv", "xlsx", "xls"]))
def test_no_bytes_make_it_raise(source: bytes, kind: str) -> None:
    result = compile_form(source, kind)
    assert (result.form is None) == bool(result.errors)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["md", "csv", "xlsx", "xls"]))
def test_no_damage_makes_it_raise(data: st.DataObject, kind: str) -> None:
    source = bytearray(SOURCES[kind])
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(source) - 1))
        source[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    result = compile_form(bytes(source), kind)
    assert (result.form is None) == bool(result.errors)


CELLS = st.sampled_from(
    (
        *("", "text", "integer", "select_one yt", "begin_group", "end_group", "begin_repeat", "end_repeat"),
        *("calculate", "a", "b", "g", "${a}", "${b} = 'x'", "sum(${b})", "(", "'", "${", "x y", "yes", "yt"),
        *("1", "range", "${a", "|"),
    )
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(*[CELLS] * 6), min_size=1, max_size=8), st.lists(st.tuples(*[CELLS] * 3), max_size=3)
)
def test_no_odd_form_makes_it_raise(survey: list[tuple[str, ...]], choices: list[tuple[str, ...]]) -> None:
    tables = {
        "survey": (("type", "name", "label", "relevant", "calculation", "constraint"), *survey),
        "choices": (("list_name", "name", "label"), *choices),
    }
    lines = []
    for name, rows in tables.items():
        cells = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
        lines += [f"| {name} |", *(f"| | {row} |" for row in cells)]
    result = compile_form("\n".join(lines).encode(), "md")
    assert (result.form is None) == bool(result.errors)


def test_a_table_beside_the_form() -> None:
    options = options_from_csv(
        b"\xef\xbb\xbfname,label::English (en),kecamatan\n1,One,X\n,skipped,Y\n", "tps.csv"
    )
    assert not isinstance(options, Problem)
    assert [(o.name, o.label, o.columns) for o in options] == [("1", {"en": "One"}, {"kecamatan": "X"})]


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\x00", b'a,"b'])
def test_a_broken_table_beside_the_form(source: bytes) -> None:
    options = options_from_csv(source, "tps.csv")
    assert options == () or isinstance(options, Problem)


def read(source: bytes, kind: str) -> Workbook:
    book = read_workbook(source, kind)
    assert not isinstance(book, Problem)
    return book


def reworked(source: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet's XML changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            xml = old.read(part)
            new.writestr(part, change(xml) if part.endswith("sheet1.xml") else xml)
    return packed.getvalue()
