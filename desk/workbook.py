"""A published form given back for an author to edit: as it was published, or as an Excel file."""

import re
from io import BytesIO

from xlsxwriter import Workbook as ExcelFile

from core.forms.problems import Problem
from core.forms.xlsform.sheets import Workbook, read_workbook

TABLE_LINE = re.compile(rb"^[ \t]*\|.*\|[ \t]*\r?$", re.MULTILINE)
"""Words may stand before the first table of a Markdown form."""
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
"""What Excel does not allow in the name of a sheet."""


def kind_of_source(source: bytes) -> str:
    """What kind of workbook was published, by its first bytes."""
    if source.startswith(b"PK"):
        return "xlsx"
    if source.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    return "md" if TABLE_LINE.search(source) else "csv"


def as_kind(source: bytes, wanted: str) -> bytes | None:
    """The workbook as it was published, or made an Excel file; None for any other change."""
    kind = kind_of_source(source)
    if kind == wanted:
        return source
    book = read_workbook(source, kind)
    return None if wanted != "xlsx" or isinstance(book, Problem) else _as_excel(book)


def _as_excel(book: Workbook) -> bytes:
    written = BytesIO()
    # A cell of a form may begin with "=": it is the author's text, never a formula.
    with ExcelFile(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as file:
        heading = file.add_format({"bold": True})
        for name, sheet in book.items():
            page = file.add_worksheet(NOT_IN_NAMES.sub("-", name)[:31])
            page.write_row(0, 0, sheet.header, heading)
            page.freeze_panes(1, 0)
            for number, row in sheet.numbered():
                page.write_row(number - 1, 0, [row.get(column, "") for column in sheet.header])
    return written.getvalue()
