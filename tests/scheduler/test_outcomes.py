"""Outcomes of parts add up, and what was late says how late."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.outcomes import added, counts, lateness

NOON = datetime(2024, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "so_far", "both"),
    [
        ("3 reminded", "", "3 reminded"),
        ("3 reminded, 1 unreachable", "500 reminded", "503 reminded, 1 unreachable"),
        ("0 reminded", "180 minutes late", "0 reminded, 180 minutes late"),
        ("noted", "", "noted"),
        ("noted", "90 minutes late", "noted, 90 minutes late"),
        ("", "", ""),
    ],
)
def test_parts_add_up(came: str, so_far: str, both: str) -> None:
    assert added(came, so_far) == both


def test_counts_by_what_was_counted() -> None:
    assert counts("503 reminded, 1 areas without anybody, noted") == {
        "reminded": 503,
        "areas without anybody": 1,
    }


def test_ten_minutes_are_no_delay() -> None:
    assert lateness(NOON, NOON + timedelta(minutes=10)) == ""
    assert lateness(NOON, NOON + timedelta(hours=3, seconds=5)) == "180 minutes late"
