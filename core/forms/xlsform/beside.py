"""The tables that lie beside a form as CSV: what they hold, and what is wrong with them, row by row.

name,label,kecamatan
p1,Pasar Pagi,64.72.03        →  Option("p1", {"": "Pasar Pagi"}, {"kecamatan": "64.72.03"})
,Pasar Segiri,64.72.04        →  pasar.csv, row 3, column name: …
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.forms.form import Option
from core.forms.problems import Problem, Severity, in_order
from core.forms.xlsform.choices import Files
from core.forms.xlsform.columns import CHOICES
from core.forms.xlsform.compiling import Compiled, compile_form
from core.forms.xlsform.sheets import Sheet

Sources = Mapping[str, bytes]
"""The bytes of each table, by its file name."""
NOTHING: Files = {}


@dataclass(frozen=True, slots=True)
class Table:
    options: tuple[Option, ...]
    problems: tuple[Problem, ...] = ()


def compile_beside(
    source: bytes, kind: str, beside: Sources, built_in: Files = NOTHING, name: str = ""
) -> Compiled:
    """Compile a workbook with its tables: those that are built in are there unless one is called the same."""
    tables = {file: read_table(content, file) for file, content in beside.items()}
    files = {**built_in, **{file: table.options for file, table in tables.items()}}
    compiled = compile_form(source, kind, files, name)
    told = [one for file, table in tables.items() if file in compiled.files for one in table.problems]
    if not told:
        return compiled
    found = in_order([*compiled.problems, *told])
    form = None if any(one.is_error for one in told) else compiled.form
    return Compiled(form, found, compiled.files)


def options_from_csv(source: bytes, file: str) -> tuple[Option, ...] | Problem:
    """What can be chosen of a table; or that it is none."""
    table = read_table(source, file)
    broken = (one for one in table.problems if one.key == "forms.list.file_broken")
    return next(broken, None) or table.options


def read_table(source: bytes, file: str) -> Table:
    """`name`, `label` (or `label::Indonesia (id)`), and whatever other columns."""
    try:
        text = source.decode("utf-8-sig")
        lines = [*csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))]
    except (UnicodeDecodeError, csv.Error):
        lines = []
    if not lines:
        return Table((), (Problem(file, 0, "", "forms.list.file_broken", {"file": file}),))
    headings = tuple(heading.strip() for heading in lines[0])
    sheet = Sheet(file, headings, tuple(_cells(headings, line) for line in lines[1:]))
    rows = list(CHOICES.rows(sheet))
    is_named = any(row["name"] for row in rows)
    options = tuple(
        Option(row["name"], row.say("label") or {"": row["name"]}, row.extra)
        for row in rows
        if row["name"] or not is_named
    )
    return Table(options, tuple(_problems(file, lines, sheet)))


def _delimiter(text: str) -> str:
    """A spreadsheet in Indonesian divides by semicolons."""
    first = text.partition("\n")[0]
    return ";" if ";" in first and "," not in first else ","


def _cells(headings: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    cells = zip(headings, line, strict=False)
    return {heading: cell.strip() for heading, cell in cells if heading and cell.strip()}


def _problems(file: str, lines: Sequence[Sequence[str]], sheet: Sheet) -> Iterator[Problem]:
    """By the row as a spreadsheet numbers it."""
    width, seen = len(lines[0]), set[str]()
    named = {row.number: row["name"] for row in CHOICES.rows(sheet)}
    is_named = any(named.values())
    for number, line in enumerate(lines[1:], 2):
        if len(line) > width and any(cell.strip() for cell in line[width:]):
            yield Problem(file, number, "", "forms.list.row_long", {"cells": len(line), "columns": width})
        name = named.get(number, "")
        if name in seen:
            yield Problem(file, number, "name", "forms.list.row_twice", {"name": name}, Severity.WARNING)
        elif not name and number in named and is_named:
            yield Problem(file, number, "name", "forms.list.row_no_name", {}, Severity.WARNING)
        if name:
            seen.add(name)
