"""Which cells of a published table stay hidden, so that no small one is told, and none can be computed.

            Jan   Feb   total               Jan   Feb   total
    Berau     2     9      11       Berau     ·     ·      11      2 is too small; 9 would tell it (11 - 9)
    Paser     7     6      13       Paser     ·     ·      13      and so would the columns
    total     9    15      24       total     9    15      24

A cell below five is hidden. So is what would give it away: another cell of its line where it stands alone,
more of them where the hidden ones of a line are together still below five, and whatever all lines taken
together, as equations, would still pin to one number. A zero is hidden too, but may be found out: it is
about nobody. So all of this holds even against somebody who knows every zero.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

FEWEST = 5
PRIME = 2_147_483_647
"""The equations are solved modulo this: exactly, and without fractions that grow."""

Cell = TypeVar("Cell", bound=Hashable)
Equation = dict[Cell, int]
"""What a line tells of its hidden cells: the sum of these, each so many times, is known."""


@dataclass(frozen=True, slots=True)
class Line(Generic[Cell]):
    """A total and the parts that make it up."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The parts stand before their total."""
        return (*self.parts, self.total)


def hidden(counts: Mapping[Cell, int], lines: Sequence[Line[Cell]]) -> frozenset[Cell]:
    """Every cell that must not be told; the lines say what adds up to what."""
    away = {cell for cell, count in counts.items() if 0 < count < FEWEST}
    while more := _given_away(counts, lines, away) or _computed(counts, lines, away):
        away |= more
    return frozenset(away | {cell for cell, count in counts.items() if count == 0})


def _given_away(counts: Mapping[Cell, int], lines: Iterable[Line[Cell]], away: set[Cell]) -> set[Cell]:
    """One more cell for each line that alone would tell too much."""
    more = set()
    for line in lines:
        if _tells(line, counts, away):
            more |= _cheapest(line.cells, counts, away)
    return more


def _tells(line: Line[Cell], counts: Mapping[Cell, int], away: set[Cell]) -> bool:
    parts = [cell for cell in line.parts if cell in away]
    if line.total in away:
        return not parts
    together = sum(counts[cell] for cell in parts)
    return bool(parts) and (len(parts) == 1 or together < FEWEST or together == len(parts))


def _computed(counts: Mapping[Cell, int], lines: Sequence[Line[Cell]], away: set[Cell]) -> set[Cell]:
    """One more cell when all lines together pin one that is hidden."""
    pinned = next((cell for cell in _solved(lines, away)), None)
    if pinned is None:
        return set()
    near = [cell for line in lines if pinned in line.cells for cell in line.cells]
    return _cheapest(near, counts, away) or _cheapest(list(counts), counts, away)


def _cheapest(cells: Sequence[Cell], counts: Mapping[Cell, int], away: set[Cell]) -> set[Cell]:
    """The smallest of those that are shown still."""
    shown = [cell for cell in cells if cell not in away and counts[cell]]
    return {min(shown, key=lambda cell: counts[cell])} if shown else set()


def _solved(lines: Iterable[Line[Cell]], away: set[Cell]) -> list[Cell]:
    """The hidden cells that the equations leave but one value."""
    by_lead: dict[Cell, Equation[Cell]] = {}
    for line in lines:
        told = _reduced(_equation(line, away), by_lead)
        if told:
            _take_in(told, by_lead)
    return [lead for lead, equation in by_lead.items() if len(equation) == 1]


def _equation(line: Line[Cell], away: set[Cell]) -> Equation[Cell]:
    told = {cell: PRIME - 1 for cell in line.parts if cell in away}
    return told | ({line.total: 1} if line.total in away else {})


def _reduced(told: Equation[Cell], by_lead: Mapping[Cell, Equation[Cell]]) -> Equation[Cell]:
    """Without what the equations before say already."""
    for lead in [cell for cell in told if cell in by_lead]:
        told = _without(told, lead, by_lead[lead])
    return told


def _take_in(told: Equation[Cell], by_lead: dict[Cell, Equation[Cell]]) -> None:
    """Keep it solved for its first cell, which no other equation holds any more."""
    lead = next(iter(told))
    scale = pow(told[lead], -1, PRIME)
    solved = {cell: factor * scale % PRIME for cell, factor in told.items()}
    for other, equation in by_lead.items():
        if lead in equation:
            by_lead[other] = _without(equation, lead, solved)
    by_lead[lead] = solved


def _without(told: Equation[Cell], lead: Cell, solved: Equation[Cell]) -> Equation[Cell]:
    factor = told[lead]
    found = dict(told)
    for cell, other in solved.items():
        left = (found.get(cell, 0) - factor * other) % PRIME
        if left:
            found[cell] = left
        else:
            found.pop(cell, None)
    return found
