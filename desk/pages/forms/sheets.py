"""A workbook as tables beside what is said of it: its rows by their numbers, the faulty ones marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.forms.problems import Problem
from core.forms.xlsform.sheets import Sheet, read_workbook
from core.speech.texts import Texts

ROWS, COLUMNS = 500, 40
"""More of a sheet is not shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """One problem in words."""

    place: str
    sentence: str
    remedy: str
    is_error: bool
    anchor: str
    """Of the row that it stands in; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[tuple[str, str], ...]
    """Each cell, with "error", "warning" or nothing."""
    mark: str
    anchor: str
    name: str
    """What the row is called in the survey; its answer is known by it."""


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    is_cut: bool


def told(problems: Iterable[Problem], words: Texts) -> list[Told]:
    return [
        Told(
            one.place(words),
            one.sentence(words),
            one.remedy(words),
            one.is_error,
            _anchor(one.sheet, one.row),
        )
        for one in problems
    ]


def sheets(source: bytes, kind: str, problems: Iterable[Problem] = ()) -> list[Shown]:
    """Those of the workbook, as far as it can be read at all."""
    book = read_workbook(source, kind)
    if isinstance(book, Problem):
        return []
    marks = {
        (one.sheet, one.row, column): _mark(one)
        for one in reversed([*problems])
        for column in ("", one.column)
    }
    return [_shown(name, sheet, marks) for name, sheet in book.items()]


def _shown(name: str, sheet: Sheet, marks: Mapping[tuple[str, int, str], str]) -> Shown:
    used = {heading for _, row in sheet.numbered() for heading in row}
    header = tuple(one for one in sheet.header if one in used)[:COLUMNS]
    numbered = list(sheet.numbered())
    rows = tuple(
        Row(
            number,
            tuple((row.get(one, ""), _of_cell(marks, name, number, one)) for one in header),
            marks.get((name, number, ""), ""),
            _anchor(name, number),
            row.get("name", ""),
        )
        for number, row in numbered[:ROWS]
    )
    return Shown(sheet.name, header, rows, len(numbered) > ROWS)


def _of_cell(marks: Mapping[tuple[str, int, str], str], name: str, number: int, heading: str) -> str:
    """A problem names a column as XLSForm does: `label` for `label::Indonesia (id)`."""
    bare = heading.partition("::")[0].strip().lower()
    return marks.get((name, number, heading), "") or marks.get((name, number, bare), "")


def _mark(problem: Problem) -> str:
    return "error" if problem.is_error else "warning"


def _anchor(sheet: str, row: int) -> str:
    return f"{sheet}-{row}" if sheet and row else ""
