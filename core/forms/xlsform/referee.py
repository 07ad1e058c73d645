"""pyxform's opinion: what it refuses we refuse too, in our own words where we know what it means."""

import re
from collections.abc import Sequence

from core.forms.problems import Problem
from core.forms.xlsform.columns import SETTINGS, SURVEY
from core.forms.xlsform.sheets import Sheet, Workbook

OURS = frozenset({"soft", "nihil", "sms"})
"""Columns that pyxform does not know."""
KNOWN_SHEETS = ("survey", "choices", "settings")


def pyxform_problems(book: Workbook, found: Sequence[Problem]) -> list[Problem]:
    """What pyxform says against a workbook, unless our own checks have said it of that row already."""
    message = _refusal(book)
    if not message:
        return []
    problem = _told(message)
    errors = [p for p in found if p.is_error]
    if any((p.sheet, p.row) == (problem.sheet, problem.row) for p in errors) or (errors and not problem.row):
        return []
    return [problem]


def _refusal(book: Workbook) -> str:
    # Imported here: 290 ms that only an upload should pay.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(xlsform=_as_pyxform_reads(book), validate=False, warnings=[])
    except PyXFormError as refusal:
        return str(refusal)
    # pyxform trips over some odd workbooks (a loop without columns, say) with whatever exception happens to
    # come; an author's odd workbook must never be more than a refusal.
    except Exception as trip:
        return f"{type(trip).__name__}: {trip}"
    return ""


def _as_pyxform_reads(book: Workbook) -> dict[str, object]:
    read: dict[str, object] = {"sheet_names": list(book), "fallback_form_name": "form"}
    for name in KNOWN_SHEETS:
        if sheet := book.get(name):
            header = [heading for heading in sheet.header if not _is_ours(name, heading, sheet)]
            read[f"{name}_header"] = [dict.fromkeys(header)]
            read[name] = [{key: row[key] for key in header if key in row} for row in sheet.rows]
    return read


def _is_ours(name: str, heading: str, sheet: Sheet) -> bool:
    """Our own columns, and titles by language, which pyxform cannot take."""
    if name == "survey":
        return SURVEY.read(heading, sheet.header)[0] in OURS
    column, language = SETTINGS.read(heading, sheet.header)
    return name == "settings" and column == "form_title" and bool(language)


ROW = re.compile(r"\[row\s*:\s*(?P<row>\d+)\]\s*")
SHEET = re.compile(r"On the '(?P<sheet>\w+)' sheet(?:, the '(?P<column>[^']+)')?")
LONGEST_MESSAGE = 300


def _told(message: str) -> Problem:
    """Its English sentence with the place taken out; the remedy is ours."""
    row = ROW.search(message)
    place = SHEET.search(message)
    sheet = place["sheet"] if place else "survey"
    column = (place["column"] if place else "") or ""
    words = " ".join(ROW.sub("", message).split())[:LONGEST_MESSAGE]
    return Problem(sheet, int(row["row"]) if row else 0, column, "forms.pyxform", {"message": words})
