"""A clock process whose time is told to it: one ISO moment a line, "done" after each.

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
    """Until the input ends. A line is read to its end and no further: the next may be for another clock."""
    clock = Clock(datetime(2024, 9, 1, tzinfo=UTC))
    store = Store(url, Keys.load(key_file))
    works = build(settings_for(url, folder), store, clock)
    with asyncio.Runner() as runner, open(0, "rb", buffering=0, closefd=False) as told:
        while line := told.readline():
            clock.now = datetime.fromisoformat(line.decode().strip())
            runner.run(look(works))
            os.write(1, b"done\n")
    store.close()


async def look(works: Works) -> None:
    await works.ticker.look()
    await works.rounds.look()


if __name__ == "__main__":
    main()
