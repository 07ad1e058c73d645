"""Digests of weeks as they stand, counted beside the visits: nobody waits while a province is counted.

counted within a minute   shown
older                     shown with its minute; counted anew meanwhile, for the next look
not there                 counted while somebody waits: the clock sees to it that this is rare
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from core.digests.digest import Digest
from storage.book import Book
from storage.store import Store

log = structlog.get_logger(__name__)

FRESH = timedelta(seconds=60)
MOST = 64
PAUSE = 0.2

Count = Callable[[Book], Digest]


@dataclass(frozen=True, slots=True)
class Key:
    area: str
    first: date
    kind: str = "week"
    """A week as it stands is kept in the database besides; `wall` and `told` are not."""

    @property
    def is_settled(self) -> bool:
        """A Monday as it was told says the same whenever it is looked at."""
        return self.kind == "told"


def at_once(job: Callable[[], None]) -> None:
    job()


def beside(job: Callable[[], None]) -> None:
    """In a thread of its own, which keeps no process from its end; once the page is out that asked for it."""
    timer = threading.Timer(PAUSE, job)
    timer.daemon = True
    timer.start()


@dataclass(frozen=True, slots=True)
class Lately:
    """At most MOST of them; the one that was not asked for longest goes first."""

    begin: Callable[[Callable[[], None]], None] = at_once
    """How what is counted anew is begun."""
    kept: OrderedDict[Key, Digest] = field(default_factory=OrderedDict)
    begun: set[Key] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    turn: threading.Lock = field(default_factory=threading.Lock)
    """One is counted at a time: pages want the processor too."""

    def digest(self, store: Store, book: Book, key: Key, now: datetime, count: Count) -> Digest:
        """The newest there is; `count` makes it, whole, as of now."""
        found = self._newest(book, key, now)
        if found is None:
            return self._first(store, key, count(book))
        if key.is_settled or now - found.made_for <= FRESH:
            return found
        self._begin_anew(store, key, count)
        return self.kept.get(key, found)

    def _first(self, store: Store, key: Key, digest: Digest) -> Digest:
        if key.kind == "week":
            self.begin(lambda: self._note(store, digest))
        return self._keep(key, digest)

    def _newest(self, book: Book, key: Key, now: datetime) -> Digest | None:
        """Of this process, or of another, if that one is younger."""
        with self.lock:
            found = self.kept.get(key)
            if found is not None and _is_to_come(found, now):
                found = None
            if found is not None:
                self.kept.move_to_end(key)
        if key.kind != "week" or (found is not None and now - found.made_for <= FRESH):
            return found
        other = book.latest_digests.find(key.area, key.first, found.made_for if found else None)
        return found if other is None or _is_to_come(other, now) else self._keep(key, other)

    def _begin_anew(self, store: Store, key: Key, count: Count) -> None:
        with self.lock:
            if key in self.begun:
                return
            self.begun.add(key)
        self.begin(lambda: self._count_anew(store, key, count))

    def _count_anew(self, store: Store, key: Key, count: Count) -> None:
        try:
            with self.turn:
                with store.reading() as book:
                    digest = self._keep(key, count(book))
                if key.kind == "week":
                    self._note(store, digest)
        except (OperationalError, InterfaceError) as away:
            log.warning("digest not counted", area=key.area, error=type(away).__name__)
        finally:
            with self.lock:
                self.begun.discard(key)

    def _note(self, store: Store, digest: Digest) -> None:
        """For other processes, and for this one when it begins anew."""
        with store.begin() as book:
            book.latest_digests.keep(digest)

    def _keep(self, key: Key, digest: Digest) -> Digest:
        with self.lock:
            self.kept[key] = digest
            self.kept.move_to_end(key)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return digest


def _is_to_come(digest: Digest, now: datetime) -> bool:
    """Counted by a clock that is well ahead of this one."""
    return digest.made_for > now + FRESH
