"""A clock of its own process, killed when it has told of deadlines and before it commits: URL KEYFILE NOW."""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scheduler.deadlines import Deadlines, deadlines
from scheduler.ticker import Ticker
from storage.book import Book
from storage.keys import Keys
from storage.store import Store


def watch_and_die(book: Book, moment: datetime) -> str:
    assert Deadlines().watch(book, moment) == "1 told"
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


if __name__ == "__main__":
    store = Store(sys.argv[1], Keys.load(Path(sys.argv[2])))
    now = datetime.fromisoformat(sys.argv[3])
    asyncio.run(Ticker(store, (replace(deadlines(), work=watch_and_die),), lambda: now).look())
