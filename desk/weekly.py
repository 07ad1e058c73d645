"""An area's week for one of the staff: the digest, its files, the ledger, and what they say of the week.

Outside their own area there is nothing: neither a week nor an area.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core.digests.digest import Digest
from core.digests.saying import NotSaid, Teller, WeekState
from core.digests.weeks import moment_of, monday_of
from core.model.areas import Area, within
from core.model.effects import Confirmed, Remarked, TopicSet
from core.model.zones import zone_of
from desk.api.house import House
from desk.lately import Key
from desk.refused import unknown
from storage.book import Book
from storage.record import Origin, record
from storage.staff import Member

AREA = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"
DAY = r"^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
KINDS: Mapping[str, str] = {
    "png": "image/png",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
"""What a digest is drawn as, by the ending of the file."""
Said = Confirmed | Remarked | TopicSet
Say = Callable[[WeekState, Teller], Said | NotSaid]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which week, and as of when."""

    area: str
    monday: date
    moment: datetime
    as_told: bool
    """Of its Monday at seven, and the same for good; else what is known at the moment."""


def wanted(area: str, monday: date, now: datetime, *, as_it_stands: bool = False) -> Wanted:
    """A past week as it was told, unless it is asked for as it stands; the week that runs as it stands."""
    made = moment_of(area, monday)
    return (
        Wanted(area, monday, now, False) if as_it_stands or made > now else Wanted(area, monday, made, True)
    )


def digest_of(house: House, book: Book, member: Member, asked: Wanted) -> Digest:
    """Without the cases that are kept from them; as it stands: the newest there is, see `desk/lately.py`."""
    look_at(book, member, asked.area)
    key = Key(asked.area, asked.monday, "told" if asked.as_told else "week")
    whole = house.lately.digest(house.store, book, key, house.clock(), partial(_counted, asked))
    return without_hidden(book, member, whole)


def _counted(asked: Wanted, book: Book) -> Digest:
    if asked.as_told:
        return book.digests.of(asked.area, asked.moment)
    return book.digests.count(asked.area, asked.monday, asked.moment)


def without_hidden(book: Book, member: Member, whole: Digest) -> Digest:
    hidden = book.digests.hidden_from(member.actor.key, whole.area)
    return book.digests.without(whole, hidden) if hidden else whole


def look_at(book: Book, member: Member, area: str) -> Area:
    """The area, if it is theirs to look at."""
    there = book.areas.get(area) if within(area, member.area) else None
    if there is None:
        raise unknown()
    return there


def state_of(book: Book, there: Area, monday: date, now: datetime) -> WeekState:
    """What was said of the week so far."""
    return WeekState(
        there.code,
        there.level.value,
        monday,
        book.weeks.confirmations(there.code, monday, now).get(there.code),
        book.weeks.remark_of(there.code, monday),
        book.digests.topics(there.code, monday, now),
    )


def is_own(member: Member, area: str) -> bool:
    """They coordinate that very area."""
    return bool(area) and member.area == area


def say(book: Book, member: Member, area: str, monday: date, now: datetime, decide: Say) -> Said | NotSaid:
    """Decide and write down. For an area below their own there is nothing to say."""
    there = look_at(book, member, area)
    if not is_own(member, area):
        raise unknown()
    book.weeks.hold(area)
    teller = Teller(member.actor.key, member.name or member.email)
    said = decide(state_of(book, there, monday, now), teller)
    if not isinstance(said, NotSaid):
        record(book, (said,), Origin.silent(now))
    return said


def file_name(digest: Digest, ending: str) -> str:
    return f"desk-{digest.area}-{digest.first.isoformat()}.{ending}"


def sunday_of(monday: date) -> date:
    return monday + timedelta(days=6)


def this_monday(area: str, now: datetime) -> date:
    """Of the week that runs there."""
    return monday_of(now.astimezone(ZoneInfo(zone_of(area))).date())
