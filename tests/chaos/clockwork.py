"""A clock process whose time is told to it: a number and a moment; it gives the number back when done.

Pictures, workbooks and pages are left blank: that they are right is tried elsewhere, here only who gets them.
"""

import asyncio
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from core.digests.digest import Digest
from core.digests.text import digest_text
from lapordesk.app import Works, build
from lapordesk.settings import Settings
from scheduler import monday
from scheduler.render.rendered import Rendered
from storage.keys import Keys
from storage.store import Store
from tests.conversations.stage import Clock


def settings_for(database_url: str, folder: Path) -> Settings:
    return Settings(_env_file=None, data=folder, database_url=database_url)  # type: ignore[call-arg]


def tick(pipe: Connection, url: str, key_file: Path, folder: Path) -> None:
    """Until it is told nothing more."""
    monday.render = _undrawn  # type: ignore[attr-defined]
    clock = Clock(datetime(2024, 9, 1, tzinfo=UTC))
    store = Store(url, Keys.load(key_file))
    works = build(settings_for(url, folder), store, clock)
    with asyncio.Runner() as runner:
        while told := pipe.recv():
            number, clock.now = told
            runner.run(_look(works))
            pipe.send(number)
    store.close()


async def _look(works: Works) -> None:
    await works.ticker.look()
    await works.rounds.look()


def _undrawn(digest: Digest, language: str) -> Rendered:
    return Rendered(digest_text(digest, language), b"", b"", b"")
