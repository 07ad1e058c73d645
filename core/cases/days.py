"""Deadlines in calendar and working days, with Indonesia's holidays and its three time zones.

3 working days after Sunday 22 September 2024: Wednesday 25 September, until 23.59.59 there.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from core.cases.procedure import Counting
from core.model.zones import zone_of

ONE_DAY = timedelta(days=1)
SATURDAY = 5
LAST_COUNTED = date(9000, 1, 1)
"""No calendar of holidays goes further, and nobody's deadline does."""


def last_day(start: date, days: int, counting: Counting, counts_first_day: bool = False) -> date:
    """The last day of a term that begins on `start`, which is itself not counted unless it is said so."""
    if start > LAST_COUNTED:
        return start
    day = start - ONE_DAY if counts_first_day and start > date.min else start
    if counting == "calendar":
        return day + days * ONE_DAY
    for _ in range(days):
        day = _next_working(day)
    return day


def is_working(day: date) -> bool:
    """Neither weekend nor public holiday nor joint leave (cuti bersama)."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def end_of(day: date, office: str) -> datetime:
    """Its last second where the office is, as aware UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone_of(office))).astimezone(UTC)


def day_in(office: str, moment: datetime) -> date:
    """Which day it is where the office is."""
    return moment.astimezone(ZoneInfo(zone_of(office))).date()


def _next_working(day: date) -> date:
    day += ONE_DAY
    while not is_working(day):
        day += ONE_DAY
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("ID", years=year, categories=("public", "government")))
