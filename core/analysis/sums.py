"""Answers added up: how often each choice was made, and of numbers how many, their sum and their ends.

    Sums(reports=5, nihil=1, choices={"aman": {"ya": 3, "tidak": 1}}, numbers={"sah": Numbers(4, 812, …)})

Of text, pictures, pins, times and whoever somebody is nothing is added up. The sums of villages together are
those of their district.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from core.forms.form import Form, Kind, Question
from core.forms.marks import identity_paths
from core.model.records import Answers

NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
CHOICES = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.ACKNOWLEDGE})
MOST_OPTIONS = 200
"""A longer list is one of places, and no question to be counted."""
LARGEST = Decimal(10) ** 15
"""What is larger is no count of anything, and would not be exact."""

Path = str
"""A question without the turns of repeats: "kegiatan/bentuk"."""


@dataclass(frozen=True, slots=True)
class Numbers:
    count: int
    total: float
    low: float
    high: float

    @property
    def mean(self) -> float:
        return self.total / self.count

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(
            self.count + other.count,
            self.total + other.total,
            min(self.low, other.low),
            max(self.high, other.high),
        )


@dataclass(slots=True)
class Sums:
    """Grows by what is added to it."""

    reports: int = 0
    nihil: int = 0
    choices: dict[Path, Counter[str]] = field(default_factory=dict)
    numbers: dict[Path, Numbers] = field(default_factory=dict)

    def add(self, answers: Answers, countable: Mapping[Path, Question], *, is_nihil: bool = False) -> None:
        """One report; each turn of a repeat counts by itself."""
        self.reports += 1
        self.nihil += is_nihil
        for place, value in answers.values.items():
            question = countable.get(path_of(place))
            if question is None or not value:
                continue
            if question.kind in NUMBERS:
                self._number(path_of(place), value)
            else:
                self.choices.setdefault(path_of(place), Counter()).update(value.split())

    def merge(self, other: "Sums") -> None:
        self.reports += other.reports
        self.nihil += other.nihil
        for path, chosen in other.choices.items():
            self.choices.setdefault(path, Counter()).update(chosen)
        for path, numbers in other.numbers.items():
            self.numbers[path] = self.numbers[path] + numbers if path in self.numbers else numbers

    def _number(self, path: Path, value: str) -> None:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return
        if not number.is_finite() or abs(number) > LARGEST:
            return
        one = Numbers(1, _plain(number), _plain(number), _plain(number))
        self.numbers[path] = self.numbers[path] + one if path in self.numbers else one


def merged(several: Iterable[Sums]) -> Sums:
    whole = Sums()
    for one in several:
        whole.merge(one)
    return whole


def countable(form: Form) -> dict[Path, Question]:
    """The questions that can be added up, by their path, in the order of the form."""
    hidden = identity_paths(form)
    return {
        "/".join(one.path): one
        for one in form.questions()
        if one.kind in NUMBERS | CHOICES
        and one.path not in hidden
        and len(form.lists.get(one.options, ())) <= MOST_OPTIONS
    }


def path_of(place: str) -> Path:
    return "/".join(step.partition("[")[0] for step in place.split("/")) if "[" in place else place


def to_json(sums: Sums) -> str:
    numbers = {path: [one.count, one.total, one.low, one.high] for path, one in sums.numbers.items()}
    return json.dumps([sums.reports, sums.nihil, sums.choices, numbers], separators=(",", ":"))


def from_json(text: str) -> Sums:
    reports, nihil, choices, numbers = json.loads(text)
    return Sums(
        reports,
        nihil,
        {path: Counter(chosen) for path, chosen in choices.items()},
        {path: Numbers(*one) for path, one in numbers.items()},
    )


def _plain(number: Decimal) -> float:
    """Whole numbers stay whole."""
    return int(number) if number == number.to_integral_value() else float(number)
