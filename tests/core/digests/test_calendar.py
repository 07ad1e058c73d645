from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.digests.calendar import days_of, heading, moment_shown, week_shown, week_with_year
from tests.core.digests.weeks import KUKAR, MONDAY, SEVEN


@pytest.mark.parametrize(
    ("monday", "indonesian", "english"),
    [
        (MONDAY, "18–24 Nov", "18–24 Nov"),
        (date(2024, 11, 25), "25 Nov – 1 Des", "25 Nov – 1 Dec"),
        (date(2024, 7, 29), "29 Jul – 4 Agu", "29 Jul – 4 Aug"),
    ],
)
def test_a_week_is_written_shortly(monday: date, indonesian: str, english: str) -> None:
    week = replace(KUKAR, first=monday, last=monday + timedelta(days=6))
    assert (week_shown(week, "id"), week_shown(week, "en")) == (indonesian, english)


def test_the_year_is_that_of_the_sunday() -> None:
    week = replace(KUKAR, first=date(2024, 12, 30), last=date(2025, 1, 5))
    assert week_with_year(week, "id") == "30 Des – 5 Jan 2025"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Makassar", "Senin 25 Nov, 07.00 WITA"),
        ("Asia/Jakarta", "Senin 25 Nov, 06.00 WIB"),
        ("Asia/Jayapura", "Senin 25 Nov, 08.00 WIT"),
    ],
)
def test_a_moment_is_on_the_clocks_of_the_area(zone: str, said: str) -> None:
    assert moment_shown(SEVEN, zone, "id") == said


def test_what_is_asked_for_on_another_day_is_no_monday_desk() -> None:
    asked = replace(KUKAR, made_for=datetime(2024, 11, 27, 2, 15, tzinfo=UTC))
    assert heading(KUKAR, "id") == "Desk Senin 25 Nov"
    assert heading(asked, "id") == "Rekap Rabu 27 Nov"


def test_a_week_has_seven_days() -> None:
    assert [day.day for day in days_of(KUKAR)] == [18, 19, 20, 21, 22, 23, 24]
