"""Every ten minutes: the weeks that somebody may open at the desk are counted, where nobody did for long.

The desk counts by itself whatever is looked at; so nobody waits for a first look either: not on Monday
morning, and not after a night in which nobody looked.
"""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from core.digests.digest import Digest
from core.digests.weeks import monday_of, week_of_moment
from core.model.zones import zone_of
from scheduler.ticker import Round
from storage.book import Book
from storage.store import Store

NAME = "latest"
MINUTES = 10
OLD = timedelta(hours=6)
ROUND_SECONDS = 40.0
"""Other rounds wait so long at most; what is left is counted ten minutes later."""

Week = tuple[str, date]


def latest(province: str) -> Round:
    return Round(NAME, CronTrigger(minute=f"*/{MINUTES}", timezone=UTC), Counting(province).go)


@dataclass(frozen=True, slots=True)
class Counting:
    province: str
    """What those look at first who watch the whole country."""

    async def go(self, store: Store, moment: datetime, now: datetime) -> str:
        """Counted outside any transaction that writes, one area after the other."""
        ends, counted = time.monotonic() + ROUND_SECONDS, 0
        weeks = await asyncio.to_thread(self._behind, store, now)
        for area, monday in weeks:
            digest = await asyncio.to_thread(_count, store, area, monday, now)
            await store.perform(partial(_keep, digest))
            counted += 1
            if time.monotonic() > ends:
                break
        return f"{counted} counted, {len(weeks) - counted} left"

    def _behind(self, store: Store, now: datetime) -> list[Week]:
        with store.reading() as book:
            areas = {area or self.province for area in book.latest_digests.watched()}
            known = [area for area in sorted(areas, key=lambda one: (len(one), one)) if book.areas.get(area)]
            return book.latest_digests.behind([one for area in known for one in _weeks(area, now)], now - OLD)


def _weeks(area: str, now: datetime) -> list[Week]:
    """The one that the desk opens with, and the one that runs."""
    runs = monday_of(now.astimezone(ZoneInfo(zone_of(area))).date())
    return [(area, monday) for monday in sorted({runs, week_of_moment(area, now)})]


def _count(store: Store, area: str, monday: date, now: datetime) -> Digest:
    with store.reading() as book:
        return book.digests.count(area, monday, now)


def _keep(digest: Digest, book: Book) -> None:
    book.latest_digests.keep(digest)
