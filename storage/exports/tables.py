"""What one of the staff may see as a table that is read while it is given out, a page at a time.

Each page is a look of its own: nobody who downloads slowly holds the database, and a million rows take no
more memory than five hundred.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from core.forms.form import Form
from core.model.records import Report
from storage.book import Book
from storage.cases import Search
from storage.exports.cases import COLUMNS, case_rows
from storage.exports.columns import Columns
from storage.exports.reports import NothingToExport, families, typed
from storage.exports.rows import ABOUT, PAGE, Filled, fill, media_paths_of
from storage.exports.writers import Cell
from storage.report_list import Wanted
from storage.store import Store

CASES = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    heading: Callable[[], Sequence[str]]
    """Asked once, before the rows: for a form with repeats every report has to be looked at for it."""
    pages: Callable[[], Iterator[list[Sequence[Cell]]]]


def table_of_reports(store: Store, form: str, wanted: Wanted) -> Table:
    """The reports of one form that fit, the latest first; `NothingToExport` for a form that is not there."""
    with store.reading() as book:
        versions = next(iter(families(book, form)), None) if form else None
    if versions is None:
        raise NothingToExport(form)
    columns, order = Columns(versions), list[str]()
    narrowed = replace(wanted, forms=(form,), limit=PAGE, after="")

    def heading() -> Sequence[str]:
        places = columns.always()
        if columns.has_repeats:
            for found in _read(store, narrowed):
                places.update(place for one in found for place in one.latest.answers.values)
        order[:] = columns.sorted(places)
        return [*ABOUT, *order]

    def pages() -> Iterator[list[Sequence[Cell]]]:
        for page in _filled(store, versions, narrowed):
            yield [
                [
                    *(one.about[name] for name in ABOUT),
                    *(typed(one.answers.get(place, ""), columns.is_number(place)) for place in order),
                ]
                for one in page
            ]

    return Table(form, heading, pages)


def table_of_cases(store: Store, wanted: Search, now: datetime) -> Table:
    """The cases that fit, what is due first in front; no words of theirs, and nobody's name."""

    def pages() -> Iterator[list[Sequence[Cell]]]:
        following = replace(wanted, limit=CASES, after="")
        while True:
            with store.reading() as book:
                page = book.cases.find(following)
                rows = case_rows(book, page, now)
            yield [[row[name] for name in COLUMNS] for row in rows]
            if len(page) < CASES:
                return
            following = replace(following, after=page[-1].number)

    return Table("cases", lambda: COLUMNS, pages)


def _filled(store: Store, versions: Sequence[Form], wanted: Wanted) -> Iterator[list[Filled]]:
    media_paths = media_paths_of(versions)
    return _looks(store, wanted, lambda book, reports: list(fill(book, reports, media_paths)))


def _read(store: Store, wanted: Wanted) -> Iterator[list[Report]]:
    """With their answers alone."""
    return _looks(store, wanted, lambda _, reports: reports)


def _looks(store: Store, wanted: Wanted, make: Callable[[Book, list[Report]], list[T]]) -> Iterator[list[T]]:
    while True:
        with store.reading() as book:
            found = book.report_list.find(wanted)
            page = make(book, book.reports.latest(one.number for one in found))
        yield page
        if len(found) < wanted.limit:
            return
        wanted = replace(wanted, after=found[-1].number)
