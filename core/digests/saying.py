"""What may be said of a week by whoever coordinates its area: sent up, a note, how a topic stands.

send(week, teller, now, is_nihil=False)  ──▶ Confirmed, or NotSaid("too_early")
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.digests.digest import Confirmation, Topic
from core.digests.topics import MARKS
from core.digests.weeks import is_in_reach, may_be_sent
from core.forms.answers.prose import cleaned
from core.model.areas import Level
from core.model.effects import Confirmed, Remarked, TopicSet

UPWARDS = (Level.REGENCY.value, Level.DISTRICT.value)
"""Who has somebody above to send a week to."""
LEAST, LONGEST = 3, 500
"""Letters of a note."""
LONGEST_ON_TOPIC = 300

Why = Literal["long_gone", "nobody_above", "too_early", "sent", "short", "long", "no_topic"]


@dataclass(frozen=True, slots=True)
class WeekState:
    """An area's week as it stands now."""

    area: str
    level: str
    monday: date
    confirmation: Confirmation | None = None
    """As it was sent last."""
    remark: str = ""
    """The last note, sent or not."""
    topics: Sequence[Topic] = ()


@dataclass(frozen=True, slots=True)
class Teller:
    """Who says it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class NotSaid:
    why: Why


def send(
    week: WeekState, by: Teller, now: datetime, *, is_nihil: bool, again: bool = False
) -> Confirmed | NotSaid:
    """Up to the level above; what was sent already only `again`, as a correction."""
    if week.level not in UPWARDS:
        return NotSaid("nobody_above")
    if not is_in_reach(week.area, week.monday, now):
        return NotSaid("long_gone")
    if not may_be_sent(week.area, week.monday, now):
        return NotSaid("too_early")
    if week.confirmation is not None and not again:
        return NotSaid("sent")
    return Confirmed(week.area, week.monday, is_nihil, week.remark, by.key, by.name)


def remark(week: WeekState, by: Teller, now: datetime, text: str) -> Confirmed | Remarked | NotSaid:
    """Added to what was sent already it is a correction; else it waits for the sending."""
    note = " ".join(cleaned(text).split())
    if not is_in_reach(week.area, week.monday, now):
        return NotSaid("long_gone")
    if not LEAST <= len(note) <= LONGEST:
        return NotSaid("short" if len(note) < LEAST else "long")
    sent = week.confirmation
    if sent is not None and week.level in UPWARDS:
        return Confirmed(week.area, week.monday, sent.is_nihil, note, by.key, by.name)
    return Remarked(week.area, week.monday, note, by.key, by.name)


def set_topic(
    week: WeekState, by: Teller, now: datetime, topic: str, mark: str, text: str = ""
) -> TopicSet | NotSaid:
    """The mark of a topic, and in one line why."""
    note = " ".join(cleaned(text).split())
    if not is_in_reach(week.area, week.monday, now):
        return NotSaid("long_gone")
    if mark not in MARKS or topic not in {one.name for one in week.topics}:
        return NotSaid("no_topic")
    if len(note) > LONGEST_ON_TOPIC:
        return NotSaid("long")
    return TopicSet(week.area, week.monday, topic, mark, note, by.key)
