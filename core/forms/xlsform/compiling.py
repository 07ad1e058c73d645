"""The way of a workbook: sheets read, rows compiled, checked against each other and by pyxform."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from core.forms.form import Form
from core.forms.problems import Problem, Problems, describe, in_order
from core.forms.xlsform.choices import ChoicesReader, Files, Lists
from core.forms.xlsform.codes import check_codes
from core.forms.xlsform.columns import CHOICES, SURVEY, languages_of
from core.forms.xlsform.openings import check_opening
from core.forms.xlsform.purpose import read_purpose
from core.forms.xlsform.referee import pyxform_problems
from core.forms.xlsform.references import check_references
from core.forms.xlsform.settings import read_settings
from core.forms.xlsform.sheets import Workbook, read_workbook
from core.forms.xlsform.survey import SurveyReader
from core.speech.texts import Texts

NO_FILES: Files = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form with its warnings, or no form and why."""

    form: Form | None
    problems: tuple[Problem, ...]
    files: frozenset[str] = frozenset()
    """The tables that it names, whether they were there or not."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


def compile_form(source: bytes, kind: str, files: Files = NO_FILES, name: str = "") -> Compiled:
    """Compile a workbook (`md`, `csv`, `xlsx` or `xls`); no bytes whatever make it raise.

    `files` are the tables beside it (select_one_from_file, pulldata); `name` stands in for a missing form_id.
    """
    book = read_workbook(source, kind)
    if isinstance(book, Problem):
        return Compiled(None, (book,))
    if "survey" not in book:
        sheets = ", ".join(sheet.name for sheet in book.values())
        return Compiled(None, (Problem("", 0, "", "forms.file.no_survey", {"sheets": sheets}),))
    problems = Problems()
    form, asked = _compile(book, files, name, version_of(source), problems)
    problems.extend(pyxform_problems(book, problems))
    found = in_order(problems)
    refused = any(problem.is_error for problem in found)
    return Compiled(None if refused else form, found, asked)


def check(source: bytes, kind: str, files: Files, languages: Sequence[Texts], name: str = "") -> str:
    """What `lapordesk forms check` prints: every problem, each in all the languages."""
    return describe(compile_form(source, kind, files, name).problems, languages)


def version_of(source: bytes) -> str:
    """The version of a workbook that names none: the same words, the same version."""
    return hashlib.sha256(source).hexdigest()[:10]


def _compile(
    book: Workbook, files: Files, name: str, version: str, problems: Problems
) -> tuple[Form, frozenset[str]]:
    survey, choices = book["survey"], book.get("choices")
    languages = languages_of(((SURVEY, survey), (CHOICES, choices)))
    settings = read_settings(book.get("settings"), name, version, languages, problems)
    own = settings.default_language
    options = ChoicesReader(languages, own, settings.twice_is_fine, problems).read(choices)
    lists = Lists(options, files, languages)
    SURVEY.check(survey, problems, required=("type", "name"))
    items = SurveyReader(lists, problems).read(SURVEY.rows(survey, own))
    if not items:
        problems.refuse("survey", 0, "", "forms.file.no_questions")
    purpose = read_purpose(book.get("lapordesk"), problems)
    own = own or next(iter(languages), "")
    form = Form(settings.name, settings.version, settings.title, items, lists.used, purpose, languages, own)
    check_references(form, problems)
    check_codes(form, problems)
    check_opening(book.get("lapordesk"), form, problems)
    return form, frozenset(lists.asked)
