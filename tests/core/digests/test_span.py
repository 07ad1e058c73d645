from datetime import UTC, date, datetime

from core.digests.span import week

MONDAY = datetime(2024, 11, 24, 23, tzinfo=UTC)
"""25 Nov, 07.00 in Samarinda."""


def test_a_week_is_that_of_the_areas_clock() -> None:
    span = week("64.72", date(2024, 11, 18), MONDAY)
    assert (span.start, span.end) == (
        datetime(2024, 11, 17, 16, tzinfo=UTC),
        datetime(2024, 11, 24, 16, tzinfo=UTC),
    )
    assert span.midnight(1) == datetime(2024, 11, 18, 16, tzinfo=UTC)


def test_the_week_before_is_seen_a_week_earlier() -> None:
    before = week("64.72", date(2024, 11, 18), MONDAY).before()
    assert before == week("64.72", date(2024, 11, 11), datetime(2024, 11, 17, 23, tzinfo=UTC))
