"""A report is asked for once before it is due and once after, and a campaign event's once it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.elections.events import CampaignEvent
from core.elections.owed import ASKED_AFTER, ASKED_BEFORE, PAST, Owed, is_spoken_of, is_to_be_asked
from core.model.people import Post, Role

PTPS = Post(7, Role.PTPS, "64.72.05.1004.012", ("TPS 012", "Sidodadi", "Samarinda Ulu"), "Asia/Makassar")
DUE = datetime(2024, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PATROL = Owed(481, PTPS, "patroli", {"id": "Patroli", "en": "Patrol"}, True, DUE - 14 * HOUR, DUE)
RALLY = CampaignEvent("STTP/12", "64.72.05.1004", "Gedung Guru", DUE - 27 * HOUR, DUE - 24 * HOUR)


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
