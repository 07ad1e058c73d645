"""A clock in its own process, killed in the middle of its reminders: URL KEYFILE PARTS.

So many parts are done before, the next is written and not committed.
"""

import asyncio
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from core.model.zones import ZONES
from scheduler.reminders import Asking, reminders
from scheduler.ticker import Came, Ticker
from storage.book import Book
from storage.keys import Keys
from storage.store import Store
from tests.storage.duties import wita

WITA = ZONES.index("Asia/Makassar")
PAGE = 3


class Dying:
    def __init__(self, parts: int) -> None:
        self.left = parts
        self.asking = Asking("Asia/Makassar", PAGE)

    def ask(self, book: Book, moment: datetime) -> Came:
        came = self.asking.ask(book, moment)
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return came


if __name__ == "__main__":
    store = Store(sys.argv[1], Keys.load(Path(sys.argv[2])))
    job = replace(reminders()[WITA], work=Dying(int(sys.argv[3])).ask)
    asyncio.run(Ticker(store, (job,), lambda: wita(25, 17).astimezone(UTC)).look())
