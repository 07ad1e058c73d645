"""The one place where effects are written down; the transaction is the caller's."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import assert_never

from core.model.cases import Secrecy
from core.model.effects import (
    Alerted,
    Answered,
    Called,
    Chased,
    Confirmed,
    Effect,
    Filed,
    Flagged,
    Forgot,
    Guessed,
    Inquired,
    Invited,
    Linked,
    Noted,
    Opened,
    Postponed,
    Remarked,
    Revised,
    Say,
    Spoke,
    Told,
    TopicSet,
    Unlinked,
)
from storage import case_record, duty_record, hook_record
from storage.book import Book
from storage.cases import Outrun
from storage.desk_record import record_desk
from storage.inquiry_record import record_inquiry
from storage.origin import Origin
from storage.outbox import Answer
from storage.written import words_of

__all__ = ["AlreadyUsed", "Origin", "Outrun", "record", "record_all"]


class AlreadyUsed(Exception):
    """The invitation was used up by somebody else."""


def record(book: Book, effects: Iterable[Effect], origin: Origin) -> None:
    """Write each effect down in order; what is to be forgotten is forgotten last, this turn's words too."""
    effects = tuple(effects)
    for effect in effects:
        _record(book, effect, origin)
    theirs = [one.case.secrecy for one in effects if isinstance(one, Opened) and one.is_theirs]
    if theirs or any(isinstance(one, Forgot) for one in effects):
        case_record.forget(book, origin, is_anonymous=Secrecy.ANONYMOUS in theirs)


def record_all(book: Book, turns: Iterable[tuple[Sequence[Effect], Origin]]) -> None:
    """What several turns decided, each from an address of its own; those that only answer, nearly all of
    them, are written in one go."""
    answers: list[Answer] = []
    for effects, origin in turns:
        said = [one for one in effects if isinstance(one, Say) and not (one.topic or one.secret)]
        if len(said) == len(effects):
            answers += [_answer(one, origin) for one in said]
        else:
            record(book, effects, origin)
    book.outbox.answer_all(answers)


def _record(book: Book, effect: Effect, origin: Origin) -> None:
    match effect:
        case Say():
            _say(book, effect, origin)
        case Filed(report, closes):
            filing = book.reports.file(report, origin.inbox_id)
            book.media.belong(
                words_of(report.latest.answers), report.number, origin.address_id, report.person
            )
            duty_record.close(book, report, closes)
            hook_record.tell_of_report(book, "report.filed", report.number, filing, report.latest, origin.now)
        case Revised(number, revision):
            filing = book.reports.revise(number, revision, origin.inbox_id)
            book.media.belong(words_of(revision.answers), number, origin.address_id, revision.person)
            book.ledger.follow(number, revision)
            hook_record.tell_of_report(book, "report.revised", number, filing, revision, origin.now)
        case Linked():
            _link(book, effect, origin)
        case Unlinked():
            book.addresses.link(origin.address, None)
        case Invited(person, code, minutes):
            book.invitations.make(person, code, origin.now, minutes)
        case Spoke(person, language):
            book.people.speak(person, language, origin.now)
        case Opened():
            case_record.open_case(book, effect, origin)
        case Noted():
            case_record.note_case(book, effect, origin)
        case Told():
            case_record.tell(book, effect, origin)
        case Alerted():
            case_record.alert(book, effect, origin)
        case Guessed():
            case_record.guess(book, effect, origin)
        case TopicSet() | Remarked() | Confirmed() | Flagged():
            record_desk(book, effect, origin)
        case Postponed() | Chased() | Called():
            duty_record.follow(book, effect, origin)
        case Inquired() | Answered():
            record_inquiry(book, effect, origin)
        case Forgot():
            pass  # by `record`, when all else is written
        case _:
            assert_never(effect)


def _answer(said: Say, origin: Origin) -> Answer:
    due = origin.now + timedelta(seconds=said.hold)
    return Answer(origin.address, origin.inbox_id, said.reply, origin.now, due)


def _say(book: Book, said: Say, origin: Origin) -> None:
    due = origin.now + timedelta(seconds=said.hold)
    book.outbox.put(
        origin.address, said.reply, origin.now, due, said.topic, origin.inbox_id, secret=said.secret
    )


def _link(book: Book, linked: Linked, origin: Origin) -> None:
    """A conversation begun as a stranger goes on as the person."""
    if linked.invitation is not None and not book.invitations.use(linked.invitation, origin.now):
        raise AlreadyUsed(AlreadyUsed.__doc__)
    book.addresses.link(origin.address, linked.person)
    book.sessions.carry(f"address:{origin.address}", f"person:{linked.person}", origin.now)
