"""What the clock lets go of: whose term is over, who was anonymous, what a crash or a stranger left lying.

every hour         reply addresses, identities, words and files past their term; files that we sent; talks of
                   strangers; drafts of the desk; strays
every ten minutes  addresses of the anonymous that have been quiet; secret words that nobody fetched
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Job
from storage.book import Book
from storage.evidence import SHELVES, Evidence
from storage.keys import SealBroken
from storage.receipts import forget_parts
from storage.retention import Due

log = structlog.get_logger(__name__)

UPKEEP, FORGETTING = "upkeep", "forgetting"
MOST = 200
"""Of each kind at one moment: nobody else can write while this goes on."""
UNREAD = timedelta(hours=1)
UNTOLD = timedelta(days=7)
"""After so long no platform tells anything new of a message."""
HOUR = 3600


def upkeep(evidence: Evidence) -> Job:
    return Job(UPKEEP, CronTrigger(minute=40, timezone=UTC), Upkeep(evidence).let_go)


def forgetting() -> Job:
    return Job(FORGETTING, CronTrigger(minute="*/10", timezone=UTC), forget)


def forget(book: Book, moment: datetime) -> str:
    """Nothing leads back to whoever was anonymous, once they have been quiet for an hour."""
    quiet = book.retention.forgettable(moment, MOST)
    for address_id in quiet:
        book.retention.forget(address_id)
    unread = book.outbox.erase_secrets(moment - UNREAD)
    return f"{len(quiet)} forgotten, {unread} unread"


@dataclass(frozen=True, slots=True)
class Upkeep:
    evidence: Evidence
    most: int = MOST

    def let_go(self, book: Book, moment: datetime) -> str:
        expired = sum(self._expire(book, due, moment) for due in book.retention.due(moment, self.most))
        lying = book.retention.left_lying(moment, self.most)
        for address_id in lying:
            book.retention.drop_talk(address_id, moment)
        book.attempts.tidy(moment)
        book.drafts.tidy(moment)
        enclosed = self._erase_enclosures(book, moment)
        forget_parts(book.connection, moment - UNTOLD)
        strays = self.evidence.tidy() + self._sweep(book, moment)
        return f"{expired} expired, {enclosed} enclosures, {len(lying)} left lying, {strays} strays"

    def _expire(self, book: Book, due: Due, moment: datetime) -> bool:
        """False when it cannot be read: that must not keep the others."""
        try:
            files = book.retention.carry_out(due, moment)
        except SealBroken:
            log.error("case unreadable", case=due.number)
            return False
        # Before the commit: should that fail, it is gone a little before its row says so, an hour later.
        for path in files:
            self.evidence.erase(path)
        return True

    def _erase_enclosures(self, book: Book, moment: datetime) -> int:
        """Before the commit, as above."""
        expired = book.enclosures.expired(moment, self.most)
        book.enclosures.drop(list(expired))
        for path in expired.values():
            self.evidence.erase(path)
        return len(expired)

    def _sweep(self, book: Book, moment: datetime) -> int:
        """Files that no row knows, of one shelf an hour: what a crash left between the disk and its row."""
        shelf = f"{int(moment.timestamp()) // HOUR % SHELVES:02x}/"
        known = book.media.known(shelf) | book.enclosures.known(shelf)
        strays = set(self.evidence.shelved(shelf)) - known
        for path in strays:
            self.evidence.erase(path)
        return len(strays)
