"""What a form's answers say, found by the names of its questions, wherever they stand in the form.

Facts(answers, plan, "64.72").told("tempat_kejadian", "tempat")     "Balai Desa Contoh"
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from core.cases.papers.dates import day_words, local, moment_words
from core.forms.answers import Reading, show
from core.forms.form import MEDIA, SILENT, Kind, Option, Question
from core.forms.plan import Plan
from core.forms.scope import seat_of
from core.model.records import Answers

LANGUAGE = "id"
"""Forms of the law are filled in Indonesian, whatever language the bot spoke."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    answers: Answers
    plan: Plan | None
    area: str
    """Whose clock times are told by."""
    within: str = ""
    """Only what lies below this place: "pelanggaran/saksi[2]/"."""

    def told(self, *names: str) -> str:
        """The answer to the first of these questions that was answered, as a person reads it; or nothing."""
        found = (
            self.shown(place, value)
            for name in names
            for place, value in self._inside()
            if place.rpartition("/")[2] == name and value.strip() and not self._is_media(place)
        )
        return next(found, "")

    def has(self, *names: str) -> bool:
        return bool(self.told(*names))

    def value(self, *names: str) -> str:
        """The same as it is stored, for what has to be decided by it."""
        found = (
            value
            for name in names
            for place, value in self._inside()
            if place.rpartition("/")[2] == name and value.strip()
        )
        return next(found, "")

    def below(self, group: str) -> "Facts":
        """What was answered in a group, wherever it stands."""
        return replace(self, within=next((found[0] for found in self._matches(rf"{group}/")), f"{group}/"))

    def turns(self, repeat: str) -> "tuple[Facts, ...]":
        """The facts of each turn of a repeat, in order."""
        places = dict.fromkeys(found[0] for found in self._matches(rf"{repeat}\[\d+\]/"))
        ordered = sorted(places, key=lambda place: int(place.rstrip("]/").rpartition("[")[2]))
        return tuple(replace(self, within=place) for place in ordered)

    def rows(self, besides: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Every other answer that a person gave, with its question's label, in the order of filling."""
        return tuple(
            (self._label(question) or place, self.shown(place, value))
            for place, value in self._inside()
            if value.strip()
            and not besides.intersection(re.sub(r"\[\d+\]", "", place).split("/"))
            and (question := self._question(place)) is not None
            and question.kind not in SILENT | MEDIA
        )

    def media(self) -> tuple[str, ...]:
        """Our ids of all that was sent, in the order of the answers."""
        return tuple(
            word for place, value in self._inside() if self._is_media(place) for word in value.split()
        )

    def shown(self, place: str, value: str) -> str:
        question = self._question(place)
        match question.kind if question else None:
            case Kind.DATETIME:
                return _moment(value, self.area)
            case Kind.DATE:
                return _day(value)
            case None:
                return value
            case _:
                assert question is not None
                return show(question, value, self._reading(question, value))

    def _inside(self) -> Iterator[tuple[str, str]]:
        values: Mapping[str, str] = self.answers.values
        return ((place, value) for place, value in values.items() if place.startswith(self.within))

    def _matches(self, pattern: str) -> Iterator[re.Match[str]]:
        """Where the pattern stands as a whole step of the way to an answer."""
        wanted = re.compile(rf"(?:.*/)?{pattern}")
        return (found for place, _ in self._inside() if (found := wanted.match(place)))

    def _is_media(self, place: str) -> bool:
        question = self._question(place)
        return question is not None and question.kind in MEDIA

    def _question(self, place: str) -> Question | None:
        return self.plan.question(seat_of(place).path) if self.plan else None

    def _label(self, question: Question) -> str:
        assert self.plan is not None
        return self.plan.form.words(question.label, LANGUAGE).strip()

    def _reading(self, question: Question, value: str) -> Reading:
        default = self.plan.form.default_language if self.plan else ""
        # Nothing is read here, so that it does not matter when it is.
        return Reading(LANGUAGE, local(_EPOCH, self.area), self._chosen(question, value), default)

    def _chosen(self, question: Question, value: str) -> tuple[Option, ...]:
        names = frozenset(value.split())
        options = self.plan.form.lists.get(question.options, ()) if self.plan else ()
        return tuple(option for option in options if option.name in names)


def _moment(value: str, area: str) -> str:
    try:
        return moment_words(local(datetime.fromisoformat(value), area))
    except (ValueError, OverflowError):
        return value


def _day(value: str) -> str:
    try:
        return day_words(datetime.fromisoformat(value[:10]).date())
    except ValueError:
        return value
