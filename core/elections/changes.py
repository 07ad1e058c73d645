"""What a new version of an election means for periods that are already running.

A period goes on as it was opened. Due at another time: so be it, for those who have not told yet. Cut
otherwise (other hours, another weekday): the change holds from the next period on. No longer there at all:
nobody owes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.elections.election import Duty, Election
from core.elections.periods import Period, periods


@dataclass(frozen=True, slots=True)
class Opened:
    duty: str
    zone: str
    period: Period


@dataclass(frozen=True, slots=True)
class Changes:
    moved: tuple[tuple[Opened, datetime], ...]
    """Those that are due at another time, and when."""
    dropped: tuple[Opened, ...]


def changes(election: Election, opened: Iterable[Opened], now: datetime) -> Changes:
    """What happens to the opened periods of the election's duties that are not due yet."""
    duties = {duty.name: duty for duty in election.duties}
    moved, dropped = [], []
    for one in opened:
        duty = duties.get(one.duty)
        if duty is None or one.period.due <= now:
            continue
        near = _near(election, duty, one)
        same = next((period for period in near if period.start == one.period.start), None)
        if same is not None and same.due != one.period.due:
            moved.append((one, same.due))
        elif same is None and not any(is_same_time(duty, period, one.period) for period in near):
            dropped.append(one)
    return Changes(tuple(moved), tuple(dropped))


def is_same_time(duty: Duty, one: Period, other: Period) -> bool:
    """Would somebody be asked twice for the same time? What runs on in its grace does no harm."""
    grace = timedelta(minutes=duty.grace_minutes)
    return one.start < other.due - grace and other.start < one.due - grace


def _near(election: Election, duty: Duty, one: Opened) -> tuple[Period, ...]:
    first, last = _day(one.period.start, one.zone), _day(one.period.due, one.zone)
    return periods(election, duty, first - timedelta(days=1), last + timedelta(days=1), one.zone)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
