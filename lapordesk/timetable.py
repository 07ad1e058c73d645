"""All that the clock does, in its order: periods are opened before anybody is reminded of them."""

from collections.abc import Callable
from datetime import datetime

from bot.forms import FormShelf
from lapordesk.settings import Settings
from scheduler.counting import counting
from scheduler.deadlines import deadlines
from scheduler.events import events
from scheduler.latest import latest
from scheduler.likeness import likenesses
from scheduler.monday import Monday
from scheduler.periods import periods
from scheduler.reminders import reminders
from scheduler.silence import silence
from scheduler.ticker import Job, Round
from scheduler.unfinished import unfinished
from scheduler.upkeep import forgetting, upkeep
from storage.evidence import Evidence


def timetable(settings: Settings, shelf: FormShelf, evidence: Evidence) -> tuple[Job, ...]:
    return (
        periods(),
        *reminders(),
        *silence(),
        *events(),
        unfinished(shelf, settings.timezone, settings.language),
        deadlines(),
        counting(),
        forgetting(),
        upkeep(evidence),
    )


def rounds(settings: Settings, evidence: Evidence, clock: Callable[[], datetime]) -> tuple[Round, ...]:
    """What takes long runs beside the others, with a ticker of its own."""
    mondays = Monday(evidence, settings.language, clock).rounds()
    return (*mondays, latest(settings.province), likenesses(evidence))
