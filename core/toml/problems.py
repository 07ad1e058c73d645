"""What is wrong with a file: where it stands, what it is, and how to repair it.

laporan.toml, baris 41, moves[3].to: keadaan "kajain" tidak ada. Mungkin maksudnya kajian. Perbaiki: …
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.speech.texts import Texts


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `path` is the key's, tables and their number before it; `line` may be 0."""

    file: str
    line: int
    path: str
    key: str
    """The sentence; `<key>.remedy` says what to do."""
    values: Mapping[str, str | int] = field(default_factory=dict)

    def say(self, texts: Texts) -> str:
        """One line in the language of the texts."""
        sentence = texts.say(self.key, **self.values)
        if self.values.get("suggestion"):
            sentence = f"{sentence} {texts.say('toml.suggestion', word=self.values['suggestion'])}"
        remedy = texts.say(f"{self.key}.remedy", **self.values)
        return texts.say("toml.problem", place=self._place(texts), sentence=sentence, remedy=remedy)

    def _place(self, texts: Texts) -> str:
        line = texts.say("toml.place.line", line=self.line) if self.line else ""
        return ", ".join(part for part in (self.file, line, self.path) if part)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that may have been meant, or ""."""
    return next(iter(get_close_matches(word.lower(), tuple(known), n=1)), "")


def describe(problems: Sequence[Problem], languages: Sequence[Texts]) -> list[str]:
    """Every problem in each of the languages, a line each."""
    return [problem.say(texts) for problem in problems for texts in languages]
