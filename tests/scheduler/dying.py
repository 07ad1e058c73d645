"""A clock in a process of its own that is killed in the middle of its work: URL KEYFILE."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Job, Ticker
from storage.book import Book
from storage.keys import Keys
from storage.store import Store

EIGHT = CronTrigger(hour=8, timezone=ZoneInfo("Asia/Makassar"))
DONE = "digest.done"


def note(book: Book, moment: datetime) -> str:
    """Write the moment down behind those before it."""
    book.marks.put(DONE, f"{book.marks.get(DONE)} {moment.isoformat()}".strip())
    return "noted"


def die(book: Book, moment: datetime) -> str:
    note(book, moment)
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


digest = Job("digest", EIGHT, note)

if __name__ == "__main__":
    store = Store(sys.argv[1], Keys.load(Path(sys.argv[2])))
    monday = datetime(2024, 11, 25, 0, 0, 30, tzinfo=UTC)
    asyncio.run(Ticker(store, (Job("digest", EIGHT, die),), lambda: monday).look())
