"""Which periods of a duty exist: worked out by hand for the known ones, and rules for all."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lapordesk
from core.elections.election import Duty, Stage
from core.elections.periods import Period, passes_at, periods
from core.elections.reading import parse_election
from core.model.zones import ZONES
from tests.core.elections.samples import duty, election

WITA = "Asia/Makassar"
PILKADA = Path(lapordesk.__file__).parent / "bundled" / "elections" / "pilkada-2024.toml"


def local(zone: str, period: Period) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        f"{moment.astimezone(ZoneInfo(zone)):%d %b %H:%M}" for moment in (period.start, period.due)
    )


def of(one: Duty, first: date, last: date, zone: str = WITA) -> list[tuple[str, str]]:
    return [local(zone, period) for period in periods(election(one), one, first, last, zone)]


def test_weeks_are_cut_by_the_stage() -> None:
    weekly = duty(cadence="weekly", stage="kampanye", due=time(18))
    found = of(weekly, date(2024, 9, 1), date(2024, 12, 1))
    assert found[:2] == [("25 Sep 06:00", "29 Sep 18:00"), ("30 Sep 06:00", "06 Oct 18:00")]
    assert found[-1] == ("18 Nov 06:00", "23 Nov 18:00"), "the stage ends on a Saturday"
    assert len(found) == 9


def test_a_week_may_end_on_another_day() -> None:
    weekly = duty(cadence="weekly", stage="kampanye", due=time(12), weekday=0)
    assert of(weekly, date(2024, 10, 1), date(2024, 10, 7)) == [("01 Oct 06:00", "07 Oct 12:00")]


def test_each_quiet_day_has_its_own() -> None:
    assert of(duty(), date(2024, 11, 25), date(2024, 12, 30)) == [
        ("25 Nov 06:00", "25 Nov 20:00"),
        ("26 Nov 06:00", "26 Nov 20:00"),
    ]


def test_voting_day_has_hours() -> None:
    hourly = duty(cadence="hourly", stage="pungut-hitung", opens=time(7), due=time(9, 30), grace_minutes=15)
    day = date(2024, 11, 27)
    assert of(hourly, day, day) == [
        ("27 Nov 07:00", "27 Nov 08:15"),
        ("27 Nov 08:00", "27 Nov 09:15"),
        ("27 Nov 09:00", "27 Nov 09:45"),
    ]


def test_an_hour_passes_when_the_next_one_is_over() -> None:
    day = date(2024, 11, 27)
    hourly = duty(cadence="hourly", stage="pungut-hitung", opens=time(7), due=time(9, 30), grace_minutes=15)
    passing = [
        (period, passes_at(hourly, period)) for period in periods(election(hourly), hourly, day, day, WITA)
    ]
    shown = [f"{at.astimezone(ZoneInfo(WITA)):%H:%M}" for _, at in passing if at]
    assert shown == ["09:00", "10:00", "10:30"]
    daily = periods(election(duty()), duty(), date(2024, 11, 25), date(2024, 11, 25), WITA)
    assert passes_at(duty(), daily[0]) is None


@pytest.mark.parametrize(("zone", "first"), [(ZONES[0], 0), (ZONES[1], -1), (ZONES[2], -2)])
def test_the_bundled_hours_are_those_of_each_zones_own_clocks(zone: str, first: int) -> None:
    """07.00 is midnight UTC in Jakarta, an hour earlier in Samarinda, two in Jayapura."""
    pilkada = parse_election(PILKADA.read_text(encoding="utf-8"))
    hourly = next(one for one in pilkada.duties if one.cadence == "hourly")
    around = (date(2024, 11, 26), date(2024, 11, 28))
    midnight = datetime(2024, 11, 27, tzinfo=UTC)
    assert [
        (period.start - midnight, period.due - period.start)
        for period in periods(pilkada, hourly, *around, zone)
    ] == [(timedelta(hours=first + number), timedelta(minutes=90)) for number in range(6)]


def test_once_is_for_the_whole_stage_and_grace_may_pass_midnight() -> None:
    once = duty(cadence="once", stage="pungut-hitung", due=time(23, 59), opens=time(13), grace_minutes=720)
    assert of(once, date(2024, 11, 28), date(2024, 11, 28)) == [("27 Nov 13:00", "28 Nov 11:59")]
    assert of(once, date(2024, 11, 29), date(2024, 11, 30)) == []


def test_an_event_makes_its_own() -> None:
    assert of(duty(cadence="per-event", stage="kampanye"), date(2024, 9, 1), date(2024, 12, 1)) == []


def test_the_same_hour_is_another_moment_in_each_zone() -> None:
    day = date(2024, 11, 24)
    starts = [periods(election(duty()), duty(), day, day, zone)[0].start for zone in ZONES]
    assert starts == [datetime(2024, 11, 23, hour, tzinfo=UTC) for hour in (23, 22, 21)]


def test_a_change_of_the_clocks_takes_no_hour_and_doubles_none() -> None:
    """Nowhere in Indonesia; were it so, as in New York on 3 Nov 2024, the day has an hour more."""
    fall = Stage("pungut-hitung", {"id": ""}, date(2024, 11, 3), date(2024, 11, 3))
    hourly = duty(cadence="hourly", stage="pungut-hitung", opens=time(0), due=time(6))
    there = periods(election(hourly, stages=(fall,)), hourly, fall.first, fall.last, "America/New_York")
    assert len(there) == 7
    assert all(one.due == after.start for one, after in itertools.pairwise(there))


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def duties(draw: st.DrawFn) -> tuple[Stage, Duty]:
    first = draw(DAYS)
    stage = Stage("kampanye", {"id": ""}, first, first + timedelta(days=draw(st.integers(0, 40))))
    opens, due = sorted(draw(st.lists(CLOCK, min_size=2, max_size=2, unique=True)))
    cadence = draw(st.sampled_from(["once", "hourly", "daily", "weekly"]))
    more = {"opens": opens, "weekday": draw(st.integers(0, 6)), "grace_minutes": draw(st.integers(0, 90))}
    return stage, duty(cadence=cadence, stage="kampanye", due=due, **more)


@given(duties(), st.sampled_from(ZONES))
def test_they_never_overlap_and_are_due_within_the_stage(made: tuple[Stage, Duty], zone: str) -> None:
    stage, one = made
    grace = timedelta(minutes=one.grace_minutes)
    whole = periods(election(one, stages=(stage,)), one, stage.first, stage.last + timedelta(days=1), zone)
    assert whole
    assert all(early.due - grace <= late.start for early, late in itertools.pairwise(whole))
    for period in whole:
        begins, ends = (at.astimezone(ZoneInfo(zone)) for at in (period.start, period.due - grace))
        assert begins < ends
        assert stage.holds(begins.date()) and stage.holds(ends.date())
        assert begins.time() >= one.opens and ends.time() <= one.due
    if one.cadence == "weekly":
        on = [(at.due - grace).astimezone(ZoneInfo(zone)).weekday() for at in whole[:-1]]
        assert set(on) <= {one.weekday}


@given(duties(), st.sampled_from(ZONES), st.integers(-3, 50), st.integers(0, 20))
def test_some_days_of_a_stage_have_the_periods_that_run_on_them(
    made: tuple[Stage, Duty], zone: str, skipped: int, length: int
) -> None:
    stage, one = made
    whole = periods(election(one, stages=(stage,)), one, date(2020, 1, 1), date(2030, 1, 1), zone)
    first = stage.first + timedelta(days=skipped)
    last = first + timedelta(days=length)
    begin = datetime.combine(first, time(0), ZoneInfo(zone))
    end = datetime.combine(last + timedelta(days=1), time(0), ZoneInfo(zone))
    running = [period for period in whole if period.start < end and period.due >= begin]
    assert list(periods(election(one, stages=(stage,)), one, first, last, zone)) == running


def test_a_duty_of_a_stage_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        of(duty(stage="psu"), date(2024, 1, 1), date(2024, 1, 2))
