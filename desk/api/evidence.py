"""The evidence of a case: what came with it, and with the case that it grew out of."""

from core.model.cases import Case
from storage.book import Book
from storage.media import Media

LONGEST_LINE = 5
"""Cases grow out of one another two or three times at most."""


def evidence_of(book: Book, case: Case) -> tuple[Media, ...]:
    """Its own last: the pictures of a tip go on counting when it has become a complaint."""
    found: tuple[Media, ...] = ()
    current: Case | None = case
    for _ in range(LONGEST_LINE):
        if current is None:
            break
        found = (*book.media.of_case(current.number), *found)
        current = book.cases.get(current.parent, notes=False) if current.parent else None
    return found
