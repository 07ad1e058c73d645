"""A workbook as rows of text, whatever kind of file it came as; hostile files are refused, never raised.

{"survey": Sheet("survey", ("type", "name"), ({"type": "text", "name": "nama"}, {}, ...))}
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.forms.problems import Problem

FileKind = Literal["md", "csv", "xlsx", "xls"]

LARGEST_FILE = 5_000_000
LARGEST_UNPACKED = 40_000_000
MOST_PARTS = 500
MOST_SHEETS = 40
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
EMPTY_ROWS_AT_END = 60
"""As in pyxform: after so many empty rows the sheet is over."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows[0]` is row 2; an empty row is an empty mapping, so that the numbers stay true."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    repeated: tuple[str, ...] = ()
    """Column headings that stand twice; the first one counts."""

    def numbered(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """The rows that hold something, with their number in the sheet."""
        return ((number, row) for number, row in enumerate(self.rows, start=2) if row)


Table = tuple[str, Iterable[Sequence[str]]]
"""A sheet's name and its rows of cells."""

Workbook = Mapping[str, Sheet]
"""The sheets by their name in small letters."""


class Unreadable(Exception):
    """The file cannot be read as a workbook."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.problem = Problem("", 0, "", key, values)


def read_workbook(source: bytes, kind: str) -> Workbook | Problem:
    """The sheets of a file, or what is wrong with it; never raises."""
    try:
        if not source.strip():
            raise Unreadable("forms.file.empty")
        if len(source) > LARGEST_FILE:
            raise Unreadable("forms.file.too_big", megabytes=LARGEST_FILE // 1_000_000)
        return _workbook(_tables(source, kind))
    except Unreadable as refusal:
        return refusal.problem


def _tables(source: bytes, kind: str) -> Iterator[Table]:
    match kind:
        case "md":
            return _markdown(_text(source))
        case "csv":
            return _csv(_text(source))
        case "xlsx" | "xlsm" | "xls":
            return _guarded(_xls(source) if kind == "xls" else _xlsx(source), kind)
        case _:
            raise Unreadable("forms.file.kind", kind=kind)


def _workbook(tables: Iterable[Table]) -> Workbook:
    sheets: dict[str, Sheet] = {}
    for name, rows in tables:
        if len(sheets) >= MOST_SHEETS:
            raise Unreadable("forms.file.too_many_sheets", most=MOST_SHEETS)
        sheets.setdefault(name.strip().lower(), _sheet(name.strip(), rows))
    if len(sheets) == 1 and "survey" not in sheets:
        # As in pyxform: the only sheet of a workbook is the survey, whatever it is called.
        return {"survey": next(iter(sheets.values()))}
    return sheets


def _sheet(name: str, table: Iterable[Sequence[str]]) -> Sheet:
    lines = iter(table)
    header = [_clean(cell) for cell in next(lines, ())][:MOST_COLUMNS]
    rows = [_row(header, cells) for cells in _until_empty(name, lines)]
    while rows and not rows[-1]:
        rows.pop()
    headings = tuple(dict.fromkeys(cell for cell in header if cell))
    repeated = tuple(cell for cell in headings if header.count(cell) > 1)
    return Sheet(name, headings, tuple(rows), repeated)


def _row(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    row: dict[str, str] = {}
    for heading, cell in zip(header, cells, strict=False):
        value = _clean(cell)
        if heading and value:
            row.setdefault(heading, value)
    return row


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML, and so every XLSForm tool, cannot hold."""


def _clean(cell: str) -> str:
    return CONTROL.sub("", cell[:LONGEST_CELL].replace("\xa0", " ").replace("\r\n", "\n")).strip()


def _text(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable("forms.file.encoding") from wrong


COMMENT = re.compile(r"^\s*#")
COMMENT_BEHIND = re.compile(r"^(.*)(#[^|]+)$")
TABLE_LINE = re.compile(r"^\s*\|(.*)\|\s*$")
RULE = re.compile(r"^[|:\-\s]*-[|:\-\s]*$")
CELL_END = re.compile(r"(?<!\\)\|")


def _markdown(text: str) -> Iterator[Table]:
    """The Markdown tables of pyxform: the first cell names the sheet, `#` begins a comment."""
    tables: dict[str, list[Sequence[str]]] = {}
    name = ""
    for line in text.splitlines():
        if COMMENT.match(line):
            continue
        behind = COMMENT_BEHIND.match(line)
        table_line = TABLE_LINE.match(behind.group(1) if behind else line)
        if not table_line or RULE.match(table_line.group(1)):
            continue
        first, *cells = (cell.strip().replace(r"\|", "|") for cell in CELL_END.split(table_line.group(1)))
        name = first or name
        if not name:
            raise Unreadable("forms.file.not_a_form")
        rows = tables.setdefault(name, [])
        if rows or any(cells):
            rows.append(cells)
    if not tables:
        raise Unreadable("forms.file.not_a_form")
    yield from tables.items()


def _csv(text: str) -> Iterator[Table]:
    """pyxform's CSV: the first column names the sheet, the table stands in the others."""
    try:
        lines = [line or [""] for line in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error as wrong:
        raise Unreadable("forms.file.broken", kind="csv") from wrong
    if lines and lines[0][0].strip().lower() == "type":
        # A survey alone, as a spreadsheet saves one sheet.
        return iter([("survey", lines)])
    return _csv_sheets(lines)


def _csv_sheets(lines: Iterable[Sequence[str]]) -> Iterator[Table]:
    tables: dict[str, list[Sequence[str]]] = {}
    name = ""
    for first, *cells in lines:
        name = first.strip() or name
        is_empty = not any(cell.strip() for cell in cells)
        if not name and not is_empty:
            raise Unreadable("forms.file.not_a_form")
        rows = tables.setdefault(name, [])
        if rows or not is_empty:
            rows.append(cells)
    tables.pop("", None)
    if not any(tables.values()):
        raise Unreadable("forms.file.not_a_form")
    yield from tables.items()


def _guarded(tables: Iterator[Table], kind: str) -> Iterator[Table]:
    """Read a binary workbook whole; whatever its reader stumbles over means that the file is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from list(tables)
    except Unreadable:
        raise
    # openpyxl and xlrd let a broken file out as whatever happened to fail: KeyError, struct.error,
    # ParseError, AssertionError … There is no list to name, and none says more than "broken".
    except Exception as wrong:
        raise Unreadable("forms.file.broken", kind=kind) from wrong


def _xlsx(source: bytes) -> Iterator[Table]:
    from openpyxl import load_workbook
    from pyxform.xls2json_backends import xlsx_value_to_str

    _check_unpacked(source)
    book = load_workbook(io.BytesIO(source), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        cells = ([xlsx_value_to_str(cell) if cell is not None else "" for cell in row] for row in rows)
        yield sheet.title, _until_empty(sheet.title, cells)


def _xls(source: bytes) -> Iterator[Table]:
    from pyxform.xls2json_backends import xls_value_to_unicode
    from xlrd import open_workbook

    book = open_workbook(file_contents=source, on_demand=True, ragged_rows=True, logfile=io.StringIO())
    for sheet in book.sheets():
        rows = (sheet.row_slice(number, 0, MOST_COLUMNS) for number in range(sheet.nrows))
        mode = book.datemode
        cells = ([xls_value_to_unicode(cell.value, cell.ctype, mode) for cell in row] for row in rows)
        yield sheet.name, _until_empty(sheet.name, cells)


def _until_empty(name: str, rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """The rows up to where the sheet ends: a file may claim a million empty ones."""
    kept: list[Sequence[str]] = []
    empty = 0
    for cells in rows:
        empty = 0 if any(cells) else empty + 1
        if empty > EMPTY_ROWS_AT_END:
            break
        kept.append(cells)
        if len(kept) > MOST_ROWS:
            raise Unreadable("forms.file.too_many_rows", sheet=name, most=MOST_ROWS)
    return kept


def _check_unpacked(source: bytes) -> None:
    """A workbook is a zip: refuse one that would unpack to something huge before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(source)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as wrong:
        raise Unreadable("forms.file.broken", kind="xlsx") from wrong
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Unreadable("forms.file.unpacks_too_big", megabytes=LARGEST_UNPACKED // 1_000_000)
