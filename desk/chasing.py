"""What one of the staff does about silence: who was phoned is noted, the silent are reminded once more.

The rules are those of the chat: only posts below the own area that are silent, and nobody twice an hour.
"""

from dataclasses import dataclass
from datetime import datetime

from core.digests.span import Span
from core.elections.humane import next_chance
from core.elections.silent import Silent
from core.model.areas import Area, Level, level_of, within
from core.model.effects import Called, Chased
from desk.refused import Refused, unknown
from desk.weekly import look_at
from storage.book import Book
from storage.record import Origin, record
from storage.staff import Member

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Chance:
    """Whom a reminder would reach now, when it would be read, and whom it would not reach."""

    silent: Silent
    at: datetime

    @property
    def may_chase(self) -> bool:
        return self.silent.to_be_reminded > 0


def chance(book: Book, member: Member, area: str, now: datetime) -> Chance | None:
    """None where nobody is reminded for all of it: the whole country, or a polling station."""
    if not area or level_of(area) is Level.TPS or not within(area, member.area):
        return None
    silent = book.silent.read(area, now)
    return Chance(silent, next_chance(book.elections.in_force(), area, now)) if silent else None


def chase(book: Book, member: Member, area: str, now: datetime) -> Chance:
    """Remind the silent ones there; as it stood before."""
    look_at(book, member, area)
    found = chance(book, member, area, now)
    if found is None:
        raise unknown()
    if not found.may_chase:
        raise Refused(409, "nobody_to_remind")
    record(book, (Chased(area),), Origin.silent(now))
    details = {"people": str(found.silent.to_be_reminded)}
    book.audit.write(member.actor.key, "ledger.chased", f"area:{area}", details, now)
    return found


def note_call(book: Book, member: Member, span: Span, post: int, note: str, now: datetime) -> None:
    """The holder of a post that is silent in that stretch of time was phoned."""
    look_at_span(book, member, span)
    if book.owing.silence_of(span, post) is None:
        raise unknown()
    record(book, (Called(post, member.actor.key, " ".join(note.split())[:LONGEST]),), Origin.silent(now))


def look_at_span(book: Book, member: Member, span: Span) -> Area | None:
    """The area, if it is theirs to look at; None for the whole country, to those who watch it."""
    if not span.area and not member.area:
        return None
    return look_at(book, member, span.area)
