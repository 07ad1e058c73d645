"""Monday, seven o'clock in each zone: every coordinator gets the digest of the own area.

for each area     count and draw, outside any transaction that writes
                  ──▶ one transaction: the area's row of the timetable, the digest kept, files, outbox

Whoever dies in between has written nothing, and the area is done again; two that do the same area at once
both draw it, and one of them finds the row taken. Never more than one area's files are in memory.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.exc import InterfaceError, OperationalError

from core.dialogue.coordinators.deskwords import desk_choices
from core.digests.calendar import week_shown
from core.digests.digest import Digest
from core.digests.weeks import SEVEN
from core.elections.humane import EVENING, next_chance
from core.model.messages import Enclosure, Reply, Template
from core.model.zones import ZONES, zone_of
from core.speech.texts import texts
from scheduler.outcomes import LATE, lateness
from scheduler.render.rendered import Rendered, file_name, render
from scheduler.ticker import Round
from storage.book import Book
from storage.coordinators import Coordinator
from storage.evidence import Evidence
from storage.outbox import BROADCAST
from storage.store import Store

NAME = "monday"
TOPIC = "digest"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Copy:
    """One rendering, and those who get it: the same language, and nothing kept from one of them alone."""

    digest: Digest
    language: str
    rendered: Rendered
    to: tuple[Coordinator, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An area's Monday, ready to be written down."""

    digest: Digest
    """Whole, as it is kept."""
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Monday:
    evidence: Evidence
    language: str
    clock: Callable[[], datetime]

    def rounds(self) -> tuple[Round, ...]:
        """One for each zone."""
        return tuple(self._round(zone) for zone in ZONES)

    async def send_all(self, zone: str, store: Store, moment: datetime, now: datetime) -> str:
        """Every area of the zone; one that fails is told of, and the others get theirs."""
        sent, failed = 0, 0
        for area in await asyncio.to_thread(_areas, store, zone):
            try:
                sent += await self.send(store, area, moment, now) or 0
            except (OperationalError, InterfaceError):
                raise  # the database is away: the next look goes on with what is left
            except Exception as trouble:  # the edge: one area must not keep the others from theirs
                failed += 1
                log.error("monday.failed", area=area, error=type(trouble).__name__)
        told = (f"{sent} sent", f"{failed} areas failed" if failed else "", lateness(moment, now))
        return ", ".join(filter(None, told))

    async def send(self, store: Store, area: str, moment: datetime, now: datetime) -> int | None:
        """To how many it went; None when that area's moment is over already."""
        prepared = await asyncio.to_thread(self._prepare, store, area, moment, now)
        if prepared is None:
            return None
        return await store.perform(partial(self._put, prepared))

    def _round(self, zone: str) -> Round:
        trigger = CronTrigger(day_of_week="mon", hour=SEVEN.hour, timezone=ZoneInfo(zone))
        return Round(f"{NAME} {zone}", trigger, partial(self.send_all, zone))

    def _prepare(self, store: Store, area: str, moment: datetime, now: datetime) -> Prepared | None:
        with store.reading() as book:
            if book.ticks.is_taken(_row(area), moment):
                return None
            whole = book.digests.of(area, moment)
            several = [
                (book.digests.of(area, moment, hidden) if hidden else whole, language, tuple(to))
                for (language, hidden), to in self._alike(book, area).items()
            ]
        is_late = now - moment > LATE
        copies = []
        for digest, language, to in several:
            told = replace(digest, is_catching_up=is_late)
            copies.append(Copy(told, language, render(told, language), to))
        return Prepared(whole, tuple(copies))

    def _alike(self, book: Book, area: str) -> dict[tuple[str, frozenset[str]], list[Coordinator]]:
        """Those who read the same."""
        found: dict[tuple[str, frozenset[str]], list[Coordinator]] = {}
        for one in book.coordinators.of(area):
            hidden = book.digests.hidden_from(f"person:{one.person}", area)
            found.setdefault((one.language or self.language, hidden), []).append(one)
        return found

    def _put(self, prepared: Prepared, book: Book) -> int | None:
        digest, now = prepared.digest, self.clock()
        if not book.ticks.take(_row(digest.area), digest.made_for, now):
            return None
        book.digests.keep(digest, now)
        due = _next_reading(digest.area, now)
        for copy in prepared.copies:
            files = tuple(self._enclose(book, copy, now))
            for one in copy.to:
                reply = _reply(copy, one, files)
                book.outbox.put(one.address, reply, now, due, topic=TOPIC, priority=BROADCAST)
        sent = sum(len(copy.to) for copy in prepared.copies)
        book.ticks.note(_row(digest.area), digest.made_for, f"{sent} sent")
        return sent

    def _enclose(self, book: Book, copy: Copy, now: datetime) -> Iterable[Enclosure]:
        rendered = copy.rendered
        for ending, kind, content in (
            ("png", "image/png", rendered.picture),
            ("xlsx", XLSX, rendered.sheet),
            ("pdf", "application/pdf", rendered.paper),
        ):
            name = file_name(copy.digest, ending)
            yield book.enclosures.enclose(self.evidence, name, kind, content, now)


def _reply(copy: Copy, to: Coordinator, files: tuple[Enclosure, ...]) -> Reply:
    """Not numbered: a bare 1 would be taken for an answer to what stands open in that chat."""
    digest, language = copy.digest, copy.language
    choices = desk_choices(digest, texts(language))
    knock = Template("digest", (to.name, digest.name, week_shown(digest, language)), announces=True)
    return Reply(copy.rendered.text, choices, numbered=False, files=files, template=knock)


def _next_reading(area: str, now: datetime) -> datetime:
    """At once from seven on; what is made up for at night is read in the morning."""
    is_day = SEVEN <= now.astimezone(ZoneInfo(zone_of(area))).time() < EVENING
    return now if is_day else next_chance((), area, now)


def _areas(store: Store, zone: str) -> list[str]:
    with store.reading() as book:
        return book.coordinators.areas(zone)


def _row(area: str) -> str:
    """The area's own row of the timetable."""
    return f"{NAME} {area}"
