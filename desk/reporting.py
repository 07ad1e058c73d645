"""A report that somebody of the desk may see; what is not theirs is as unknown as what is not there."""

from dataclasses import dataclass

from core.model.cases import Actor
from core.model.records import Report
from core.reports.sight import covers
from desk.refused import unknown
from storage.book import Book


@dataclass(frozen=True, slots=True)
class ReportInHand:
    report: Report
    area: str
    """Where it was filed from; empty for nowhere known."""


def look_up_report(book: Book, number: str, actor: Actor) -> ReportInHand:
    """With all of its revisions."""
    report, area = book.reports.get(number), book.reports.area_of(number)
    if report is None or not covers(actor, area):
        raise unknown()
    return ReportInHand(report, area)
