"""When somebody may be written to unasked: by day on their own clocks, and not on a Sunday morning.

Monday to Saturday         08.00 – 20.00
Sunday                     12.00 – 20.00
quiet period, voting day   08.00 – 20.00 on a Sunday too
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from core.elections.election import Election
from core.model.areas import within
from core.model.zones import zone_of

MORNING, NOON, EVENING = time(8), time(12), time(20)
SUNDAY = 6
QUIET_STAGE = "masa-tenang"
EVERYWHERE = frozenset({""})
NOWHERE = frozenset[str]()
LONGEST_REST = 3
"""Days after which it is some time that anybody may be written to."""


def open_areas(elections: Iterable[Election], now: datetime, zone: str) -> frozenset[str]:
    """Where in the zone people may be written to now: codes of areas; "" stands for all of it."""
    local = now.astimezone(ZoneInfo(zone))
    if not MORNING <= local.time() < EVENING:
        return NOWHERE
    if local.weekday() != SUNDAY or local.time() >= NOON:
        return EVERYWHERE
    busy = (one.areas or EVERYWHERE for one in elections if is_busy(one, local.date()))
    return frozenset(code for areas in busy for code in areas)


def may_write(elections: Iterable[Election], area: str, now: datetime) -> bool:
    """May somebody whose post is in the area be written to now?"""
    return any(within(area, one) for one in open_areas(elections, now, zone_of(area)))


def next_chance(elections: Iterable[Election], area: str, at: datetime) -> datetime:
    """The first moment from `at` on at which they may be; aware UTC."""
    elections, zone = tuple(elections), ZoneInfo(zone_of(area))
    chances = chain((at,), _openings(at, zone))
    return next(one.astimezone(UTC) for one in chances if one >= at and may_write(elections, area, one))


def next_opening(elections: Iterable[Election], at: datetime, zone: str) -> datetime:
    """The first moment from `at` on at which somebody in the zone may be written to; aware UTC."""
    elections, where = tuple(elections), ZoneInfo(zone)
    chances = chain((at,), _openings(at, where))
    return next(one.astimezone(UTC) for one in chances if one >= at and open_areas(elections, one, zone))


def is_busy(election: Election, day: date) -> bool:
    """The days on which nobody in the election has a Sunday."""
    quiet = (stage for stage in election.stages if stage.name == QUIET_STAGE)
    return day == election.voting_day or any(stage.holds(day) for stage in quiet)


def _openings(at: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The hours from which writing may begin, on this day and those after it."""
    today = at.astimezone(zone).date()
    for number in range(LONGEST_REST):
        for hour in (MORNING, NOON):
            yield datetime.combine(today + timedelta(days=number), hour, zone)
