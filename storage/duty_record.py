"""How effects on what is owed are written down: who is left in peace, reminded once more, was phoned."""

from typing import assert_never

from core.model.effects import Called, Chased, DutyEffect, Postponed
from core.model.records import Report
from storage.book import Book
from storage.origin import Origin
from storage.reminding import chase


def close(book: Book, report: Report, closes: int | None) -> None:
    """The ledger's row, and the reminder that waits unsaid: one statement more. What else stood in that
    reminder is asked for again at the next hour."""
    if book.ledger.close(report, closes):
        made = book.mailing.stop_reminder(report.person)
        if made is not None:
            book.reminders.unmark(report.person, made)


def follow(book: Book, effect: DutyEffect, origin: Origin) -> None:
    match effect:
        case Postponed(posts, until):
            book.reminders.postpone(posts, until, origin.now)
            if origin.person_id is not None:
                book.mailing.stop_reminder(origin.person_id)
        case Chased(area):
            chase(book, area, origin.now)
        case Called(post, by, note):
            book.calls.note(post, by, origin.now, note)
        case _:
            assert_never(effect)
