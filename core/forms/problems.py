"""What is wrong with an author's form: where it stands, what it is, and how to repair it.

survey, baris 12, kolom constraint: tanda kurung "(" tidak punya pasangan (huruf ke-14). Perbaiki: …
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.speech.texts import Texts


class Severity(StrEnum):
    ERROR = "error"
    """The form is refused."""
    WARNING = "warning"
    """The form is accepted; the author should look."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `row` is the sheet's own number (the header is row 1), or 0."""

    sheet: str
    row: int
    column: str
    key: str
    """`forms.…`: the sentence; `<key>.remedy` says what to do."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def say(self, texts: Texts) -> str:
        """One line in the language of the texts."""
        return texts.say(
            f"forms.{self.severity}",
            place=self.place(texts),
            sentence=self.sentence(texts),
            remedy=self.remedy(texts),
        )

    def place(self, texts: Texts) -> str:
        """survey, baris 12, kolom constraint"""
        parts = [self.sheet or texts.say("forms.place.file")]
        if self.row:
            parts.append(texts.say("forms.place.row", row=self.row))
        if self.column:
            parts.append(texts.say("forms.place.column", column=self.column))
        return ", ".join(parts)

    def sentence(self, texts: Texts) -> str:
        """What is wrong; with the word that was meant, where one is near."""
        sentence = texts.say(self.key, **self.values)
        if self.values.get("suggestion"):
            return f"{sentence} {texts.say('forms.suggestion', suggestion=self.values['suggestion'])}"
        return sentence

    def remedy(self, texts: Texts) -> str:
        return texts.say(f"{self.key}.remedy", **self.values)


class Problems(list[Problem]):
    """What has been found so far; those who find something add to it and read on."""

    def refuse(self, sheet: str, row: int, column: str, key: str, /, **values: str | int) -> None:
        self.append(Problem(sheet, row, column, key, values))

    def warn(self, sheet: str, row: int, column: str, key: str, /, **values: str | int) -> None:
        self.append(Problem(sheet, row, column, key, values, Severity.WARNING))


SHEETS = ("", "settings", "lapordesk", "survey", "choices")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once, as one reads a workbook: sheet by sheet, from the top; errors before warnings."""
    once = {(p.sheet, p.row, p.column, p.key, tuple(sorted(p.values.items()))): p for p in problems}
    return tuple(sorted(once.values(), key=_reading_order))


def _reading_order(problem: Problem) -> tuple[bool, int, str, int, str]:
    known = SHEETS.index(problem.sheet) if problem.sheet in SHEETS else len(SHEETS)
    return (not problem.is_error, known, problem.sheet, problem.row, problem.column)


def describe(problems: Sequence[Problem], languages: Sequence[Texts]) -> str:
    """Every problem in each of the languages, a line each; a closing line with the count."""
    lines = [problem.say(texts) for problem in problems for texts in languages]
    errors = sum(problem.is_error for problem in problems)
    counts = {"errors": errors, "warnings": len(problems) - errors}
    verdict = "forms.checked.refused" if errors else "forms.checked.fine"
    lines += [texts.say(verdict, **counts) for texts in languages]
    return "\n".join(lines)
