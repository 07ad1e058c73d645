"""A form with what is looked up all the time worked out once: where each name is, and its number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.forms.expressions import Expression
from core.forms.form import SILENT, Form, Group, Item, Kind, Question, Repeat

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where in the form we stand: a path, and the turn of each repeat on the way."""

    path: Path
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One version of a form, ready to be filled."""

    form: Form
    items: Mapping[Path, Item] = field(init=False)
    named: Mapping[str, tuple[Path, ...]] = field(init=False)
    ordinals: Mapping[Path, int] = field(init=False)
    """Each question's number in the sheet, short enough for the key of a button."""
    paths: tuple[Path, ...] = field(init=False)
    asked: frozenset[Path] = field(init=False)
    """The questions that are put to somebody: neither filled in silently nor only told."""
    judged_by: Mapping[Path, frozenset[str]] = field(init=False)
    """The names that a question's constraint goes by, also through calculations."""
    looks_ahead: bool = field(init=False)
    """Does what is relevant or calculated depend on what comes later, or on other turns of a repeat?"""

    fixed: Mapping[Path, str] = field(init=False)
    """The places of what is in no repeat."""
    seats: Mapping[Path, Seat] = field(init=False)
    """The seat of each path when no turn is known, made once."""
    unmistakable: Mapping[str, str] = field(init=False)
    """The places of the names that can mean only one, wherever they are used."""
    is_coded: bool = field(init=False)
    """Can it be told in one coded SMS?"""
    _repeats: Mapping[Path, int] = field(init=False)

    def __post_init__(self) -> None:
        items = dict(_by_path(self.form.items))
        named: defaultdict[str, list[Path]] = defaultdict(list)
        for path in items:
            named[path[-1]].append(path)
        put = object.__setattr__
        put(self, "items", items)
        put(self, "named", {name: tuple(paths) for name, paths in named.items()})
        put(self, "paths", tuple(items))
        put(self, "seats", {path: Seat(path) for path in items})
        put(self, "asked", frozenset(q.path for q in self.form.questions() if _is_put(q)))
        put(self, "judged_by", {q.path: self._judged_by(q) for q in self.form.questions() if q.constraint})
        put(self, "is_coded", any(question.sms for question in self.form.questions()))
        put(self, "ordinals", {path: number for number, path in enumerate(items)})
        around = {
            path: sum(isinstance(items[path[: n + 1]], Repeat) for n in range(len(path))) for path in items
        }
        put(self, "_repeats", around)
        fixed = {path: "/".join(path) for path in items if not around.get(path[:-1])}
        put(self, "fixed", fixed)
        single = {name: paths[0] for name, paths in named.items() if len(paths) == 1 and not around[paths[0]]}
        put(self, "unmistakable", {name: fixed[path] for name, path in single.items() if path in fixed})
        put(self, "looks_ahead", any(self._looks_ahead(item) for item in items.values()))

    def nearest(self, name: str, here: Path) -> Path | None:
        """The path that a name means when it is used at `here`: the one that shares most of its way."""
        paths = self.named.get(name, ())
        if len(paths) == 1:
            return paths[0]
        return max(paths, key=lambda path: len(shared_way(path, here)), default=None)

    def _judged_by(self, question: Question) -> frozenset[str]:
        found: set[str] = set()
        left = list(question.constraint.references) if question.constraint else []
        while left:
            name = left.pop()
            path = self.nearest(name, question.path)
            if name in found or path is None:
                continue
            found.add(name)
            other = self.question(path)
            if other is not None and other.calculation is not None:
                left += other.calculation.references
        return frozenset(found)

    def is_repeat(self, path: Path) -> bool:
        return isinstance(self.items.get(path), Repeat)

    def question(self, path: Path) -> Question | None:
        item = self.items.get(path)
        return item if isinstance(item, Question) else None

    def repeats_in(self, path: Path) -> int:
        """How many repeats a path goes through, its own end included."""
        return self._repeats.get(path, 0)

    def _looks_ahead(self, item: Item) -> bool:
        return any(
            self.ordinals[other] >= self.ordinals[item.path]
            or self.repeats_in(shared_way(other, item.path)) > 0
            for formula in _walked(item)
            for name in formula.references
            if (other := self.nearest(name, item.path)) is not None
        )


def shared_way(one: Path, other: Path) -> Path:
    """The groups and repeats that two paths have in common."""
    for n, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:n]
    return one[: len(other)]


def _is_put(question: Question) -> bool:
    is_told = question.kind is Kind.NOTE or question.read_only
    return question.calculation is None and question.kind not in SILENT and not is_told


def _walked(item: Item) -> tuple[Expression, ...]:
    """The formulas that decide what the walk through a form finds."""
    match item:
        case Question():
            formulas = (item.relevant, item.calculation, item.default if item.kind is Kind.HIDDEN else None)
        case Repeat():
            formulas = (item.relevant, item.count, None)
        case Group():
            formulas = (item.relevant, None, None)
    return tuple(formula for formula in formulas if formula is not None)


def _by_path(items: tuple[Item, ...]) -> Iterator[tuple[Path, Item]]:
    for item in items:
        yield item.path, item
        if isinstance(item, Group | Repeat):
            yield from _by_path(item.items)
