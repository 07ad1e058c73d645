"""The sheet `settings`: the form's name, version, titles and own language."""

import re
from dataclasses import dataclass

from core.forms.form import Words
from core.forms.problems import Problems
from core.forms.xlsform.columns import SETTINGS, Row, language_code
from core.forms.xlsform.formulas import is_yes
from core.forms.xlsform.sheets import Sheet

FORM_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")


@dataclass(frozen=True, slots=True)
class Settings:
    name: str
    version: str
    title: Words
    default_language: str = ""
    """The code of the language that the author named; empty when none was named."""
    twice_is_fine: bool = False
    """allow_choice_duplicates"""


def read_settings(
    sheet: Sheet | None, name: str, version: str, languages: tuple[str, ...], problems: Problems
) -> Settings:
    """What the sheet says, with the given name and version where it says nothing."""
    row = next(SETTINGS.rows(sheet), None) if sheet else None
    name = _name(row, name, problems)
    if sheet is None or row is None:
        return Settings(name, version, {"": name})
    SETTINGS.check(sheet, problems)
    default = _default_language(row, languages, problems)
    return Settings(
        name=name,
        version=row["version"] or version,
        title=_title(row, default, name),
        default_language=default,
        twice_is_fine=is_yes(row.extra.get("allow_choice_duplicates", "")),
    )


def _name(row: Row | None, fallback: str, problems: Problems) -> str:
    """The form_id; without one, the fallback in signs that can be used."""
    if row is None or not row["form_id"]:
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", fallback).strip("_.-")[:64] or "form"
        problems.warn("settings", row.number if row else 0, "form_id", "forms.settings.no_name", name=name)
        return name
    if not FORM_ID.match(row["form_id"]):
        problems.refuse("settings", row.number, "form_id", "forms.settings.name", name=row["form_id"])
    return row["form_id"]


def _default_language(row: Row, languages: tuple[str, ...], problems: Problems) -> str:
    named = row["default_language"]
    code = language_code(named) if named else ""
    if code and languages and code not in languages:
        place = ("settings", row.number, "default_language")
        problems.refuse(*place, "forms.settings.language", name=named, known=", ".join(languages))
    return code


def _title(row: Row, default: str, name: str) -> Words:
    """The titles by language; a title that names no language is in the form's own."""
    title = {language or default: words for language, words in row.say("form_title").items()}
    return title or {"": name}
