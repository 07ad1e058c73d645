"""Other systems are told of what was just written down, in the same transaction; nothing of practice."""

from datetime import datetime

from core.hooks.event import moving_event, opening_event, report_event, week_event
from core.model.cases import Case, Note
from core.model.effects import Confirmed
from core.model.records import Report, Revision
from storage.book import Book
from storage.reports import Filing


def tell_of_report(
    book: Book, kind: str, number: str, filing: Filing | None, revision: Revision, now: datetime
) -> None:
    if filing and not filing.practice:
        book.hook_outbox.tell(report_event(kind, number, filing.form, filing.area, revision, now), now)


def tell_of_verifying(book: Book, report: Report, area: str, now: datetime) -> None:
    filing = Filing(report.form, area, report.practice)
    tell_of_report(book, "report.verified", report.number, filing, report.latest, now)


def tell_of_opening(book: Book, case: Case, now: datetime) -> None:
    if not case.practice:
        book.hook_outbox.tell(opening_event(case, now), now)


def tell_of_move(book: Book, case: Case, note: Note, now: datetime) -> None:
    event = moving_event(case, note, now)
    if event and not case.practice:
        book.hook_outbox.tell(event, now)


def tell_of_week(book: Book, sent: Confirmed, now: datetime) -> None:
    book.hook_outbox.tell(week_event(sent, now), now)
