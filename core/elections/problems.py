"""What is wrong with an election's file: where, what, and how to repair it.

duty 3 (lhp-pekanan), weekday: "mingggu" bukan nama hari. Tulis salah satu: senin, selasa, …
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.speech.texts import Texts


@dataclass(frozen=True, slots=True)
class Problem:
    place: str
    """The table of the file: "duty 3 (lhp-pekanan)"; empty for the file's own keys."""
    name: str
    """The key in it; empty where the whole table is meant."""
    key: str
    """`elections.…`: the sentence, remedy included."""
    values: Mapping[str, str | int] = field(default_factory=dict)

    def say(self, texts: Texts) -> str:
        where = ", ".join(part for part in (self.place, self.name) if part)
        sentence = texts.say(self.key, **self.values)
        return texts.say("elections.problem", place=where, sentence=sentence) if where else sentence


class Problems(list[Problem]):
    """What has been found so far; those who find something add to it and read on."""

    def refuse(self, place: str, name: str, key: str, /, **values: str | int) -> None:
        self.append(Problem(place, name, key, values))


def describe(problems: Sequence[Problem], languages: Sequence[Texts]) -> list[str]:
    """Every problem in each of the languages, a line each."""
    return [problem.say(texts) for problem in problems for texts in languages]
