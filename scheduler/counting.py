"""Every five minutes: what was filed, corrected or withdrawn since is counted for the analysis of answers."""

from datetime import UTC, datetime

from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Came, Job, More
from storage.book import Book

NAME = "counting"
MINUTES = 5


def counting() -> Job:
    return Job(NAME, CronTrigger(minute=f"*/{MINUTES}", timezone=UTC), count)


def count(book: Book, _: datetime) -> Came:
    """A part at a time: nobody else can write while it goes on."""
    counted = book.analysis.count()
    came = f"{counted} counted"
    return More(came) if counted and book.analysis.waiting(1) else came
