"""The figures that the public is told: cases of twelve whole months, reports by stage, small ones left out.

A cell of the cases is (area, month, procedure); where one of them does not matter stands `ALL`:

    ("64.72", "2024-11", ALL)      all that Kota Samarinda received in November
    ("64.72", ALL, "laporan")      its complaints of all twelve months

Only whole months are told: a month that still grows would tell from one day to the next who came.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from statistics import median
from typing import TypeVar

from core.openness.hiding import FEWEST, Line, hidden

ALL = "all"
MONTHS = 12

CaseCell = tuple[str, str, str]
"""Area, month, procedure."""
ReportCell = tuple[str, str]
"""Area, stage."""
C = TypeVar("C", CaseCell, ReportCell)


@dataclass(frozen=True, slots=True)
class Course:
    """What a case tells the statistics: nothing but when, where and which procedure."""

    procedure: str
    office: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Already without what must not be told: a cell that is not there is hidden."""

    updated_at: datetime
    """The midnight up to which is counted."""
    areas: Mapping[str, str]
    """Names by code: the kab/kota, and the province's own office."""
    months: tuple[str, ...]
    procedures: tuple[str, ...]
    stages: tuple[str, ...]
    received: Mapping[CaseCell, int]
    closed: Mapping[CaseCell, int]
    took: Mapping[CaseCell, int]
    """Days from coming in to closing: half of the cases took no longer."""
    reports: Mapping[ReportCell, int]


def months_before(day: date) -> tuple[str, ...]:
    """The last whole months before that day, the oldest first: ("2023-11", …, "2024-10")."""
    last = day.year * 12 + day.month - 2
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in range(last - MONTHS + 1, last + 1))


def first_day(midnight: datetime) -> datetime:
    """When the first of those months began."""
    year, month = map(int, months_before(midnight.date())[0].split("-"))
    return midnight.replace(year=year, month=month, day=1)


def figures(
    courses: Iterable[Course],
    reports: Mapping[ReportCell, int],
    areas: Mapping[str, str],
    procedures: Sequence[str],
    midnight: datetime,
) -> Figures:
    """Counted and made safe; `reports`: how many were filed from each area at each stage; `midnight`: in the
    zone by which months are told apart."""
    here, months = midnight.tzinfo, months_before(midnight.date())
    received: Counter[CaseCell] = Counter()
    lasted: defaultdict[CaseCell, list[int]] = defaultdict(list)
    for course in courses:
        if course.office in areas and course.procedure in procedures:
            came, went = _months(course, here)
            received.update(_cells(course, came, months))
            for cell in _cells(course, went, months):
                lasted[cell].append(_days(course))
    lines = case_lines(tuple(areas), months, tuple(procedures))
    told = Counter({cell: len(days) for cell, days in lasted.items()})
    closed = _shown(told, lines)
    stages = tuple(sorted({stage for _, stage in reports}))
    return Figures(
        updated_at=midnight,
        areas=areas,
        months=months,
        procedures=tuple(procedures),
        stages=stages,
        received=_shown(received, lines),
        closed=closed,
        took={cell: round(median(lasted[cell])) for cell in closed if _has_typical(cell)},
        reports=_shown(_with_totals(reports, areas), report_lines(tuple(areas), stages)),
    )


def case_lines(
    areas: Sequence[str], months: Sequence[str], procedures: Sequence[str]
) -> list[Line[CaseCell]]:
    """What adds up to what in the three tables: area by month, area by procedure, month by procedure."""
    lines = [Line(_WHOLE, tuple((ALL, ALL, one) for one in procedures))]
    lines += [Line(_WHOLE, tuple((one, ALL, ALL) for one in areas))]
    lines += [Line(_WHOLE, tuple((ALL, one, ALL) for one in months))]
    for area in areas:
        lines.append(Line((area, ALL, ALL), tuple((area, one, ALL) for one in months)))
        lines.append(Line((area, ALL, ALL), tuple((area, ALL, one) for one in procedures)))
    for month in months:
        lines.append(Line((ALL, month, ALL), tuple((one, month, ALL) for one in areas)))
        lines.append(Line((ALL, month, ALL), tuple((ALL, month, one) for one in procedures)))
    for procedure in procedures:
        lines.append(Line((ALL, ALL, procedure), tuple((one, ALL, procedure) for one in areas)))
        lines.append(Line((ALL, ALL, procedure), tuple((ALL, one, procedure) for one in months)))
    return lines


def report_lines(areas: Sequence[str], stages: Sequence[str]) -> list[Line[ReportCell]]:
    lines = [Line((area, ALL), tuple((area, stage) for stage in stages)) for area in (*areas, ALL)]
    return lines + [Line((ALL, stage), tuple((area, stage) for area in areas)) for stage in (*stages, ALL)]


_WHOLE: CaseCell = (ALL, ALL, ALL)


def _months(course: Course, here: tzinfo | None) -> tuple[str, str]:
    went = f"{course.closed_at.astimezone(here):%Y-%m}" if course.closed_at else ""
    return f"{course.opened_at.astimezone(here):%Y-%m}", went


def _cells(course: Course, month: str, months: Sequence[str]) -> list[CaseCell]:
    """The cells of the three tables in which it counts."""
    if month not in months:
        return []
    whole = (course.office, month, course.procedure)
    kept = ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1))
    return [(whole[0] if a else ALL, whole[1] if m else ALL, whole[2] if p else ALL) for a, m, p in kept]


def _days(course: Course) -> int:
    return (course.closed_at - course.opened_at).days if course.closed_at else 0


def _has_typical(cell: CaseCell) -> bool:
    """Told for an area and for a procedure as a whole, where more than a few cases stand behind it."""
    return cell[1] == ALL and ALL in (cell[0], cell[2])


def _with_totals(reports: Mapping[ReportCell, int], areas: Collection[str]) -> Counter[ReportCell]:
    found: Counter[ReportCell] = Counter()
    here = {cell: count for cell, count in reports.items() if cell[0] in areas}
    for (area, stage), count in here.items():
        for cell in ((area, stage), (area, ALL), (ALL, stage), (ALL, ALL)):
            found[cell] += count
    return found


def _shown(counts: Counter[C], lines: Sequence[Line[C]]) -> Mapping[C, int]:
    """Where nobody came is as little told as where one came."""
    whole = {cell: counts[cell] for line in lines for cell in line.cells}
    away = hidden(whole, lines)
    return {cell: count for cell, count in whole.items() if cell not in away and count >= FEWEST}
