"""The periods of a duty: when each begins and by when its report is due, in the zone of those who owe it.

weekly, opens 06.00, due Sunday 18.00, campaign from Wed 25 Sep to Sat 23 Nov, in Samarinda (UTC+8)
  24 Sep 22.00Z – 29 Sep 10.00Z     the first week is short
  29 Sep 22.00Z –  6 Oct 10.00Z     ...
  17 Nov 22.00Z – 23 Nov 10.00Z     and so is the last: it is due on the stage's last day
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.elections.election import Duty, Election, Stage

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Aware UTC. `due` has the duty's grace in it: what comes later is late."""

    start: datetime
    due: datetime


def periods(election: Election, duty: Duty, first: date, last: date, zone: str) -> tuple[Period, ...]:
    """Those that run on one of the days from first to last, in order; a duty per event has none."""
    stage = election.stage(duty.stage)
    where = ZoneInfo(zone)
    opening, closing = _moment(first, time.min, where), _moment(last + DAY, time.min, where)
    every = _spans(duty, stage, first, last, where)
    return tuple(period for period in every if period.start < closing and period.due >= opening)


def passes_at(duty: Duty, period: Period) -> datetime | None:
    """When the next hour takes its place; None for what is awaited until it comes."""
    if duty.cadence != "hourly":
        return None
    return period.due - timedelta(minutes=duty.grace_minutes) + HOUR


def _spans(duty: Duty, stage: Stage, first: date, last: date, zone: ZoneInfo) -> Iterator[Period]:
    match duty.cadence:
        case "once":
            yield _span(duty, stage.first, stage.last, zone)
        case "daily":
            for day in _days(max(stage.first, first - _leeway(duty)), min(stage.last, last)):
                yield _span(duty, day, day, zone)
        case "weekly":
            yield from _weeks(duty, stage, zone)
        case "hourly":
            for day in _days(max(stage.first, first - _leeway(duty)), min(stage.last, last)):
                yield from _hours(duty, day, zone)
        case "per-event":
            return


def _weeks(duty: Duty, stage: Stage, zone: ZoneInfo) -> Iterator[Period]:
    """From the day after one due day to the next; the stage cuts the first and the last."""
    begins = stage.first
    while begins <= stage.last:
        ends = begins + timedelta(days=(duty.weekday - begins.weekday()) % 7)
        yield _span(duty, begins, min(ends, stage.last), zone)
        begins = ends + DAY


def _hours(duty: Duty, day: date, zone: ZoneInfo) -> Iterator[Period]:
    start, end = _moment(day, duty.opens, zone), _moment(day, duty.due, zone)
    while start < end:
        yield Period(start, min(start + HOUR, end) + timedelta(minutes=duty.grace_minutes))
        start += HOUR


def _span(duty: Duty, first: date, last: date, zone: ZoneInfo) -> Period:
    due = _moment(last, duty.due, zone) + timedelta(minutes=duty.grace_minutes)
    return Period(_moment(first, duty.opens, zone), due)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def _leeway(duty: Duty) -> timedelta:
    """How many days before a day a period may have begun that still runs on it."""
    return timedelta(days=1 + duty.grace_minutes // (24 * 60))


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += DAY
