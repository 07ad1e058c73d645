"""Every ten minutes: the periods that have begun are opened, so that it is known who owes what.

Nothing hangs on the moment: what is there already stays as it is, and what was missed is opened late.
"""

from datetime import UTC, datetime

from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Job
from storage.book import Book
from storage.duties import open_periods

NAME = "periods"


def periods() -> Job:
    return Job(NAME, CronTrigger(minute="*/10", timezone=UTC), _open)


def _open(book: Book, moment: datetime) -> str:
    made = open_periods(book, moment)
    return f"{made.periods} opened, {made.expected} expected"
