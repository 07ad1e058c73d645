"""The same words to many, by one of the staff: only to their own area, and only they and those above see how
far it is. Each sending and each stop is in the audit log.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from core.model.areas import within
from core.model.cases import Actor
from core.model.people import Role
from desk.refused import Refused, unknown
from storage.book import Book
from storage.broadcasts import Audience, Broadcast

LONGEST = 1500
"""One message on every channel."""
RECIPIENTS = tuple(role for role in Role if role is not Role.RI)
TWICE = timedelta(days=1)
MARK = 32


def preview(book: Book, actor: Actor, area: str, roles: Collection[Role]) -> Audience:
    """To how many it would go; nothing is sent."""
    _check(book, actor, area)
    return book.broadcasts.audience(area, roles)


def send(
    book: Book,
    actor: Actor,
    area: str,
    roles: Collection[Role],
    text: str,
    now: datetime,
    *,
    urgent: bool = False,
) -> Broadcast:
    """Put it into the outbox for all of them."""
    _check(book, actor, area)
    _refuse_twice(book, area, roles, text, now)
    elections = book.elections.in_force()
    sent = book.broadcasts.send(actor.key, area, roles, text, now, elections, urgent=urgent)
    details = {"area": area, "roles": " ".join(sent.roles), "people": str(sent.people)}
    book.audit.write(actor.key, "broadcast.sent", _subject(sent.id), details, now)
    return sent


def stop(book: Book, actor: Actor, number: int, now: datetime) -> int:
    """What has not gone out stays here; gives to how many. A second time there is nothing left to stop."""
    found = look_up(book, actor, number)
    dropped = book.broadcasts.stop(found.id, actor.key, now)
    if found.stopped_at is None:
        book.audit.write(actor.key, "broadcast.stopped", _subject(found.id), {"dropped": str(dropped)}, now)
    return dropped


def look_up(book: Book, actor: Actor, number: int) -> Broadcast:
    """Refused as unknown when there is none for them."""
    found = book.broadcasts.get(number)
    if found is None or not _covers(actor, found.area):
        raise unknown()
    return found


def latest(book: Book, actor: Actor) -> list[Broadcast]:
    """Those to their areas, the newest first."""
    found = {one.id: one for _, area in actor.seats for one in book.broadcasts.latest(area)}
    return sorted(found.values(), key=lambda one: -one.id)


def _refuse_twice(book: Book, area: str, roles: Collection[Role], text: str, now: datetime) -> None:
    """The same words to the same people within a day are a slip; when the first was stopped, they are not."""
    before = book.broadcasts.alike(area, roles, text, now - TWICE)
    if any(one.stopped_at is None for one in before):
        raise Refused(409, "sent_already")
    # Two clicks at the same moment find nothing before them: the row of the timetable lets one through.
    named = "\x1f".join((area, *sorted(roles), text))
    mark = book.keys.index("broadcast", named)[:MARK]
    if not book.ticks.take(
        f"broadcast {len(before)} {mark}", now.replace(hour=0, minute=0, second=0, microsecond=0), now
    ):
        raise Refused(409, "sent_already")


def _check(book: Book, actor: Actor, area: str) -> None:
    if not _covers(actor, area) or (area and book.areas.get(area) is None):
        raise Refused(403, "elsewhere")


def _covers(actor: Actor, area: str) -> bool:
    return any(within(area, seat) for _, seat in actor.seats)


def _subject(number: int) -> str:
    return f"broadcast:{number}"
