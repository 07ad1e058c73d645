"""Lists of options: from the choices sheet, and from tables beside the form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.forms.form import Option, Words
from core.forms.problems import Problem, Problems
from core.forms.xlsform.columns import CHOICES, Row
from core.forms.xlsform.formulas import wording
from core.forms.xlsform.sheets import Sheet
from core.forms.xlsform.types import Asks
from core.speech.texts import LANGUAGES, texts

Files = Mapping[str, tuple[Option, ...]]
"""Tables beside the form, by file name: each row an option, its further cells in `columns`."""

LONGEST_NAME = 40
"""A button carries the option's name, and has room for 64 bytes in all."""
OTHER = "other"


@dataclass(slots=True)
class Lists:
    """Every list the author wrote, and those that the form turned out to use."""

    written: Mapping[str, tuple[Option, ...]]
    files: Files
    languages: tuple[str, ...]
    used: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """The files that the form names, whether they are there or not."""

    def use(self, asks: Asks, row: Row, parameters: Mapping[str, str], problems: Problems) -> str:
        """The name under which the form keeps the list of a question; "" when there is no such list."""
        if asks.from_file:
            return self._use_file(asks.options, row, parameters, problems)
        if asks.options not in self.written:
            problems.refuse("survey", row.number, "type", "forms.list.missing", list=asks.options)
            return ""
        if not asks.other:
            self.used[asks.options] = self.written[asks.options]
            return asks.options
        name = f"{asks.options} or_other"
        self.used[name] = with_other(self.written[asks.options], self.languages)
        return name

    def pull(self, file: str, row: Row, column: str, problems: Problems) -> None:
        """Keep the table that a pulldata() reads."""
        self.asked.add(file)
        if file in self.files:
            self.used[file] = self.files[file]
        else:
            problems.refuse("survey", row.number, column, "forms.list.file_missing", file=file)

    def _use_file(self, file: str, row: Row, parameters: Mapping[str, str], problems: Problems) -> str:
        self.asked.add(file)
        if file not in self.files:
            problems.refuse("survey", row.number, "type", "forms.list.file_missing", file=file)
            return ""
        value, label = parameters.get("value", "name"), parameters.get("label", "label")
        options = self.files[file]
        if value == "name" and options and not options[0].name:
            problems.refuse("survey", row.number, "type", "forms.list.file_column", file=file, name="name")
            return ""
        if (value, label) == ("name", "label"):
            self.used[file] = options
            return file
        for column in (value, label):
            if column not in ("name", "label") and options and column not in options[0].columns:
                values = {"file": file, "name": column}
                problems.append(Problem("survey", row.number, "parameters", "forms.list.file_column", values))
                return ""
        name = f"{file} value={value} label={label}"
        self.used[name] = tuple(_seen_as(option, value, label) for option in options)
        return name


def _seen_as(option: Option, value: str, label: str) -> Option:
    name = option.name if value == "name" else option.columns.get(value, "")
    shown = option.label if label == "label" else {"": option.columns.get(label, "")}
    return replace(option, name=name, label=shown)


def with_other(options: tuple[Option, ...], languages: tuple[str, ...]) -> tuple[Option, ...]:
    """The list with "Lainnya" at its end, as `or_other` asks for."""
    if any(option.name == OTHER for option in options):
        return options
    return (*options, Option(OTHER, spoken("forms.other", languages)))


def spoken(key: str, languages: tuple[str, ...]) -> Words:
    """A sentence of ours in each language of the form."""
    return {language: texts(language or LANGUAGES[0]).say(key) for language in languages or ("",)}


@dataclass(frozen=True, slots=True)
class ChoicesReader:
    """Reads the choices sheet and checks its rows."""

    languages: tuple[str, ...]
    default: str
    """The language of a label that names none."""
    twice_is_fine: bool
    problems: Problems

    def read(self, sheet: Sheet | None) -> dict[str, tuple[Option, ...]]:
        if sheet is None:
            return {}
        CHOICES.check(sheet, self.problems, required=("list_name", "name") if sheet.rows else ())
        lists: dict[str, dict[str, Option]] = {}
        for row in CHOICES.rows(sheet, self.default):
            if row["list_name"]:
                options = lists.setdefault(row["list_name"], {})
                self._check(row, options)
                options.setdefault(row["name"], self._option(row))
            elif row["name"]:
                self._refuse(row, "list_name", "forms.option.no_list", name=row["name"])
        return {name: tuple(options.values()) for name, options in lists.items()}

    def _option(self, row: Row) -> Option:
        label = wording(row.say("label"), "choices", row.number, "label", self.problems)
        return Option(row["name"], label or {"": row["name"]}, row.extra)

    def _check(self, row: Row, before: Mapping[str, Option]) -> None:
        name, column = row["name"], "name"
        if not name:
            self._refuse(row, column, "forms.option.no_name", list=row["list_name"])
            return
        if re.search(r"\s", name):
            proposal = re.sub(r"\s+", "_", name)
            self._refuse(row, column, "forms.option.spaces", name=name, proposal=proposal)
        elif name in before and not self.twice_is_fine:
            self._refuse(row, column, "forms.option.twice", name=name, list=row["list_name"])
        elif len(name.encode()) > LONGEST_NAME:
            self._refuse(row, column, "forms.option.long", name=name, most=LONGEST_NAME)
        self._check_label(row)

    def _check_label(self, row: Row) -> None:
        label = row.say("label")
        if not label:
            self.problems.warn("choices", row.number, "label", "forms.option.no_label", name=row["name"])
            return
        for language in self.languages:
            if language not in label and "" not in label:
                heading = f"label::{language}"
                self.problems.warn(
                    "choices", row.number, heading, "forms.label.untranslated", language=language
                )

    def _refuse(self, row: Row, column: str, key: str, **values: str | int) -> None:
        self.problems.refuse("choices", row.number, column, key, **values)
