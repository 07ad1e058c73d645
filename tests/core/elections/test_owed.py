"""A report is asked for once before it is due and once after, and a campaign event's once it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.elections.events import CampaignEvent
from core.elections.owed import (
    ASKED_AFTER,
    ASKED_BEFORE,
    PAST,
    Owed,
    at_hand,
    is_spoken_of,
    is_to_be_asked,
    spoken_of,
)
from core.model.people import Post, Role

PTPS = Post(7, Role.PTPS, "64.72.05.1004.012", ("TPS 012", "Sidodadi", "Samarinda Ulu"), "Asia/Makassar")
DUE = datetime(2024, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATROL = Owed(481, PTPS, "patroli", {"id": "Patroli", "en": "Patrol"}, True, DUE - 14 * HOUR, DUE)
RALLY = CampaignEvent("STTP/12", "64.72.05.1004", "Gedung Guru", DUE - 27 * HOUR, DUE - 24 * HOUR)


SEVEN = datetime(2024, 11, 26, 23, tzinfo=UTC)
HOURS = tuple(
    Owed(
        number,
        PTPS,
        "situasi",
        {"id": "Situasi TPS"},
        False,
        period=SEVEN + number * HOUR,
        due=SEVEN + number * HOUR + timedelta(minutes=90),
        passes_at=SEVEN + (number + 2) * HOUR,
    )
    for number in range(6)
)
"""Voting day in Samarinda: 07.00–08.00, to be told by 08.30, until 12.00–13.00."""


@pytest.mark.parametrize(
    ("hours", "reminded", "asked"),
    [
        (-3.1, 0, False),
        (-3, 0, True),
        (-1, 0, True),
        (-1, ASKED_BEFORE, False),
        (0, 0, True),
        (0, ASKED_BEFORE, True),
        (5, ASKED_BEFORE, True),
        (5, ASKED_AFTER, False),
        (71.9, 0, True),
        (72, 0, False),
    ],
)
def test_once_before_and_once_after(hours: float, reminded: int, asked: bool) -> None:
    assert is_to_be_asked(replace(PATROL, reminded=reminded), DUE + hours * HOUR) is asked


def test_who_asked_for_tomorrow_is_left_in_peace_until_then() -> None:
    waits = replace(PATROL, waits_until=DUE + 12 * HOUR)
    assert not is_to_be_asked(waits, DUE + 11 * HOUR)
    assert not is_spoken_of(waits, DUE + 11 * HOUR)
    assert is_to_be_asked(waits, DUE + 12 * HOUR)


def test_an_event_is_asked_about_when_it_is_over() -> None:
    event = replace(PATROL, event=RALLY)
    assert not is_to_be_asked(event, RALLY.ends_at - HOUR)
    assert is_to_be_asked(event, RALLY.ends_at)
    assert not is_to_be_asked(replace(event, reminded=ASKED_BEFORE), DUE - HOUR)
    assert is_to_be_asked(replace(event, reminded=ASKED_BEFORE), DUE)


def test_what_was_asked_for_stands_in_the_next_reminder_too() -> None:
    asked = replace(PATROL, reminded=ASKED_AFTER)
    assert is_spoken_of(asked, DUE + HOUR)
    assert not is_spoken_of(asked, DUE + PAST)


@pytest.mark.parametrize(
    ("minutes", "number"),
    [(0, None), (59, None), (60, 0), (119, 0), (120, 1), (360, 5), (419, 5), (420, None)],
)
def test_an_hour_is_asked_for_when_it_is_over_until_the_next_takes_its_place(
    minutes: int, number: int | None
) -> None:
    now = SEVEN + timedelta(minutes=minutes)
    asked = [one.id for one in HOURS if is_to_be_asked(one, now)]
    assert asked == ([] if number is None else [number])


def test_for_an_hour_nothing_is_said_again_that_was_asked_for_already() -> None:
    noon = SEVEN + 5 * HOUR
    patrol, voting = (
        replace(PATROL, reminded=ASKED_AFTER),
        replace(PATROL, id=9, nihil=False, due=noon + 3 * HOUR),
    )
    assert spoken_of([patrol, *HOURS], noon - HOUR) == [HOURS[3]]
    assert spoken_of([patrol, *HOURS, voting], noon) == [HOURS[4], patrol, voting]
    told = [replace(one, reminded=ASKED_AFTER) for one in HOURS]
    assert spoken_of([patrol, *told], noon) == []


@pytest.mark.parametrize(
    ("minutes", "number"), [(10, 0), (70, 0), (91, 1), (130, 1), (151, 2), (389, 5), (400, 5)]
)
def test_of_the_hours_only_the_one_that_a_report_would_close_is_at_hand(minutes: int, number: int) -> None:
    now = SEVEN + timedelta(minutes=minutes)
    begun = [one for one in HOURS if one.period <= now]
    assert at_hand([PATROL, *begun], now) == [PATROL, HOURS[number]]
    assert at_hand(HOURS, SEVEN + 7 * HOUR) == []
