"""A clock process whose time is told to it: a number and an ISO moment a line; it says "done" and the number.

Run as `python -m tests.chaos.clockwork DATABASE_URL KEY_FILE FOLDER`. What is started only has everything
imported; the clock is its child, whose number it says, and when that is killed another one goes on.
What it draws is left blank: that Monday's pictures are right is tried elsewhere, here only who gets them.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from lapordesk.app import Works, build
from lapordesk.settings import Settings
from scheduler import monday
from scheduler.render.rendered import Rendered
from storage.keys import Keys
from storage.store import Store
from tests.conversations.stage import Clock


def settings_for(database_url: str, folder: Path) -> Settings:
    return Settings(_env_file=None, data=folder, database_url=database_url)  # type: ignore[call-arg]


def main() -> None:
    monday.render = lambda digest, language: Rendered(digest.name, b"", b"", b"")  # type: ignore[attr-defined]
    while True:
        child = os.fork()
        if child == 0:
            tick(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
            return
        print(f"clock {child}", flush=True)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) >= 0:
            return


def tick(url: str, key_file: Path, folder: Path) -> None:
    """Until the input ends. What stands in the pipe is taken at once: a kill leaves no half a line there."""
    clock = Clock(datetime(2024, 9, 1, tzinfo=UTC))
    store = Store(url, Keys.load(key_file))
    works = build(settings_for(url, folder), store, clock)
    with asyncio.Runner() as runner:
        while told := os.read(0, 4096):
            number, moment = told.decode().splitlines()[-1].split()
            clock.now = datetime.fromisoformat(moment)
            runner.run(look(works))
            os.write(1, f"done {number}\n".encode())
    store.close()


async def look(works: Works) -> None:
    await works.ticker.look()
    await works.rounds.look()


if __name__ == "__main__":
    main()
