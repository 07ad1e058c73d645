"""The summary's two charts: compliance by area, and the week's days; they read the sheets beside them."""

from collections.abc import Sequence

import xlsxwriter

from core.digests.tables_of_reports import AREAS, DAYS
from core.speech.texts import texts
from scheduler.render.workbook.pages import HEADINGS, Page

SUMMARY, BY_AREA, BY_DAY = 0, 1, 2
"""Which sheets these are."""
TOLD, DUE = "#1A5C78", "#ECB840"
COLUMN = 5
"""Beside the summary's table."""


def draw_charts(book: xlsxwriter.Workbook, pages: Sequence[Page], language: str) -> None:
    sheet, row = pages[SUMMARY].sheet, HEADINGS
    if pages[BY_DAY].table.rows:
        sheet.insert_chart(row, COLUMN, _days(book, pages[BY_DAY], language))
        row += 16
    if pages[BY_AREA].table.rows:
        sheet.insert_chart(row, COLUMN, _areas(book, pages[BY_AREA], language))


def _days(book: xlsxwriter.Workbook, page: Page, language: str) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series(_series(page, "day", "told_so_far", DAYS) | {"fill": {"color": TOLD}})
    due = book.add_chart({"type": "line"})
    due.add_series(_series(page, "day", "due_so_far", DAYS) | {"line": {"color": DUE, "width": 2.5}})
    chart.combine(due)
    chart.set_title({"name": texts(language).say("digests.sheet.chart.days"), "name_font": {"size": 12}})
    chart.set_x_axis({"num_format": "dd/mm", "text_axis": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 560, "height": 300})
    return chart


def _areas(book: xlsxwriter.Workbook, page: Page, language: str) -> object:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        _series(page, "area", "share", AREAS) | {"fill": {"color": TOLD}, "data_labels": {"value": True}}
    )
    chart.set_title({"name": texts(language).say("digests.sheet.chart.areas"), "name_font": {"size": 12}})
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": False}})
    # A bar chart counts from below; people read from above.
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"none": True})
    chart.set_size({"width": 560, "height": min(1600, 90 + 24 * len(page.table.rows))})
    return chart


def _series(page: Page, categories: str, values: str, columns: tuple[str, ...]) -> dict[str, object]:
    first, last = HEADINGS + 1, HEADINGS + len(page.table.rows)
    name = page.table.name

    def column(wanted: str) -> list[object]:
        at = columns.index(wanted)
        return [name, first, at, last, at]

    heading = [name, HEADINGS, columns.index(values)]
    return {"name": heading, "categories": column(categories), "values": column(values)}
