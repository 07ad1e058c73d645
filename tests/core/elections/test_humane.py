"""Nobody is written to at night or on a Sunday morning, and everybody can be sometime soon."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.elections.election import Election
from core.elections.humane import may_write, next_chance, next_opening, open_areas
from core.model.zones import ZONES, zone_of
from tests.core.elections.samples import election

SAMARINDA, PONTIANAK, JAYAPURA = "64.72", "61.71", "91.71"
HERE = (election(),)
"""In province 64: quiet from Sunday 24 November on, voting on Wednesday 27."""
AREAS = st.sampled_from([SAMARINDA, PONTIANAK, JAYAPURA])
MOMENTS = st.datetimes(datetime(2024, 10, 1), datetime(2024, 12, 20), timezones=st.just(UTC))


def wita(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2024, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (wita(25, 7, 59), False),
        (wita(25, 8), True),
        (wita(25, 19, 59), True),
        (wita(25, 20), False),
        (wita(25, 3), False),
        (wita(17, 3), False),
        (wita(17, 11, 59), False),
        (wita(17, 12), True),
        (wita(24, 8), True),  # a Sunday of the quiet period
        (wita(24, 7, 59), False),
        (wita(27, 8), True),
    ],
)
def test_by_day_and_not_on_a_sunday_morning(moment: datetime, may: bool) -> None:
    assert may_write(HERE, SAMARINDA, moment) is may


def test_voting_on_a_sunday_leaves_nobody_in_church() -> None:
    sunday = election(voting_day=wita(1, 0, month=12).date())
    assert may_write((sunday,), SAMARINDA, wita(1, 8, month=12))
    assert not may_write((sunday,), SAMARINDA, wita(1, 7, month=12))


def test_an_election_is_no_bodys_elses_hurry() -> None:
    """At nine in Samarinda it is eight in Pontianak, where nobody votes."""
    assert open_areas(HERE, wita(24, 9), "Asia/Makassar") == {"64"}
    assert not may_write(HERE, PONTIANAK, wita(24, 9))
    assert may_write((election(areas=frozenset()),), PONTIANAK, wita(24, 9))


def test_each_zone_has_its_own_hours() -> None:
    assert [may_write((), area, wita(25, 8)) for area in (SAMARINDA, PONTIANAK, JAYAPURA)] == [
        True,
        False,
        True,
    ]
    assert not may_write((), JAYAPURA, wita(25, 19, 30))


@pytest.mark.parametrize(
    ("at", "chance"),
    [
        (wita(25, 15, 7), wita(25, 15, 7)),
        (wita(25, 20), wita(26, 8)),
        (wita(26, 2), wita(26, 8)),
        (wita(16, 21), wita(17, 12)),  # Saturday night
        (wita(17, 9), wita(17, 12)),
        (wita(23, 21), wita(24, 8)),
    ],
)
def test_what_may_not_be_said_now_waits(at: datetime, chance: datetime) -> None:
    assert next_chance(HERE, SAMARINDA, at) == chance


@given(MOMENTS, AREAS, st.sampled_from([(), HERE]))
def test_the_next_chance_is_one_and_the_first(
    at: datetime, area: str, elections: tuple[Election, ...]
) -> None:
    chance = next_chance(elections, area, at)
    assert at <= chance <= at + timedelta(hours=16)
    assert may_write(elections, area, chance)
    minutes = int((chance - at).total_seconds() // 60)
    for minute in range(0, minutes, 7):
        assert not may_write(elections, area, at + timedelta(minutes=minute))


@given(MOMENTS, AREAS, st.sampled_from([(), HERE]))
def test_never_at_night_nor_on_a_usual_sunday_morning(
    at: datetime, area: str, elections: tuple[Election, ...]
) -> None:
    local = at.astimezone(ZoneInfo(zone_of(area)))
    if may_write(elections, area, at):
        assert 8 <= local.hour < 20
        is_busy = elections and area == SAMARINDA and local.day == 24 and local.month == 11
        assert local.weekday() != 6 or local.hour >= 12 or is_busy


@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from([(), HERE]))
def test_a_zone_opens_with_its_first_area(at: datetime, zone: str, elections: tuple[Election, ...]) -> None:
    opening = next_opening(elections, at, zone)
    assert open_areas(elections, opening, zone)
    assert opening == at or not open_areas(elections, at, zone)
