from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cases.days import day_in, end_of, is_working, last_day
from core.cases.procedure import Counting

DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "counting", "last"),
    [
        # A dispute's object of Sunday 22 September 2024: the last day is 25 September.
        (date(2024, 9, 22), 3, "working", date(2024, 9, 25)),
        # Pilkada: known on 27 November, reported within 7 calendar days, weekend and voting day or not.
        (date(2024, 11, 27), 7, "calendar", date(2024, 12, 4)),
        # Initial study and repair, 2 calendar days each, over a weekend.
        (date(2024, 11, 29), 2, "calendar", date(2024, 12, 1)),
        # Decision: 3 calendar days.
        (date(2024, 12, 2), 3, "calendar", date(2024, 12, 5)),
        # Pemilu: 7 working days over a weekend.
        (date(2024, 2, 15), 7, "working", date(2024, 2, 26)),
        # 14 February 2024 was a holiday: voting day.
        (date(2024, 2, 13), 1, "working", date(2024, 2, 15)),
        # Lunar New Year with its joint leave and a weekend: 8 to 11 February.
        (date(2024, 2, 7), 1, "working", date(2024, 2, 12)),
        # Idul Fitri 2024: 8 to 12 and 15 April, joint leave included.
        (date(2024, 4, 5), 1, "working", date(2024, 4, 16)),
        (date(2024, 4, 5), 7, "working", date(2024, 4, 24)),
        # Idul Fitri 2025 with Nyepi before it: 28 March to 7 April.
        (date(2025, 3, 27), 3, "working", date(2025, 4, 10)),
        # Christmas and its joint leave, then New Year: across the end of the year.
        (date(2024, 12, 24), 1, "working", date(2024, 12, 27)),
        (date(2024, 12, 24), 3, "working", date(2024, 12, 31)),
        (date(2024, 12, 24), 4, "working", date(2025, 1, 2)),
        (date(2024, 12, 31), 2, "calendar", date(2025, 1, 2)),
        # The leap day counts like any other.
        (date(2024, 2, 27), 2, "calendar", date(2024, 2, 29)),
        # A petition's decision: 12 calendar days.
        (date(2024, 9, 27), 12, "calendar", date(2024, 10, 9)),
        # Public information: 10 working days.
        (date(2024, 11, 25), 10, "working", date(2024, 12, 10)),
    ],
)
def test_the_last_day(start: date, days: int, counting: Counting, last: date) -> None:
    assert last_day(start, days, counting) == last


def test_extensions_go_on_where_the_term_ended() -> None:
    first = last_day(date(2024, 12, 2), 3, "calendar")
    assert last_day(first, 2, "calendar") == date(2024, 12, 7) == last_day(date(2024, 12, 2), 5, "calendar")
    first = last_day(date(2024, 4, 1), 7, "working")
    assert last_day(first, 7, "working") == last_day(date(2024, 4, 1), 14, "working") == date(2024, 4, 29)


def test_the_first_day_may_count() -> None:
    assert last_day(date(2024, 11, 27), 7, "calendar", counts_first_day=True) == date(2024, 12, 3)
    assert last_day(date(2024, 9, 23), 3, "working", counts_first_day=True) == date(2024, 9, 25)
    # A Sunday is no working day, so it cannot be the first of three.
    assert last_day(date(2024, 9, 22), 3, "working", counts_first_day=True) == date(2024, 9, 25)


@pytest.mark.parametrize(
    ("office", "end"),
    [
        ("31.71", datetime(2024, 9, 25, 16, 59, 59, tzinfo=UTC)),
        ("64.72", datetime(2024, 9, 25, 15, 59, 59, tzinfo=UTC)),
        ("91.71", datetime(2024, 9, 25, 14, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_last_day_counts_whole_where_the_office_is(office: str, end: datetime) -> None:
    assert end_of(date(2024, 9, 25), office) == end
    assert day_in(office, end) == date(2024, 9, 25)


def test_it_is_the_next_day_in_the_east_first() -> None:
    late = datetime(2024, 12, 31, 15, 30, tzinfo=UTC)
    assert day_in("31.71", late) == date(2024, 12, 31)
    assert day_in("64.72", late) == date(2024, 12, 31)
    assert day_in("91.71", late) == date(2025, 1, 1)


@given(DATES, st.integers(1, 40))
def test_working_days_end_on_one_and_there_are_as_many(start: date, days: int) -> None:
    last = last_day(start, days, "working")
    assert is_working(last)
    between = [date.fromordinal(day) for day in range(start.toordinal() + 1, last.toordinal() + 1)]
    assert sum(map(is_working, between)) == days


@given(st.dates(), st.integers(1, 60), st.sampled_from(["calendar", "working"]), st.booleans())
def test_no_date_is_too_odd(start: date, days: int, counting: Counting, first: bool) -> None:
    last = last_day(start, days, counting, first)
    assert last >= start or first
    assert end_of(last, "64.72").tzinfo is UTC
