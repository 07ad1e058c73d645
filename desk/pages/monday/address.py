"""How a week stands in an address: /desk/monday/64.72/2024-11-18; anything else is as unknown as no week."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path

from core.digests.weeks import monday_of
from desk.refused import unknown
from desk.weekly import AREA, DAY

AreaCode = Annotated[str, Path(pattern=AREA)]
Day = Annotated[str, Path(pattern=DAY)]


def monday(week: Day) -> date:
    """Of the week in which the day lies."""
    return monday_in(week)


def monday_in(day: str) -> date:
    try:
        return monday_of(date.fromisoformat(day))
    except ValueError:
        raise unknown() from None


Monday = Annotated[date, Depends(monday)]


def week_path(area: str, monday: date) -> str:
    """Without the desk's own path before it."""
    return f"/monday/{area}/{monday.isoformat()}"
