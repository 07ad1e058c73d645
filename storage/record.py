"""The one place where effects are written down; the transaction is the caller's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from core.model.effects import Effect, Filed, Invited, Linked, Revised, Say, Spoke, Unlinked
from core.model.messages import Channel
from core.model.records import Answers
from storage.book import Book


class AlreadyUsed(Exception):
    """The invitation was used up by somebody else."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose waking the effects come from."""

    address_id: int
    person_id: int | None
    channel: Channel
    inbox_id: int | None
    now: datetime


def record(book: Book, effects: Iterable[Effect], origin: Origin) -> None:
    """Write each effect down in order."""
    for effect in effects:
        _record(book, effect, origin)


def _record(book: Book, effect: Effect, origin: Origin) -> None:
    match effect:
        case Say():
            _say(book, effect, origin)
        case Filed(report):
            book.reports.file(report, origin.inbox_id)
            book.media.belong(_words(report.latest.answers), report.number, origin.address_id, report.person)
            book.ledger.close(report)
        case Revised(number, revision):
            book.reports.revise(number, revision, origin.inbox_id)
            book.media.belong(_words(revision.answers), number, origin.address_id, revision.person)
            book.ledger.follow(number, revision)
        case Linked():
            _link(book, effect, origin)
        case Unlinked():
            book.addresses.link(origin.address_id, None)
        case Invited(person, code, minutes):
            book.invitations.make(person, code, origin.now, minutes)
        case Spoke(person, language):
            book.people.speak(person, language, origin.now)
        case _:
            assert_never(effect)


def _say(book: Book, said: Say, origin: Origin) -> None:
    due = origin.now + timedelta(seconds=said.hold)
    book.outbox.put(origin.address_id, said.reply, origin.now, due, said.topic, origin.inbox_id)


def _link(book: Book, linked: Linked, origin: Origin) -> None:
    """A conversation begun as a stranger goes on as the person."""
    if linked.invitation is not None and not book.invitations.use(linked.invitation, origin.now):
        raise AlreadyUsed(AlreadyUsed.__doc__)
    book.addresses.link(origin.address_id, linked.person)
    book.sessions.carry(f"address:{origin.address_id}", f"person:{linked.person}", origin.now)


def _words(answers: Answers) -> set[str]:
    """Every word of the answers: some of them are the ids of pictures."""
    return {word for value in answers.values.values() for word in value.split()}
