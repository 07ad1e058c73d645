"""What sums say of one question, as the rows of a table: by part of an area, by day, or by week.

choice   Samarinda Ulu   Ya 212   Tidak 9          number   Samarinda Ulu   41 answers, 8,120, 198, 3 to 280
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.analysis.sums import Numbers, Path, Sums

MOST = 8
"""Choices with a column of their own; what was chosen least often goes together."""
REST = ""
"""The name of all others together: no option has an empty one."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How often what was chosen."""

    names: tuple[str, ...]
    """In the order of the form."""
    whole: tuple[int, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """By the key of each part: the code of an area, or a day."""


def choices_of(path: Path, parts: Mapping[str, Sums], order: Sequence[str]) -> Choices:
    """`order` are the options as the form has them; others that were chosen once follow."""
    chosen = {key: sums.choices.get(path, Counter[str]()) for key, sums in parts.items()}
    whole = sum(chosen.values(), Counter[str]())
    names = [*order, *sorted(whole.keys() - set(order))]
    shown = names
    if len(names) > MOST:
        often = {name for name, _ in whole.most_common(MOST - 1)}
        shown = [*(name for name in names if name in often), REST]
    return Choices(
        tuple(shown),
        _counts(whole, shown),
        tuple((key, _counts(one, shown)) for key, one in chosen.items()),
    )


def numbers_of(path: Path, parts: Mapping[str, Sums]) -> dict[str, Numbers]:
    """Of the parts in which anybody answered."""
    return {key: sums.numbers[path] for key, sums in parts.items() if path in sums.numbers}


def by_area(found: Mapping[tuple[str, date], Sums], areas: Sequence[str]) -> dict[str, Sums]:
    """Each area with all of its days, also where nothing was answered."""
    parts = {area: Sums() for area in areas}
    for (area, _), sums in found.items():
        parts[area].merge(sums)
    return parts


def by_day(
    found: Mapping[tuple[str, date], Sums], first: date, last: date, *, weeks: bool = False
) -> dict[str, Sums]:
    """Each day, or the Monday of each week, with all of the areas; also where nothing was answered."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    parts = {_key(day, weeks=weeks): Sums() for day in days}
    for (_, day), sums in sorted(found.items(), key=lambda one: one[0][1]):
        parts[_key(day, weeks=weeks)].merge(sums)
    return parts


def _key(day: date, *, weeks: bool) -> str:
    return str(day - timedelta(days=day.weekday()) if weeks else day)


def _counts(chosen: Counter[str], names: Sequence[str]) -> tuple[int, ...]:
    rest = chosen.total() - sum(chosen[name] for name in names if name)
    return tuple(rest if name == REST else chosen[name] for name in names)
