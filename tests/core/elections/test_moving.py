from datetime import date, timedelta

import pytest

from core.elections.moving import around, renamed
from core.elections.reading import read_election
from tests.core.elections.test_reading import BUNDLED, read

TEXT = (BUNDLED / "elections" / "pilkada-2024.toml").read_text()


@pytest.mark.parametrize("today", [date(2026, 1, 1) + timedelta(days=n) for n in range(8)])
def test_voting_is_two_to_three_weeks_ahead_and_on_a_wednesday(today: date) -> None:
    moved, plain = read(around(TEXT, today, 14)), read(TEXT)
    assert timedelta(days=14) <= moved.voting_day - today < timedelta(days=21)
    assert moved.voting_day.weekday() == 2
    by = moved.voting_day - plain.voting_day
    assert [stage.first - by for stage in moved.stages] == [stage.first for stage in plain.stages]
    assert [stage.last - by for stage in moved.stages] == [stage.last for stage in plain.stages]
    assert [stage.name for stage in moved.stages_on(today)] == ["kampanye"]


def test_it_goes_under_another_name() -> None:
    election = read(renamed(TEXT, "demo", "2026-01-01"))
    assert (election.name, election.version) == ("demo", "2026-01-01")
    assert election.stages == read(TEXT).stages


def test_only_an_election_is_moved() -> None:
    assert read_election("x = 1")[0] is None
    with pytest.raises(ValueError, match="not an election"):
        around("x = 1", date(2026, 1, 1), 14)
