"""The headings of a sheet as XLSForm means them: which column, and in which language.

"label::Indonesia (id)" -> Heading("label", "id")      "Relevance" -> Heading("relevant", "")
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.forms.form import Words
from core.forms.problems import Problems
from core.forms.xlsform.sheets import Sheet

SURVEY_WORDS = ("label", "hint", "required_message", "constraint_message")
SURVEY_PLAIN = (
    "type",
    "name",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "default",
    "choice_filter",
    "appearance",
    "parameters",
    "repeat_count",
    "read_only",
    "trigger",
    "disabled",
    "soft",
    "nihil",
    "sms",
)
CHOICES_WORDS = ("label",)
CHOICES_PLAIN = ("list_name", "name")
SETTINGS_WORDS = ("form_title",)
SETTINGS_PLAIN = ("form_id", "version", "default_language")
PURPOSE_PLAIN = ("key", "value")

ALIASES: Mapping[str, Mapping[str, str]] = {
    "survey": {
        "relevance": "relevant",
        "caption": "label",
        "command": "type",
        "tag": "name",
        "value": "name",
        "calculate": "calculation",
        "readonly": "read_only",
        "jr:count": "repeat_count",
        "count": "repeat_count",
        "constraining_message": "constraint_message",
        "jr:constraintmsg": "constraint_message",
        "requiredmsg": "required_message",
        "jr:requiredmsg": "required_message",
        "lunak": "soft",
    },
    "choices": {"list": "list_name", "value": "name", "caption": "label"},
    "settings": {
        "id_string": "form_id",
        "set_form_id": "form_id",
        "title": "form_title",
        "set_form_title": "form_title",
    },
    "lapordesk": {"kunci": "key", "nilai": "value"},
}
CONTAINERS = frozenset({"bind", "control", "body"})
"""`bind::relevant` is an old way of writing `relevant`."""

NOT_SHOWN = frozenset({"image", "big-image", "audio", "video", "media", "guidance_hint"})
"""Columns of XLSForm that a chat message does not show."""

LANGUAGE_NAMES = {
    "indonesia": "id",
    "indonesian": "id",
    "bahasa": "id",
    "bahasa indonesia": "id",
    "english": "en",
    "inggris": "en",
    "bahasa inggris": "en",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what stands in its columns, with the translated ones gathered by language."""

    number: int
    plain: Mapping[str, str]
    words: Mapping[str, Words]
    extra: Mapping[str, str] = field(default_factory=dict)
    """The author's own columns, under their own headings."""

    def __getitem__(self, column: str) -> str:
        return self.plain.get(column, "")

    def say(self, column: str) -> Words:
        return self.words.get(column, {})


@dataclass(frozen=True, slots=True)
class Columns:
    """How the headings of one sheet are to be read."""

    sheet: str
    words: tuple[str, ...]
    plain: tuple[str, ...]

    def rows(self, sheet: Sheet, default: str = "") -> Iterator[Row]:
        """The rows that hold something. Words without a language are in the default language."""
        headings = {heading: self.read(heading, sheet.header) for heading in sheet.header}
        for number, cells in sheet.numbered():
            yield self._row(number, cells, headings, default)

    def read(self, heading: str, header: Sequence[str]) -> tuple[str, str]:
        """The column a heading stands for and the language it names."""
        separator = "::" if any("::" in other for other in header) else ":"
        if heading.lower().startswith("jr:"):
            separator = "::"
        first, *others = (part.strip() for part in heading.split(separator))
        if first.lower() in CONTAINERS and others:
            first, *others = others
        column = "_".join(first.lower().split())
        column = ALIASES[self.sheet].get(column, column)
        return column, language_code(others[-1]) if others else ""

    def _row(
        self, number: int, cells: Mapping[str, str], headings: Mapping[str, tuple[str, str]], default: str
    ) -> Row:
        plain: dict[str, str] = {}
        words: dict[str, dict[str, str]] = {}
        extra: dict[str, str] = {}
        for heading, cell in cells.items():
            column, language = headings[heading]
            if column in self.words:
                words.setdefault(column, {})[language or default] = cell
            elif column in self.plain:
                plain.setdefault(column, cell)
            else:
                extra[heading] = cell
        return Row(number, plain, words, extra)

    def check(self, sheet: Sheet, problems: Problems, required: Iterable[str] = ()) -> None:
        """Headings that stand twice, are missing, or look like a slip of the pen."""
        columns = {self.read(heading, sheet.header)[0] for heading in sheet.header}
        for heading in sheet.repeated:
            problems.refuse(self.sheet, 1, heading, "forms.column.twice")
        for column in required:
            if column not in columns:
                problems.refuse(self.sheet, 1, column, "forms.column.missing")
        for heading in sheet.header:
            self._look_at(heading, sheet.header, problems)

    def _look_at(self, heading: str, header: Sequence[str], problems: Problems) -> None:
        column, _ = self.read(heading, header)
        known = (*self.words, *self.plain)
        if column in NOT_SHOWN and self.sheet in ("survey", "choices"):
            problems.warn(self.sheet, 1, heading, "forms.column.not_shown")
        elif column not in known and self.sheet != "choices":
            for near in difflib.get_close_matches(column, known, n=1, cutoff=0.8):
                problems.warn(self.sheet, 1, heading, "forms.column.near", suggestion=near)


SURVEY = Columns("survey", SURVEY_WORDS, SURVEY_PLAIN)
CHOICES = Columns("choices", CHOICES_WORDS, CHOICES_PLAIN)
SETTINGS = Columns("settings", SETTINGS_WORDS, SETTINGS_PLAIN)
PURPOSE = Columns("lapordesk", (), PURPOSE_PLAIN)

IN_PARENTHESES = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")


def language_code(name: str) -> str:
    """`Indonesia (id)` -> `id`; a name without a code is looked up, or stands for itself."""
    if code := IN_PARENTHESES.search(name):
        return code.group(1).lower()
    bare = " ".join(name.lower().split())
    return "" if bare == "default" else LANGUAGE_NAMES.get(bare, bare)


def languages_of(sheets: Iterable[tuple[Columns, Sheet | None]]) -> tuple[str, ...]:
    """The languages that the headings name, in the order in which they appear."""
    found: dict[str, None] = {}
    for columns, sheet in sheets:
        for heading in sheet.header if sheet else ():
            column, language = columns.read(heading, sheet.header if sheet else ())
            if language and column in columns.words:
                found[language] = None
    return tuple(found)
