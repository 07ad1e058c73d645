"""Which week the desk speaks of, and the moment that its Monday stands for: seven o'clock in the area's zone.

Monday 25 Nov, 07.00    the week that ended, 18 – 24 Nov; so all that Monday
Wednesday 27 Nov        the week that runs, 25 Nov – 1 Dec
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.digests.span import Span, week
from core.model.zones import zone_of

WEEK = timedelta(days=7)
SEVEN = time(7)
REACH = timedelta(weeks=4)
YEARS = range(2000, 2100)
"""A button comes from anybody's browser."""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def moment_of(area: str, monday: date) -> datetime:
    """When the digest of that week is made: the Monday after it, at seven; aware UTC."""
    return datetime.combine(monday + WEEK, SEVEN, ZoneInfo(zone_of(area))).astimezone(UTC)


def last_moment(area: str, now: datetime) -> datetime:
    """The last Monday at seven up to now."""
    monday = monday_of(_local(area, now)) - WEEK
    moment = moment_of(area, monday)
    return moment if moment <= now else moment_of(area, monday - WEEK)


def week_of_moment(area: str, moment: datetime) -> date:
    """The Monday of the week that a digest made at that moment is about."""
    today = _local(area, moment)
    return today - WEEK if today.weekday() == 0 else monday_of(today)


def week_before(area: str, now: datetime) -> date:
    """The Monday of the last whole week."""
    return monday_of(_local(area, now)) - WEEK


def may_be_sent(area: str, monday: date, now: datetime) -> bool:
    """From its Sunday on: before that there is more to come."""
    return is_in_reach(area, monday, now) and _local(area, now) >= monday + timedelta(days=6)


def is_in_reach(area: str, monday: date, now: datetime) -> bool:
    """May something still be said of that week? Not of one to come, nor of one long gone."""
    this = monday_of(_local(area, now))
    return monday.weekday() == 0 and this - REACH <= monday <= this


def owed_lately(area: str, now: datetime) -> Span:
    """The last week and this one up to now: what is still to be chased."""
    first = monday_of(_local(area, now)) - WEEK
    return Span(area, first, (_local(area, now) - first).days + 1, now)


def owed_in(area: str, monday: date, now: datetime) -> Span:
    """The same for one week."""
    return week(area, monday, now)


def day_key(monday: date) -> str:
    """20241118, as it stands in a button."""
    return f"{monday:%Y%m%d}"


def day_of_key(written: str) -> date | None:
    """None for anything but the Monday of a week."""
    if len(written) != 8 or not (written.isascii() and written.isdecimal()):
        return None
    try:
        day = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None
    return day if day.weekday() == 0 and day.year in YEARS else None


def _local(area: str, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone_of(area))).date()
