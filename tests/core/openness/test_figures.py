"""Counting cases for the public: whole months only, three tables that add up, nothing small."""

from datetime import UTC, date, datetime, timedelta, timezone

from core.openness.figures import ALL, Course, Figures, case_lines, figures, first_day, months_before
from core.openness.hiding import FEWEST

WITA = timezone(timedelta(hours=8))
MIDNIGHT = datetime(2024, 11, 20, tzinfo=WITA)
AREAS = {"64": "Kalimantan Timur", "64.02": "Kabupaten Kutai Kartanegara", "64.72": "Kota Samarinda"}
NAMES = ("informasi-awal", "laporan")


def course(office: str, month: int, name: str = "laporan", days: int = 3) -> Course:
    came = datetime(2024, month, 10, 2, tzinfo=UTC)
    return Course(name, office, came, came + timedelta(days=days))


def counted(*courses: Course) -> Figures:
    reports = {("64.72", "logistik"): 40, ("64.02", "logistik"): 30, ("64.02", ""): 2, ("63.71", ""): 9}
    return figures(courses, reports, AREAS, NAMES, MIDNIGHT)


def test_the_twelve_months_are_over() -> None:
    assert months_before(date(2024, 11, 20)) == tuple(
        f"{year}-{month:02}" for year, month in [(2023, 11), (2023, 12), *((2024, m) for m in range(1, 11))]
    )
    assert months_before(date(2024, 1, 1))[-1] == "2023-12"
    assert first_day(MIDNIGHT) == datetime(2023, 11, 1, tzinfo=WITA)


def test_what_came_this_month_is_not_told_yet() -> None:
    told = counted(*[course("64.72", 10)] * 8, *[course("64.72", 11)] * 20)
    assert told.received[ALL, ALL, ALL] == 8
    assert told.received[ALL, "2024-10", ALL] == 8


def test_a_month_begins_at_midnight_of_the_office() -> None:
    eve = datetime(2024, 9, 30, 16, 30, tzinfo=UTC)
    told = counted(*[Course("laporan", "64.72", eve, None)] * 8)
    assert told.received[ALL, "2024-10", ALL] == 8
    assert told.closed == {}


def test_days_are_told_of_those_that_are_many() -> None:
    told = counted(*[course("64.72", 9, days=n) for n in (1, 2, 4, 8, 30)], *[course("64.02", 9)] * 3)
    assert told.took[ALL, ALL, "laporan"] == 3
    assert ("64.02", ALL, ALL) not in told.took
    assert all(cell in told.closed for cell in told.took)


def test_a_small_office_stays_hidden_and_cannot_be_computed() -> None:
    told = counted(*[course("64.72", 10)] * 20, *[course("64.02", 10)] * 9, *[course("64", 10)] * 2)
    offices = [(area, ALL, ALL) for area in AREAS]
    assert told.received[ALL, ALL, ALL] == 31
    assert sum(cell not in told.received for cell in offices) >= 2
    assert all(count >= FEWEST for count in told.received.values())
    for line in case_lines(tuple(AREAS), told.months, NAMES):
        away = [cell for cell in line.cells if cell not in told.received]
        shown = sum(told.received.get(cell, 0) for cell in line.parts)
        assert len(away) != 1 or told.received[line.total] == shown, line


def test_reports_of_an_unknown_place_are_left_out() -> None:
    told = counted()
    assert told.reports[ALL, ALL] == 72
    assert ("64.02", "") not in told.reports
    assert ("64.02", "logistik") not in told.reports, "or 30 + 2 would tell the 2"
