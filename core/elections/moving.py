"""An election moved in time: the same weeks, the same weekdays, around another voting day."""

import re
from datetime import date, timedelta

from core.elections.reading import read_election

_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
WEEK = timedelta(days=7)


def around(text: str, today: date, days_before: int) -> str:
    """The file with each of its days moved by whole weeks: voting is at least so many days ahead.

    Only what is written of days changes: the weekdays stay, and with them everything that hangs on them.
    """
    election, problems = read_election(text)
    if election is None:
        raise ValueError(f"not an election: {len(problems)} problems")
    weeks = -((election.voting_day - today - timedelta(days=days_before)) // WEEK)
    return _DATE.sub(lambda found: (date.fromisoformat(found[0]) + weeks * WEEK).isoformat(), text)


def renamed(text: str, name: str, version: str) -> str:
    """The file under another name and version."""
    named = re.sub(r'^name = ".*"$', f'name = "{name}"', text, count=1, flags=re.MULTILINE)
    return re.sub(r'^version = ".*"$', f'version = "{version}"', named, count=1, flags=re.MULTILINE)
