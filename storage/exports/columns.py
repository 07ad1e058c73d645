"""Which columns a form's answers need, in its order: those of every version, each turn of a repeat."""

from collections.abc import Iterable, Sequence

from core.forms.form import Form, Item, Kind, Question, Repeat
from storage.exports.rows import path_of

NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
UNKNOWN = 1_000_000
"""Where an answer stands whose question no version has: last."""


class Columns:
    """The versions of one form, the newest last."""

    def __init__(self, versions: Sequence[Form]) -> None:
        self._order: dict[tuple[str, ...], int] = {}
        self._repeats: set[tuple[str, ...]] = set()
        self._kinds: dict[str, Kind] = {}
        for form in reversed(versions):
            self._number(form.items)
            for question in form.questions():
                self._kinds.setdefault("/".join(question.path), question.kind)

    def always(self) -> set[str]:
        """The places that are there even if nobody answered: all questions outside repeats."""
        return {
            path for path, kind in self._kinds.items() if kind is not Kind.NOTE and not self._repeated(path)
        }

    @property
    def has_repeats(self) -> bool:
        """How many columns there are is told by the answers alone."""
        return bool(self._repeats)

    def sorted(self, places: Iterable[str]) -> list[str]:
        return sorted(places, key=self._rank)

    def is_number(self, place: str) -> bool:
        return self._kinds.get(path_of(place)) in NUMBERS

    def _rank(self, place: str) -> tuple[tuple[int, int], ...]:
        """Step by step: where the group or question stands, then which turn of it."""
        steps = [step.partition("[") for step in place.split("/")]
        names = tuple(name for name, _, _ in steps)
        turns = [int(turn.rstrip("]") or 0) for _, _, turn in steps]
        return tuple((self._order.get(names[: n + 1], UNKNOWN), turns[n]) for n in range(len(steps)))

    def _repeated(self, path: str) -> bool:
        steps = tuple(path.split("/"))
        return any(steps[: n + 1] in self._repeats for n in range(len(steps)))

    def _number(self, items: Sequence[Item]) -> None:
        for item in items:
            self._order.setdefault(item.path, len(self._order))
            if isinstance(item, Repeat):
                self._repeats.add(item.path)
            if not isinstance(item, Question):
                self._number(item.items)
