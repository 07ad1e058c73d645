"""Tables into files, row by row: no cell that a spreadsheet takes for a formula, no row kept in memory."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

import xlsxwriter

Cell = str | int | float
ROWS = 1_048_576
COLUMNS = 16_384
LETTERS = 32_767
"""What XLSX can hold: rows and columns of a sheet, letters of a cell."""
CUT = " […]"
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\']")


class Writer(Protocol):
    """One file with one or several tables."""

    def table(self, name: str, heading: Sequence[str]) -> None:
        """Begin a table; rows go to the one begun last."""
        ...

    def row(self, cells: Sequence[Cell]) -> None: ...


class CsvWriter:
    """One table. The mark at its beginning makes Excel read it as UTF-8."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._file.close()

    def table(self, name: str, heading: Sequence[str]) -> None:
        self.row(heading)

    def row(self, cells: Sequence[Cell]) -> None:
        self._csv.writerow([harmless(cell) for cell in cells])


class XlsxWriter:
    """A sheet for each table, and a further one where a sheet is full."""

    def __init__(self, path: Path) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._bold = self._book.add_format({"bold": True})
        self._names: set[str] = set()
        self._name = ""
        self._heading: Sequence[str] = ()
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._book.close()

    def table(self, name: str, heading: Sequence[str]) -> None:
        self._name, self._heading = name, heading[:COLUMNS]
        self._sheet = self._book.add_worksheet(self._free_name(name))
        self._sheet.freeze_panes(1, 1)
        for column, text in enumerate(self._heading):
            self._sheet.write_string(0, column, text, self._bold)
        self._at = 1

    def row(self, cells: Sequence[Cell]) -> None:
        if self._at == ROWS:
            self.table(self._name, self._heading)
        for column, cell in enumerate(cells[:COLUMNS]):
            if isinstance(cell, str):
                if cell:
                    self._sheet.write_string(self._at, column, fitting(cell))
            else:
                self._sheet.write_number(self._at, column, cell)
        self._at += 1

    def _free_name(self, name: str) -> str:
        """A sheet's name has at most 31 letters, and Excel takes "A" and "a" for the same."""
        bare = _UNNAMEABLE.sub("-", name)[:31] or "-"
        free, number = bare, 2
        while free.casefold() in self._names:
            free = f"{bare[:26]} ({number})"
            number += 1
        self._names.add(free.casefold())
        return free


def writing(path: Path, suffix: str) -> CsvWriter | XlsxWriter:
    """What writes the kind of file that the wanted name ends with."""
    match suffix.lower():
        case ".csv":
            return CsvWriter(path)
        case ".xlsx":
            return XlsxWriter(path)
        case _:
            raise ValueError(f"{suffix or 'no ending'}: tables go to .xlsx or .csv")


def harmless(cell: Cell) -> Cell:
    """An apostrophe before what Excel would compute; a plain number stays one."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def fitting(text: str) -> str:
    """What one cell of a workbook can hold of it."""
    return text if len(text) <= LETTERS else text[: LETTERS - len(CUT)] + CUT
