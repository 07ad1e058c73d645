"""The elections in force made so in the ledger: periods that have begun are opened, changed ones follow.

Doing it again changes nothing; what was missed while nobody was there is made up for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.elections.changes import changes, is_same_time
from core.elections.election import Duty, Election
from core.elections.periods import Period, periods
from core.model.zones import ZONES
from storage.book import Book
from storage.openings import Opening


@dataclass(frozen=True, slots=True)
class Made:
    """How many periods were opened, and how many reports are expected since."""

    periods: int = 0
    expected: int = 0

    def __add__(self, other: "Made") -> "Made":
        return Made(self.periods + other.periods, self.expected + other.expected)


def publish_election(book: Book, source: str, election: Election, now: datetime) -> bool:
    """Put it in force; False when the very same is. What it no longer asks for is owed by nobody."""
    if not book.elections.publish(source, election.name, election.version, now):
        return False
    book.openings.void(election, now)
    changed = changes(election, [one.opened for one in book.openings.of(election.name)], now)
    for opened, due in changed.moved:
        book.openings.move(election.name, opened, due)
    for opened in changed.dropped:
        book.openings.drop(election.name, opened)
    return True


def open_periods(book: Book, now: datetime) -> Made:
    """Open every period that has begun since its duty became known, and let new posts and events join in."""
    made = Made()
    for election in book.elections.in_force():
        opened = book.openings.of(election.name)
        for duty in election.duties:
            if duty.cadence == "per-event":
                made += Made(0, book.events.expect(election, duty, now))
                continue
            for zone in ZONES:
                there = [one for one in opened if (one.opened.duty, one.opened.zone) == (duty.name, zone)]
                made += _open(book, election, duty, zone, there, now)
    return made


def _open(
    book: Book, election: Election, duty: Duty, zone: str, opened: list[Opening], now: datetime
) -> Made:
    since = book.elections.known_since(election.name, duty.name) or now
    new = list(_new(election, duty, zone, opened, since, now))
    running = [one for one in opened if one.opened.period.due > now]
    # Counting takes a while where there are 435,296 posts: only for what can still be told in time.
    posts = book.openings.owing(election, duty, zone) if new or running else 0
    if not posts:
        return Made()
    grown = [one.opened.period for one in running if one.posts != posts]
    expected = [book.openings.open(election, duty, zone, period, now) for period in (*new, *grown)]
    return Made(len(new), sum(expected))


def _new(
    election: Election, duty: Duty, zone: str, opened: list[Opening], since: datetime, now: datetime
) -> Iterator[Period]:
    """Those that have begun, were not over when the duty became known, and are not there in another cut."""
    where = ZoneInfo(zone)
    first, last = since.astimezone(where).date(), now.astimezone(where).date()
    for period in periods(election, duty, first, last, zone):
        if since < period.due and period.start <= now:
            there = [one.opened.period for one in opened]
            if not any(one.start == period.start or is_same_time(duty, one, period) for one in there):
                yield period
