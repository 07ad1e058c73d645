"""What a form says of the case it opens, checked against its questions; the appearances that belong to it."""

import difflib

from core.forms.form import CHOSEN, MEDIA, SILENT, Form, Group, Item, Kind, Question, Repeat
from core.forms.marks import FORMAL, IDENTITY, MATERIEL, MULTILINE, identity_paths
from core.forms.problems import Problems
from core.forms.xlsform.columns import PURPOSE, Row
from core.forms.xlsform.mentions import mentions
from core.forms.xlsform.purpose import ABOUT
from core.forms.xlsform.references import Index
from core.forms.xlsform.sheets import Sheet

WRITTEN = frozenset({Kind.CALCULATE, Kind.HIDDEN})
"""May hold whatever its author puts there."""
DAYS = WRITTEN | {Kind.DATE, Kind.DATETIME, Kind.TODAY}
WORDS = WRITTEN | CHOSEN | {Kind.TEXT}
FITS: dict[str, frozenset[Kind]] = {
    "title": WORDS,
    "story": WORDS,
    "where": WORDS,
    "accused": WORDS,
    "place": WRITTEN | {Kind.SELECT_ONE},
    "happened": DAYS,
    "known": DAYS,
}


def check_opening(sheet: Sheet | None, form: Form, problems: Problems) -> None:
    """Every name of the sheet `lapordesk`, and every appearance that only a case gives a meaning."""
    index = Index(form)
    for row in PURPOSE.rows(sheet) if sheet else ():
        if row["key"].lower() in ABOUT:
            _check_about(row, index, problems)
        if row["key"].lower() == "opens_if":
            for mention in mentions(row["value"]):
                _named(row, mention.name, index, problems)
        if row["key"].lower() == "audience" and form.purpose.public and not form.purpose.opens:
            problems.refuse("lapordesk", row.number, "value", "forms.purpose.public")
    for item in index.items.values():
        _check_appearance(item, form, problems)
    _check_secrets(index, problems)


def _check_about(row: Row, index: Index, problems: Problems) -> None:
    key = row["key"].lower()
    for name in index.form.purpose.about.get(key, "").split():
        question = _named(row, name, index, problems)
        if question is None:
            continue
        if question.kind not in FITS[key]:
            values = {"key": key, "name": name, "kinds": ", ".join(sorted(FITS[key]))}
            problems.refuse("lapordesk", row.number, "value", "forms.purpose.about_kind", **values)
        if question.path in identity_paths(index.form):
            problems.refuse("lapordesk", row.number, "value", "forms.purpose.about_identity", name=name)


def _named(row: Row, name: str, index: Index, problems: Problems) -> Question | None:
    question = index.only(name)
    if isinstance(question, Question):
        return question
    asked = [other for other, paths in index.named.items() if isinstance(index.items[paths[0]], Question)]
    near = difflib.get_close_matches(name, asked, n=1)
    problems.refuse(
        "lapordesk",
        row.number,
        "value",
        "forms.purpose.about",
        name=name,
        count=len(index.named.get(name, ())),
        suggestion=near[0] if near else "",
    )
    return None


def _check_appearance(item: Item, form: Form, problems: Problems) -> None:
    place = ("survey", item.row, "appearance")
    if isinstance(item, Repeat):
        return
    marks = item.appearance & {FORMAL, MATERIEL}
    if not form.purpose.opens:
        if IDENTITY in item.appearance:
            problems.refuse(*place, "forms.appearance.no_case", word=IDENTITY)
        for word in sorted(marks):
            problems.warn(*place, "forms.appearance.no_case", word=word)
    if isinstance(item, Group):
        for word in sorted(marks | (item.appearance & {MULTILINE})):
            problems.warn(*place, "forms.appearance.group", word=word)
        return
    if marks and (item.kind in SILENT | {Kind.NOTE} or item.required is not None):
        problems.warn(*place, "forms.appearance.never_missing", word=" ".join(sorted(marks)))
    if MULTILINE in item.appearance and item.kind is not Kind.TEXT:
        problems.warn(*place, "forms.appearance.multiline")


def _check_secrets(index: Index, problems: Problems) -> None:
    """An identity must not slip out by way of a picture, or of an answer that is worked out from it."""
    secret = identity_paths(index.form)
    for question in index.form.questions():
        if question.path in secret:
            if question.kind in MEDIA:
                problems.refuse("survey", question.row, "appearance", "forms.appearance.identity_media")
            continue
        for column, formula in (("calculation", question.calculation), ("default", question.default)):
            for name in sorted(formula.references) if formula else ():
                if any(path in secret for path in index.named.get(name, ())):
                    problems.refuse("survey", question.row, column, "forms.appearance.leak", name=name)
