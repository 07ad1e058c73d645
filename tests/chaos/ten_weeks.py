"""Ten weeks of an election with three clock processes, one of them killed each day: everybody hears exactly
what they should, at humane hours, and whoever has reported is left in peace. Minutes: `make chaos`.
"""

from datetime import date, time
from pathlib import Path

import pytest

from storage.keys import Keys
from storage.store import Store
from tests.chaos.people import FIVE, NOON, SEVEN, days
from tests.chaos.played import ASLEEP, MORNING, NIGHT, play

FIRST, WEEKS = date(2024, 9, 23), 10
"""A Monday; the campaign begins on the Wednesday, voting is on the Wednesday of the last week."""


def test_everybody_hears_what_they_should(
    store: Store, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keys.save(tmp_path / "keys")
    play(store, tmp_path / "keys", tmp_path, list(days(FIRST, 7 * WEEKS)), _hours)


def _hours(day: date) -> list[time]:
    return [NOON, FIVE, SEVEN] if day == ASLEEP else [NIGHT, MORNING, NOON, FIVE, SEVEN]
