"""What came of a job, as a person reads it: its counts in their language, and nothing of what was nought.

"0 reminded, 3 unreachable, 770 minutes late" is "3 tidak terjangkau, terlambat 13 jam"
"""

import re

from core.speech.texts import Texts

HOUR = 60
_LATE = re.compile(r"(\d+) minutes late")
_COUNT = re.compile(r"(\d+) (\S.*)")


def in_words(outcome: str, words: Texts) -> str:
    """What has no sentence of its own stands as it is: the reason of a failure."""
    parts = outcome.split(", ")
    late = sum(int(found[1]) for part in parts if (found := _LATE.fullmatch(part)))
    told = [said for part in parts if not _LATE.fullmatch(part) and (said := _part(part, words))]
    told = told or [words.say("desk_clock.came.nothing")]
    return ", ".join([*told, _late(late, words)] if late else told)


def _part(part: str, words: Texts) -> str:
    found = _COUNT.fullmatch(part)
    name, count = (found[2], int(found[1])) if found else (part, None)
    if count == 0:
        return ""
    key = key_of(name)
    return words.say(key, count=count) if key in words.sentences else part


def key_of(name: str) -> str:
    """Of the sentence that says a count: "areas failed" has `desk_clock.came.areas_failed`."""
    return f"desk_clock.came.{name.replace(' ', '_')}"


def _late(minutes: int, words: Texts) -> str:
    if minutes < HOUR:
        return words.say("desk_clock.came.late", count=minutes)
    return words.say("desk_clock.came.hours_late", count=round(minutes / HOUR))
