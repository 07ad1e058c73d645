"""Moments as the desk shows them: short, in the office's zone, and how much of a clock is left."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from core.speech.texts import Texts

HOUR = 3600
DAY = 24 * HOUR
SOON = 2 * DAY


def moment(at: datetime, zone: str, language: str) -> str:
    """27 Nov 2024, 07.20"""
    return format_datetime(at.astimezone(ZoneInfo(zone)), _shape(language), locale=language)


def _shape(language: str) -> str:
    return "d MMM y, HH:mm" if language == "en" else "d MMM y, HH.mm"


def left(due: datetime, now: datetime, words: Texts) -> str:
    """3 days left, 5 hours left, 2 days late."""
    seconds = (due - now).total_seconds()
    which = "left" if seconds >= 0 else "late"
    unit, size = ("days", DAY) if abs(seconds) >= SOON else ("hours", HOUR)
    return words.say(f"desk.time.{which}.{unit}", count=int(abs(seconds) // size))


def urgency(due: datetime | None, now: datetime) -> str:
    """late, soon, calm; none where no clock runs."""
    if due is None:
        return "none"
    seconds = (due - now).total_seconds()
    return "late" if seconds < 0 else "soon" if seconds < SOON else "calm"
