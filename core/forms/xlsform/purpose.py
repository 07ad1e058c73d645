"""The sheet `lapordesk`: what a form is for, who is asked, when it is due, and which case it opens."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from core.forms.form import Purpose
from core.forms.problems import Problem, Problems
from core.forms.xlsform.columns import PURPOSE, Row
from core.forms.xlsform.formulas import NO, YES, read_formula
from core.forms.xlsform.sheets import Sheet
from core.model.people import Role

KINDS = ("report", "tip", "complaint", "finding", "dispute", "information", "desk")
CADENCES = ("once", "hourly", "daily", "weekly", "per-event")
STAGES = (
    "pemutakhiran",
    "pencalonan",
    "kampanye",
    "dana-kampanye",
    "logistik",
    "masa-tenang",
    "pungut-hitung",
    "rekapitulasi",
    "penetapan",
    "psu",
    "non-tahapan",
)
PUBLIC = "public"
"""The audience word for citizens."""
AUDIENCES = (*Role, PUBLIC)
ABOUT = ("title", "story", "place", "where", "happened", "known", "accused")
"""What a case wants to know of a form; the value names the question that tells it."""
PROCEDURE = re.compile(r"^[a-z][a-z0-9-]{0,39}$")
DUE = re.compile(
    r"^(\d{4}-\d\d-\d\d([ T]([01]\d|2[0-3]):[0-5]\d(:\d\d)?)?"
    r"|((mon|tue|wed|thu|fri|sat|sun) )?([01]\d|2[0-3]):[0-5]\d"
    r"|\+\d{1,3}[hd])$"
)
"""`2024-11-27 14:00`, `18:00`, `mon 07:00`, or `+24h` after the event."""


def read_purpose(sheet: Sheet | None, problems: Problems) -> Purpose:
    """The purpose that the sheet tells; a row that cannot be read is a problem and is passed over."""
    purpose = Purpose()
    if sheet is None:
        return purpose
    PURPOSE.check(sheet, problems, required=("key", "value"))
    for row in PURPOSE.rows(sheet):
        read = READERS.get(row["key"].lower())
        if read is None:
            problems.append(_unknown(row, "key", row["key"], READERS))
        elif row["value"]:
            purpose = read(purpose, row, problems)
    return purpose


Reader = Callable[[Purpose, Row, Problems], Purpose]


def _kind(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    return replace(purpose, kind=_one_of(KINDS, row, problems) or purpose.kind)


def _stage(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    return replace(purpose, stage=_one_of(STAGES, row, problems))


def _cadence(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    return replace(purpose, cadence=_one_of(CADENCES, row, problems) or purpose.cadence)


def _audience(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    words = re.split(r"[\s,;]+", row["value"].lower().strip())
    problems.extend(_unknown(row, "value", word, AUDIENCES) for word in words if word not in AUDIENCES)
    public = PUBLIC in words
    roles = frozenset(Role(word) for word in words if word in tuple(Role))
    return replace(purpose, audience=roles if roles or public else purpose.audience, public=public)


def _due(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    due = row["value"].strip().lower()
    if DUE.match(due):
        return replace(purpose, due=due)
    problems.refuse("lapordesk", row.number, "value", "forms.purpose.due", value=row["value"])
    return purpose


def _nihil(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    return replace(purpose, nihil=_one_of((*YES, *NO), row, problems) in YES)


def _menu(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    if row["value"].isascii() and row["value"].isdigit() and len(row["value"]) <= 6:
        return replace(purpose, menu=int(row["value"]))
    problems.refuse("lapordesk", row.number, "value", "forms.purpose.menu", value=row["value"])
    return purpose


def _opens(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    name = "-".join(row["value"].lower().split())
    if PROCEDURE.match(name):
        return replace(purpose, opens=name)
    problems.refuse("lapordesk", row.number, "value", "forms.purpose.opens", value=row["value"])
    return purpose


def _opens_if(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    condition = read_formula(row["value"], row.number, "value", problems, sheet="lapordesk")
    return replace(purpose, opens_if=condition)


def _sms(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    """What its codes are is known when the form has been read."""
    return replace(purpose, sms=" ".join(row["value"].split()))


def _about(purpose: Purpose, row: Row, problems: Problems) -> Purpose:
    """Names of questions; which of them there are is known when the form has been read."""
    names = " ".join(re.sub(r"[${},;]", " ", row["value"]).split())
    return replace(purpose, about={**purpose.about, row["key"].lower(): names})


READERS: dict[str, Reader] = {
    "kind": _kind,
    "audience": _audience,
    "stage": _stage,
    "cadence": _cadence,
    "due": _due,
    "nihil": _nihil,
    "menu": _menu,
    "opens": _opens,
    "opens_if": _opens_if,
    "sms": _sms,
    **dict.fromkeys(ABOUT, _about),
}


def _one_of(allowed: Iterable[str], row: Row, problems: Problems) -> str:
    word = "-".join(row["value"].lower().split())
    if word in (known := tuple(allowed)):
        return word
    problems.append(_unknown(row, "value", row["value"], known))
    return ""


def _unknown(row: Row, column: str, word: str, allowed: Iterable[str]) -> Problem:
    known = tuple(allowed)
    near = difflib.get_close_matches(word.lower(), known, n=1)
    values = {"word": word, "allowed": ", ".join(known), "suggestion": near[0] if near else ""}
    key = "forms.purpose.key" if column == "key" else "forms.purpose.value"
    return Problem("lapordesk", row.number, column, key, values)
