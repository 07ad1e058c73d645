"""Digests of the week that runs, kept for a minute: counting a province takes longer than turning a page."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

from core.digests.digest import Digest

FRESH = timedelta(seconds=60)
MOST = 64

Key = tuple[str, date, frozenset[str]]
"""Area, week, and the cases that are kept from whoever looks: nobody reads what another may know."""


@dataclass(frozen=True, slots=True)
class Lately:
    """At most MOST of them; the one that was not asked for longest goes first."""

    kept: OrderedDict[Key, Digest] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Key, now: datetime) -> Digest | None:
        with self.lock:
            found = self.kept.get(key)
            if found is None or not timedelta(0) <= now - found.made_for <= FRESH:
                return None
            self.kept.move_to_end(key)
            return found

    def keep(self, key: Key, digest: Digest) -> Digest:
        with self.lock:
            self.kept[key] = digest
            self.kept.move_to_end(key)
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return digest
