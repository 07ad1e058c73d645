"""What a case has from the cases that it grew out of: their evidence, their identity."""

from collections.abc import Iterator

from core.model.cases import Case
from storage.book import Book
from storage.media import Media

LONGEST_LINE = 5
"""Cases grow out of one another two or three times at most."""


def evidence_of(book: Book, case: Case) -> tuple[Media, ...]:
    """Its own last: the pictures of a tip go on counting when it has become a complaint."""
    line = reversed(list(line_of(book, case)))
    return tuple(medium for one in line for medium in book.media.of_case(one.number))


def sealed_under(book: Book, case: Case) -> str:
    """The number of the case under which the identity lies sealed; empty when there is none."""
    return next((one.number for one in line_of(book, case) if book.identities.has(one.number)), "")


def line_of(book: Book, case: Case) -> Iterator[Case]:
    """The case, the one that it grew out of, and so on."""
    current: Case | None = case
    for _ in range(LONGEST_LINE):
        if current is None:
            return
        yield current
        current = book.cases.get(current.parent, notes=False) if current.parent else None
