"""Every two minutes the pictures of new reports are compared with those of other posts.

Nobody waits for it: a turn and a fetch are over long before, and what one round leaves the next one does.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Round
from storage.alike import Pictured
from storage.book import Book
from storage.evidence import Damaged, Evidence
from storage.keys import SealBroken
from storage.likeness import DIFFERENT, Sheet
from storage.store import Store
from storage.vaults.vault import Away

NAME = "likeness"
AT_ONCE = 50
ROUND_SECONDS = 40.0
"""Other rounds, the Monday digests among them, wait so long at most."""

log = structlog.get_logger(__name__)


def likenesses(evidence: Evidence) -> Round:
    return Round(NAME, CronTrigger(minute="*/2", timezone=UTC), Comparing(evidence).go)


@dataclass(frozen=True, slots=True)
class Comparing:
    evidence: Evidence

    async def go(self, store: Store, moment: datetime, now: datetime) -> str:
        """Each picture is over in a transaction of its own: whoever is killed here loses one comparison."""
        ends = time.monotonic() + ROUND_SECONDS
        compared = alike = 0
        dropped = await store.perform(lambda book: book.pictures.drop_of_cases())
        while time.monotonic() < ends and (batch := await asyncio.to_thread(_waiting, store)):
            for one in batch:
                try:
                    found = await asyncio.to_thread(self._compare, store, one)
                except Away:
                    return f"{compared} compared, {alike} alike, store away"
                alike += await store.perform(partial(_note, one, found, now))
                compared += 1
                if time.monotonic() > ends:
                    break
        return f"{compared} compared, {alike} alike, {dropped} of cases"

    def _compare(self, store: Store, one: Pictured) -> tuple[tuple[str, int], ...]:
        """Those that are the same picture, and how much of each is different, in thousandths."""
        if one.post is None:
            return ()
        with store.reading() as book:
            likely = book.pictures.likely(one)
        return tuple(self._alike(one, likely)) if likely else ()

    def _alike(self, one: Pictured, likely: list[Pictured]) -> Iterator[tuple[str, int]]:
        sheet = self._sheet(one)
        for other in likely if sheet else ():
            theirs = self._sheet(other)
            if sheet and theirs and (difference := sheet.difference(theirs)) <= DIFFERENT:
                yield other.media, round(difference * 1000)

    def _sheet(self, one: Pictured) -> Sheet | None:
        try:
            return Sheet.of(b"".join(self.evidence.open(one.media, one.view_path, one.data_key)))
        except (Damaged, SealBroken, FileNotFoundError) as trouble:
            log.warning("likeness.unreadable", media=one.media, error=type(trouble).__name__)
            return None


def _waiting(store: Store) -> list[Pictured]:
    with store.reading() as book:
        return book.pictures.waiting(AT_ONCE)


def _note(one: Pictured, found: tuple[tuple[str, int], ...], now: datetime, book: Book) -> int:
    return book.pictures.note(one.media, found, now)
