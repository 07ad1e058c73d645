"""How the desk's effects are written down: topics, notes, weeks sent up, and news that cannot wait."""

from core.model.areas import lineage
from core.model.effects import Confirmed, DeskEffect, Flagged, Remarked, TopicSet
from storage.book import Book
from storage.hook_record import tell_of_week
from storage.origin import Origin
from storage.outbox import BROADCAST

FLAGGED = "flagged"


def record_desk(book: Book, effect: DeskEffect, origin: Origin) -> None:
    match effect:
        case TopicSet():
            book.weeks.set_topic(effect, origin.now)
        case Remarked():
            book.weeks.remark(effect, origin.now)
        case Confirmed():
            if book.weeks.confirm(effect, origin.now):
                tell_of_week(book, effect, origin.now)
        case Flagged():
            _flag(book, effect, origin)


def _flag(book: Book, flagged: Flagged, origin: Origin) -> None:
    """Once a report: that it was told is a row of the timetable, under the report's own name."""
    if not book.ticks.take(f"{FLAGGED} {flagged.report}", flagged.filed_at, origin.now):
        return
    for person in book.people.in_charge(flagged.roles, lineage(flagged.area)):
        if person != origin.person_id:
            _tell(book, flagged, person, origin)


def _tell(book: Book, flagged: Flagged, person_id: int, origin: Origin) -> None:
    """Where they last wrote from, in their language."""
    person, reachable = book.people.get(person_id), book.addresses.of_person(person_id)
    if person is None or not reachable:
        return
    to = reachable[0]
    replies = flagged.replies
    reply = replies.get(person.language or to.language) or next(iter(replies.values()))
    topic = f"{FLAGGED} {flagged.report}"
    book.outbox.put(to.id, reply, origin.now, topic=topic, priority=BROADCAST)
