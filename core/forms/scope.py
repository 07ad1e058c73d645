"""The answers as an expression sees them from one question: which turn a name means, what is not relevant."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from core.forms.expressions import Nodes, Value, as_bool
from core.forms.form import Option, Question
from core.forms.plan import Path, Plan, Seat, shared_way


@dataclass(frozen=True, slots=True)
class World:
    """What a form may know beside its answers."""

    now: datetime
    """Aware, in the person's own zone."""
    language: str = "id"
    facts: Mapping[str, str] = field(default_factory=dict)
    """Values of hidden questions by their name, and of metadata by its kind."""
    fresh: tuple[str, float] = ("", 0.0)
    can_seal: bool = True
    """May it be asked who somebody is? Without custodians to seal it for, nobody is asked."""


@dataclass(slots=True)
class Sheet:
    """The answers while the form is walked: calculations are written in, irrelevant places struck out."""

    values: dict[str, str]
    counts: dict[str, int]
    struck: set[str]

    def value(self, place: str) -> str:
        return "" if place in self.struck else self.values.get(place, "")


@dataclass(slots=True)
class FormScope:
    """`core.forms.expressions.Scope` over a sheet; not frozen, which would make it three times as dear."""

    plan: Plan
    sheet: Sheet
    seat: Seat
    world: World
    option: Option | None = None
    """The row that a choice_filter looks at."""

    @property
    def here(self) -> str:
        return self.sheet.value(place_of(self.plan, self.seat))

    @property
    def now(self) -> datetime:
        return self.world.now

    @property
    def fresh(self) -> tuple[str, float]:
        return self.world.fresh

    @property
    def language(self) -> str:
        return self.world.language

    @property
    def version(self) -> str:
        return self.plan.form.version

    def look(self, name: str) -> Value:
        if known := self.plan.unmistakable.get(name):
            return self.sheet.value(known)
        path = self.plan.nearest(name, self.seat.path)
        if path is None:
            return ""
        places = self._places(path, self._turns_to(path))
        if len(places) == 1:
            return self.sheet.value(places[0])
        return Nodes(self.sheet.value(place) for place in places)

    def is_known(self, name: str) -> bool:
        """Is it answered, skipped, calculated or not relevant: anything but still to be asked?"""
        path = self.plan.nearest(name, self.seat.path)
        places = self._places(path, self._turns_to(path)) if path else []
        return all(place in self.sheet.values or place in self.sheet.struck for place in places)

    def nodes(self, name: str) -> tuple[str, ...]:
        path = self.plan.nearest(name, self.seat.path)
        if path is None:
            return ()
        turns = self._turns_to(path)
        outer = turns[: max(self.plan.repeats_in(path) - 1, 0)]
        return tuple(self.sheet.value(place) for place in self._places(path, outer, of_turns=True))

    def indexed(self, name: str, turns: tuple[tuple[str, int], ...]) -> str:
        path = self.plan.nearest(name, self.seat.path)
        if path is None:
            return ""
        wanted = dict(turns)
        chosen: list[int] = []
        own = list(self._turns_to(path))
        for repeat in (path[: n + 1] for n in range(len(path)) if self.plan.is_repeat(path[: n + 1])):
            turn = wanted.get(repeat[-1], own[len(chosen)] if len(chosen) < len(own) else 1)
            if not 1 <= turn <= self.sheet.counts.get(place_of(self.plan, Seat(repeat, tuple(chosen))), 1):
                return ""
            chosen.append(turn)
        return self.sheet.value(place_of(self.plan, Seat(path, tuple(chosen))))

    def turn(self, depth: int = 0) -> int:
        """Each `..` takes a name off the path; what is left has the turn of the innermost repeat in it."""
        above = self.seat.path[: max(len(self.seat.path) - 1 - depth, 0)]
        around = self.plan.repeats_in(above)
        return self.seat.turns[around - 1] if 0 < around <= len(self.seat.turns) else 0

    def column(self, name: str) -> str:
        if self.option is None:
            return ""
        return self.option.name if name == "name" else self.option.columns.get(name, "")

    def label(self, name: str, value: str) -> str:
        path = self.plan.nearest(name, self.seat.path)
        question = self.plan.question(path) if path else None
        for option in self.plan.form.lists.get(question.options, ()) if question else ():
            if option.name == value:
                return self.plan.form.words(option.label, self.world.language)
        return value

    def pulldata(self, file: str, column: str, key_column: str, key: str) -> str:
        for row in self.plan.form.lists.get(file, ()) or self.plan.form.lists.get(f"{file}.csv", ()):
            if self._cell(row, key_column) == key:
                return self._cell(row, column)
        return ""

    def _cell(self, row: Option, column: str) -> str:
        match column:
            case "name" | "key":
                return row.name
            case "label":
                return self.plan.form.words(row.label, self.world.language)
            case _:
                return row.columns.get(column, "")

    def _turns_to(self, path: Path) -> tuple[int, ...]:
        """The turns that we share with a path: those of the repeats around both."""
        return self.seat.turns[: self.plan.repeats_in(shared_way(path, self.seat.path))]

    def _places(self, path: Path, turns: tuple[int, ...], *, of_turns: bool = False) -> list[str]:
        """The places a path stands for; every turn of the repeats that `turns` leaves open."""
        places = [""]
        given = list(turns)
        for n, name in enumerate(path):
            places = [f"{place}/{name}" if place else name for place in places]
            last = n == len(path) - 1
            if self.plan.is_repeat(path[: n + 1]) and (not last or of_turns):
                if given:
                    turn = given.pop(0)
                    places = [f"{place}[{turn}]" for place in places]
                else:
                    places = [
                        f"{place}[{turn}]"
                        for place in places
                        for turn in range(1, self.sheet.counts.get(place, 1) + 1)
                    ]
        return places


def place_of(plan: Plan, seat: Seat) -> str:
    """The place of a seat: `kegiatan[1]/bentuk`."""
    if fixed := plan.fixed.get(seat.path):
        return fixed
    parts: list[str] = []
    turns = list(seat.turns)
    for n, name in enumerate(seat.path):
        repeats = n < len(seat.path) - 1 and plan.is_repeat(seat.path[: n + 1])
        parts.append(f"{name}[{turns.pop(0) if turns else 1}]" if repeats else name)
    return "/".join(parts)


@lru_cache(maxsize=4096)
def seat_of(place: str) -> Seat:
    """The seat that a place stands for."""
    path: list[str] = []
    turns: list[int] = []
    for part in place.split("/"):
        name, _, turn = part.partition("[")
        path.append(name)
        if turn:
            turns.append(int(turn.rstrip("]")))
    return Seat(tuple(path), tuple(turns))


def options_of(
    question: Question, scope: FormScope, names: frozenset[str] | None = None
) -> tuple[Option, ...]:
    """The options offered here: its list, through its choice_filter; or only those of the given names."""
    rows = scope.plan.form.lists.get(question.options, ())
    if names is not None:
        rows = tuple(row for row in rows if row.name in names)
    if question.choice_filter is None:
        return rows
    keeps = question.choice_filter.evaluate
    return tuple(row for row in rows if as_bool(keeps(replace(scope, option=row))))
