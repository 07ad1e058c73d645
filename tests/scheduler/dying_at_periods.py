"""A clock in its own process, killed when the periods are opened and not yet committed: URL KEYFILE."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from scheduler.periods import periods
from scheduler.ticker import Ticker
from storage.book import Book
from storage.keys import Keys
from storage.store import Store
from tests.storage.duties import expected, wita


def open_and_die(book: Book, moment: datetime) -> str:
    periods().work(book, moment)
    assert len(expected(book)) == 2
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


if __name__ == "__main__":
    store = Store(sys.argv[1], Keys.load(Path(sys.argv[2])))
    job = replace(periods(), work=open_and_die)
    asyncio.run(Ticker(store, (job,), lambda: wita(24, 7).astimezone(UTC)).look())
