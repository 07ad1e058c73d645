"""What the clock lets go of: whose term is over, who was anonymous, what a crash or a stranger left lying.

every hour         reply addresses, identities, words and files past their term; files that we sent; talks of
                   strangers; drafts of the desk; what other systems were told a month ago; strays
every ten minutes  addresses of the anonymous that have been quiet; secret words that nobody fetched
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Job
from storage.book import Book
from storage.evidence import Evidence
from storage.keys import SealBroken
from storage.receipts import forget_parts
from storage.retention import Due
from storage.vaults.vault import SHELVES

log = structlog.get_logger(__name__)

UPKEEP, FORGETTING = "upkeep", "forgetting"
MOST = 200
"""Of each kind at one moment: nobody else can write while this goes on."""
MOST_TOLD = 5000
UNREAD = timedelta(hours=1)
UNTOLD = timedelta(days=7)
"""After so long no platform tells anything new of a message."""
TOLD = timedelta(days=30)
"""So long it is kept what other systems were told."""
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
        gone: list[str] = []
        expired = sum(self._expire(book, due, moment, gone) for due in book.retention.due(moment, self.most))
        lying = book.retention.left_lying(moment, self.most)
        for address_id in lying:
            book.retention.drop_talk(address_id, moment)
        book.attempts.tidy(moment)
        book.drafts.tidy(moment)
        book.hook_outbox.sweep(moment - TOLD, MOST_TOLD)
        enclosed = book.enclosures.expired(moment, self.most)
        book.enclosures.drop(list(enclosed))
        forget_parts(book.connection, moment - UNTOLD)
        strays = self._strays(book, moment)
        # Before the commit: should that fail, it is gone a little before its row says so, an hour later. All
        # at once: a store asked for each of them would keep everybody else waiting for the database.
        self.evidence.erase(*gone, *enclosed.values(), *strays)
        swept = self.evidence.tidy() + len(strays)
        return f"{expired} expired, {len(enclosed)} enclosures, {len(lying)} left lying, {swept} strays"

    def _expire(self, book: Book, due: Due, moment: datetime, gone: list[str]) -> bool:
        """False when it cannot be read: that must not keep the others."""
        try:
            gone += book.retention.carry_out(due, moment)
        except SealBroken:
            log.error("case unreadable", case=due.number)
            return False
        return True

    def _strays(self, book: Book, moment: datetime) -> set[str]:
        """Files that no row knows, of one shelf an hour: what a crash left between the disk and its row."""
        shelf = f"{int(moment.timestamp()) // HOUR % SHELVES:02x}/"
        known = book.media.known(shelf) | book.enclosures.known(shelf)
        return set(self.evidence.shelved(shelf)) - known
