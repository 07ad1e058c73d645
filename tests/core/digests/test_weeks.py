"""Which week the desk speaks of, and when its Monday is, in each zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digests.weeks import (
    day_key,
    day_of_key,
    is_in_reach,
    last_moment,
    may_be_sent,
    moment_of,
    owed_lately,
    week_before,
    week_of_moment,
)

MONDAY = date(2024, 11, 18)
moments = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
areas = st.sampled_from(["64", "64.02", "31.74", "91.03.08"])


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"2024-11-{day:02}T{hour:02}:{minute:02}:00+08:00")


@pytest.mark.parametrize(("area", "hour"), [("31", 0), ("64", -1), ("91", -2)])
def test_seven_is_seven_in_each_zone(area: str, hour: int) -> None:
    assert moment_of(area, MONDAY) == datetime(2024, 11, 25, tzinfo=UTC) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("now", "desk", "last"),
    [
        (wita(24, 23, 59), MONDAY, date(2024, 11, 11)),
        (wita(25, 0), MONDAY, MONDAY),
        (wita(25, 23, 59), MONDAY, MONDAY),
        (wita(26, 0), date(2024, 11, 25), MONDAY),
    ],
)
def test_on_mondays_it_speaks_of_the_week_that_ended(now: datetime, desk: date, last: date) -> None:
    assert week_of_moment("64", now) == desk
    assert week_before("64", now) == last


@given(areas, moments)
def test_the_last_moment_is_a_monday_at_seven_not_a_week_ago(area: str, now: datetime) -> None:
    moment = last_moment(area, now)
    assert moment <= now < moment + timedelta(days=7)
    assert moment_of(area, week_of_moment(area, moment)) == moment


@pytest.mark.parametrize(
    ("now", "sent", "said"),
    [
        (wita(17, 12), False, False),
        (wita(18, 0), False, True),
        (wita(23, 23, 59), False, True),
        (wita(24, 0), True, True),
        (wita(25, 7), True, True),
    ],
)
def test_a_week_is_sent_from_its_sunday_on(now: datetime, sent: bool, said: bool) -> None:
    assert may_be_sent("64", MONDAY, now) == sent
    assert is_in_reach("64", MONDAY, now) == said


def test_what_is_long_gone_is_let_be() -> None:
    assert is_in_reach("64", MONDAY, wita(18, 12) + timedelta(weeks=4))
    assert not is_in_reach("64", MONDAY, wita(18, 12) + timedelta(weeks=5))
    assert not may_be_sent("64", MONDAY + timedelta(days=1), wita(30, 12))


def test_lately_is_the_last_week_and_this_one() -> None:
    span = owed_lately("64", wita(27, 9))
    assert (span.first, span.days) == (MONDAY, 10)
    assert span.end == wita(28, 0)


@given(st.dates(date(2000, 1, 3), date(2099, 12, 27)))
def test_a_monday_comes_back_from_its_key(day: date) -> None:
    monday = day - timedelta(days=day.weekday())
    assert day_of_key(day_key(monday)) == monday
    if day != monday:
        assert day_of_key(day_key(day)) is None


@given(st.text(max_size=12))
def test_no_other_key_is_a_day(written: str) -> None:
    day = day_of_key(written)
    assert day is None or day_key(day) == written


@pytest.mark.parametrize("written", ["00010101", "19991227", "21000104", "٢٠٢٤١١١٨", "2024-1-1"])
def test_nor_is_one_out_of_time(written: str) -> None:
    assert day_of_key(written) is None
