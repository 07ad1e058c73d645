"""How a question of the desk about a report is written down and sent, and how its answer is kept."""

from typing import assert_never

from core.model.effects import Answered, Inquired, InquiryEffect
from storage.book import Book
from storage.origin import Origin
from storage.outbox import BROADCAST


def record_inquiry(book: Book, effect: InquiryEffect, origin: Origin) -> None:
    match effect:
        case Inquired():
            _ask(book, effect, origin)
        case Answered():
            _keep(book, effect, origin)
        case _:
            assert_never(effect)


def _ask(book: Book, asked: Inquired, origin: Origin) -> None:
    """Where they last wrote from, in their language; each question is a message of its own."""
    number = book.inquiries.ask(asked.report, asked.person, asked.actor, asked.question, origin.now)
    person, reachable = book.people.get(asked.person), book.addresses.of_person(asked.person)
    if not reachable:
        return
    to = reachable[0]
    language = (person.language if person else "") or to.language
    reply = asked.replies.get(language) or next(iter(asked.replies.values()))
    book.outbox.put(to.id, reply, origin.now, topic=f"inquiry {number}", priority=BROADCAST)


def _keep(book: Book, answered: Answered, origin: Origin) -> None:
    is_first = book.inquiries.answer(
        answered.inquiry, answered.person, answered.text, origin.channel, origin.now
    )
    if is_first:
        book.media.belong(answered.media, answered.report, origin.address_id, answered.person)
