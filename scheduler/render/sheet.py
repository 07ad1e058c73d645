"""The digest as a workbook: a summary with charts, then a sheet for each table; no cell is ever a formula."""

from io import BytesIO

import xlsxwriter

from core.digests import tables_of_matters as matters
from core.digests import tables_of_reports as reports
from core.digests.calendar import local_time
from core.digests.digest import Digest
from core.digests.tables import Table
from core.digests.tidy import tidy
from scheduler.render.workbook.charts import draw_charts
from scheduler.render.workbook.formats import Formats
from scheduler.render.workbook.pages import Labels, write_page

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def make_sheet(digest: Digest, language: str) -> bytes:
    """An XLSX file; the same digest gives the same bytes."""
    digest = tidy(digest)
    file = BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    # Without it the file says when it was made, and no two are alike.
    made = local_time(digest.made_for, digest.zone).replace(tzinfo=None)
    book.set_properties({"title": digest.name[:200], "author": "LaporDesk", "created": made})
    formats, labels = Formats(book), Labels.of(digest, language)
    pages = [write_page(book, formats, table, labels) for table in tables(digest, language)]
    draw_charts(book, pages, language)
    book.close()
    return file.getvalue()


def tables(digest: Digest, language: str) -> tuple[Table, ...]:
    """In the order of the sheets."""
    return (
        reports.summary(digest, language),
        reports.areas(digest, language),
        reports.days(digest, language),
        reports.forms(digest, language),
        matters.cases(digest, language),
        matters.decisions(digest, language),
        reports.silent(digest, language),
        matters.goods(digest, language),
        matters.topics(digest, language),
        matters.definitions(language),
    )
