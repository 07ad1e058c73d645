"""What came of a job, in words: counts that can be added up, and how late it was done.

"500 reminded, 3 unreachable" and "500 reminded" are "1000 reminded, 3 unreachable"
"""

import re
from datetime import datetime, timedelta

LATE = timedelta(minutes=10)
"""Whoever comes later than that makes up for something."""
_COUNT = re.compile(r"(\d+) (\S.*)")


def lateness(moment: datetime, now: datetime) -> str:
    """What the outcome of something that was made up for says besides; empty for what was in time."""
    minutes = int((now - moment).total_seconds()) // 60
    return f"{minutes} minutes late" if now - moment > LATE else ""


def counts(outcome: str) -> dict[str, int]:
    """Its counts by what was counted; what is no count is left out."""
    found = (_COUNT.fullmatch(part) for part in outcome.split(", "))
    return {one[2]: int(one[1]) for one in found if one}


def added(came: str, so_far: str) -> str:
    """Both outcomes as one; what is no count stands as it is."""
    counts: dict[str, int | None] = {}
    for part in filter(None, (*came.split(", "), *so_far.split(", "))):
        found = _COUNT.fullmatch(part)
        name = found[2] if found else part
        before = counts.get(name)
        counts[name] = (before or 0) + int(found[1]) if found else None
    return ", ".join(name if count is None else f"{count} {name}" for name, count in counts.items())
