"""Lines of text out of an XLSX or CSV that somebody brings; bombs are refused before they are opened."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from python_calamine import CalamineError, CalamineWorkbook

Kind = Literal["xlsx", "csv"]
UNPACKED = 64 * 2**20
"""The most that a workbook may hold once unpacked: a national roster needs about 50 MB."""
CELLS = 4_000_000
"""The widest used area of a sheet, in cells: it is laid out in memory whole, blank ones included."""
UNZIPPABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
)
_CELL = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<row\s[^>]*?\br="(\d{1,7})"')

Cell = int | float | str | bool | time | date | datetime | timedelta


class RosterUnreadable(Exception):
    """The file cannot be read; `key` is the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the first sheet: its number as the spreadsheet shows it, its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_lines(content: bytes, kind: Kind) -> list[Line]:
    """The rows that have anything in them."""
    return list(each_line(content, kind))


def each_line(content: bytes, kind: Kind) -> Iterator[Line]:
    """The same, one after the other; what is no table at all is refused at once."""
    rows = _xlsx(content) if kind == "xlsx" else _csv(content)
    return (Line(number, cells) for number, cells in enumerate(rows, 1) if any(cells))


def _csv(content: bytes) -> Iterator[tuple[str, ...]]:
    text = _decoded(content)
    head = text.readline()
    text.seek(0)
    return _cells(csv.reader(text, delimiter=max(",;\t", key=head.count)))


def _cells(reader: Iterable[list[str]]) -> Iterator[tuple[str, ...]]:
    try:
        for row in reader:
            yield tuple(cell.strip() for cell in row)
    except csv.Error:
        raise RosterUnreadable("roster.file.damaged") from None


def _decoded(content: bytes) -> io.TextIOWrapper:
    if b"\0" in content:
        raise RosterUnreadable("roster.file.not_a_table")
    encoding = "utf-8-sig" if _is_utf8(content) else "cp1252"
    return io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline="")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _xlsx(content: bytes) -> Iterator[tuple[str, ...]]:
    _refuse_bombs(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheet = workbook.get_sheet_by_index(0)
    except (CalamineError, OSError):
        raise RosterUnreadable("roster.file.damaged") from None
    blank = ("",) * (sheet.start[1] if sheet.start else 0)
    return ((*blank, *map(_text, row)) for row in sheet.iter_rows())


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise RosterUnreadable("roster.file.too_large")
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _refuse_emptiness(archive.read(entry))
    except UNZIPPABLE:
        raise RosterUnreadable("roster.file.not_a_workbook") from None


def _refuse_emptiness(sheet: bytes) -> None:
    """A cell in XFD1048576 makes a sheet of seventeen thousand million cells."""
    rows = columns = 1
    for match in _CELL.finditer(sheet):
        columns = max(columns, _column(match[1]))
        rows = max(rows, int(match[2]))
    for match in _ROW.finditer(sheet):
        rows = max(rows, int(match[1]))
    if rows * columns > CELLS:
        raise RosterUnreadable("roster.file.too_large")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: Cell) -> str:
    """As the spreadsheet shows it, more or less: whole numbers without ".0", "64.1" as the code 64.10."""
    match cell:
        case bool():
            return str(cell)
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float() if 10 < cell < 100:
            return f"{cell:.2f}"
        case _:
            return str(cell).strip()
