"""One sheet: a title, headings that stay in sight and filter, rows; ready to be printed on A4, lying."""

from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from core.digests.calendar import heading, moment_shown, week_with_year
from core.digests.digest import Digest
from core.digests.tables import Cell, Share, Table
from core.speech.texts import texts
from scheduler.render.workbook.formats import Formats

HEADINGS = 3
"""The row of the headings; the first is 0."""
NARROW, WIDE = 9, 46
A4 = 9
FOOTER_ROOM = 100
LETTERS = 32_767
ROWS = 1_000_000
"""What a sheet holds, and a little less."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on every sheet."""

    title: str
    subtitle: str
    language: str

    @classmethod
    def of(cls, digest: Digest, language: str) -> "Labels":
        week = texts(language).say("digests.picture.week", week=week_with_year(digest, language))
        moment = moment_shown(digest.made_for, digest.zone, language)
        as_of = texts(language).say("digests.picture.as_of", moment=moment)
        return cls(digest.name, f"{heading(digest, language)} · {week} · {as_of}", language)


@dataclass(frozen=True, slots=True)
class Page:
    sheet: Worksheet
    table: Table


def write_page(book: xlsxwriter.Workbook, formats: Formats, table: Table, labels: Labels) -> Page:
    sheet: Worksheet = book.add_worksheet(table.name)
    sheet.write_string(0, 0, f"{labels.title} — {table.name}"[:LETTERS], formats.title)
    sheet.write_string(1, 0, labels.subtitle, formats.subtitle)
    for column, words in enumerate(table.headings):
        sheet.write_string(HEADINGS, column, words, formats.heading)
        sheet.set_column(column, column, _width(table, column))
    for at, row in enumerate(table.rows[:ROWS], HEADINGS + 1):
        for column, cell in enumerate(row):
            _write(sheet, at, column, cell, formats)
    if not table.rows:
        empty = texts(labels.language).say("digests.sheet.empty")
        sheet.write_string(HEADINGS + 1, 0, empty, formats.subtitle)
    sheet.set_row(HEADINGS, 32)
    sheet.freeze_panes(HEADINGS + 1, 1)
    sheet.autofilter(HEADINGS, 0, HEADINGS + max(1, min(len(table.rows), ROWS)), len(table.headings) - 1)
    _prepare_print(sheet, labels)
    return Page(sheet, table)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, formats: Formats) -> None:
    form = formats.of(cell)
    match cell:
        case None:
            sheet.write_blank(row, column, None, form)
        case str():
            # Not `write`: it would take some texts for formulas, addresses or numbers.
            sheet.write_string(row, column, cell[:LETTERS], form)
        case Share():
            sheet.write_number(row, column, cell.percent / 100, form)
        case int():
            sheet.write_number(row, column, cell, form)
        case datetime():
            sheet.write_datetime(row, column, cell.replace(tzinfo=None), form)
        case date():
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), form)  # noqa: DTZ001


def _width(table: Table, column: int) -> float:
    """As wide as its longest text, within measure; numbers and days need little."""
    texts_here = [row[column] for row in table.rows[:500] if column < len(row)]
    longest = max((len(cell) for cell in texts_here if isinstance(cell, str)), default=0)
    moments = 16 if any(isinstance(cell, date) for cell in texts_here) else 0
    words = max((len(word) for word in table.headings[column].split()), default=0)
    return min(WIDE, max(NARROW, longest + 2, moments, words + 3))


def _prepare_print(sheet: Worksheet, labels: Labels) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADINGS)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    name = labels.title[:FOOTER_ROOM].replace("&", "&&")
    pages = texts(labels.language).say("digests.sheet.pages")
    # The blank keeps a name that begins with a figure from being read as a size: "&L12".
    sheet.set_footer(f"&L {name}&R{pages}")
