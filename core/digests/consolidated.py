"""Topics put together: what an area says itself counts; where it says nothing, the worst said below it.

Tabang says logistik: masalah, of twenty kecamatan three say aman, Kukar itself nothing
  Kukar: logistik masalah (Tabang); keamanan belum, since seventeen have not said
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.digests.digest import Decision, Mark, Topic
from core.digests.topics import TopicKind

TROUBLED: tuple[Mark, ...] = ("masalah", "perhatian")
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody said last of a topic, for one area and week."""

    area: str
    topic: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standings:
    """What was said of each topic in an area and in those below it."""

    kinds: tuple[TopicKind, ...]
    entries: Mapping[tuple[str, str], Entry]
    """By area and topic."""
    below: Mapping[str, Sequence[str]]
    """The codes one level below each area."""
    names: Mapping[str, str]

    def marks(self, area: str) -> dict[str, Mark]:
        return {kind.name: self._mark(area, kind.name) for kind in self.kinds}

    def topics(self, area: str) -> tuple[Topic, ...]:
        """Each topic with its mark, its note, and the names of the troubled areas one level below."""
        return tuple(self._topic(area, kind) for kind in self.kinds)

    def decisions(self, area: str) -> tuple[Decision, ...]:
        """Each topic in trouble: in the areas below where they say so, else in the area itself."""
        return tuple(one for kind in self.kinds for one in self._decisions(area, kind.name))

    def _topic(self, area: str, kind: TopicKind) -> Topic:
        own = self.entries.get((area, kind.name))
        marks = {one: self._mark(one, kind.name) for one in self.below.get(area, ())}
        troubled = (self._name(one) for worst in TROUBLED for one, mark in marks.items() if mark == worst)
        mark, note = self._mark(area, kind.name), own.note if own else ""
        return Topic(kind.name, kind.label, mark, note, tuple(troubled))

    def _decisions(self, area: str, topic: str) -> Iterator[Decision]:
        there = [one for one in self.below.get(area, ()) if self._mark(one, topic) == "masalah"]
        yield from (Decision("topic", topic, one, self._name(one), None) for one in there)
        if not there and self._mark(area, topic) == "masalah":
            yield Decision("topic", topic, area, "", None)

    def _mark(self, area: str, topic: str) -> Mark:
        own = self.entries.get((area, topic))
        if own is not None and own.mark != "belum":
            return own.mark
        said = [self._mark(one, topic) for one in self.below.get(area, ())]
        worst = next((mark for mark in TROUBLED if mark in said), None)
        if worst is not None:
            return worst
        return "aman" if said and all(mark == "aman" for mark in said) else "belum"

    def _name(self, area: str) -> str:
        return self.names.get(area, area)
