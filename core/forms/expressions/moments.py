"""Dates and times: read from their ISO forms, and counted in days.

A day is counted by the clock on the wall of whoever answered: `date(decimal-date-time(${tanggal}) + 14)`
is two weeks later in Samarinda too, where counting in UTC would lose a day.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

Moment: TypeAlias = date | datetime | time

_SECONDS = 86400.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_DAY_FORM = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([T ]{_CLOCK})?")
_TIME_FORM = re.compile(_CLOCK)


def read_moment(text: str) -> Moment | None:
    """The date, time or both that a text is the ISO form of."""
    text = text.strip()
    try:
        if text[4:5] == "-" and (found := _DAY_FORM.fullmatch(text)):
            return datetime.fromisoformat(text) if found[1] else date.fromisoformat(text)
        if text[2:3] == ":" and _TIME_FORM.fullmatch(text):
            return time.fromisoformat(text)
    except (ValueError, OverflowError):
        pass  # 31 February, 25 o'clock
    return None


def days(moment: Moment) -> float:
    """Days since 1970-01-01 on its own wall clock; of a time, the part of the day."""
    match moment:
        case datetime():
            return _since_epoch(moment.replace(tzinfo=UTC))
        case date():
            return float((moment - _EPOCH.date()).days)
        case time():
            day = timedelta(
                hours=moment.hour,
                minutes=moment.minute,
                seconds=moment.second,
                microseconds=moment.microsecond,
            )
            return day.total_seconds() / _SECONDS


def aligned(left: Moment, right: Moment) -> tuple[float, float]:
    """Both as days that can be compared: true instants where both know their offset."""
    if isinstance(left, datetime) and isinstance(right, datetime) and left.tzinfo and right.tzinfo:
        return _since_epoch(left), _since_epoch(right)
    return days(left), days(right)


def from_days(count: float) -> datetime | None:
    """The wall-clock time so many days after 1970 began; None for what no calendar holds."""
    try:
        return _EPOCH.replace(tzinfo=None) + timedelta(days=count)
    except (OverflowError, ValueError):
        return None


def moment_text(moment: Moment) -> str:
    """The lexical form of XForms: 2024-11-27, 07:20:00.000+08:00, 2024-11-27T07:20:00.000+08:00."""
    if isinstance(moment, datetime | time):
        return moment.isoformat(timespec="milliseconds")
    return moment.isoformat()


def _since_epoch(moment: datetime) -> float:
    return (moment - _EPOCH).total_seconds() / _SECONDS
