"""The last week of an election as in `ten_weeks`: three clocks, one of them killed each day, a network that
is down on the eve of a Sunday, reports that come in before their reminder has gone out.
"""

from datetime import date, time
from pathlib import Path

import pytest

from storage.keys import Keys
from storage.store import Store
from tests.chaos.people import FIVE, NOON, SEVEN, days
from tests.chaos.played import MORNING, NIGHT, play

SATURDAY, DAYS = date(2024, 11, 23), 7


def test_everybody_hears_what_they_should(
    store: Store, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keys.save(tmp_path / "keys")
    play(store, tmp_path / "keys", tmp_path, list(days(SATURDAY, DAYS)), _hours)


def _hours(day: date) -> list[time]:
    early = {6: [NIGHT], 0: [MORNING]}
    return [*early.get(day.weekday(), []), NOON, FIVE, SEVEN]
