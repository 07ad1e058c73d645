"""What a roster says made so: people by their phone, polling stations, and who holds which post."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.book import Book
from storage.roster.changes import Changes, changes
from storage.roster.entries import Entry
from storage.roster.moving import HOLDING, KNOWING, SEATING, do, stations_of, work_alone
from storage.roster.staging import clear, stage


@dataclass(frozen=True, slots=True)
class Imported:
    people: int
    """Rows taken in, whether the person was known or new."""
    stations: int
    """Polling stations that the roster names."""
    changes: Changes


def import_roster(
    book: Book, good: Iterable[Entry], now: datetime, told: Callable[[int], object] = lambda _: None
) -> Imported:
    """Take the rows in: a person keeps their id by their phone, a post its reports, whoever holds it.

    The roster gives each of its people exactly one post, and names nobody twice. Where a post is full, those
    whom the roster does not put there make room. `told` hears now and then how many rows were read.
    """
    people = 0
    for people in stage(book.connection, book.keys, good):
        told(people)
    work_alone(book.connection)
    do(book.connection, KNOWING, now)
    do(book.connection, SEATING, now)
    stations, changed = stations_of(book.connection), changes(book.connection)
    do(book.connection, HOLDING, now)
    clear(book.connection)
    return Imported(people, stations, changed)


def preview_roster(
    book: Book, good: Iterable[Entry], now: datetime, told: Callable[[int], object] = lambda _: None
) -> Imported:
    """What `import_roster` would do: it does it, and takes it back."""
    with book.connection.begin_nested() as tried:
        imported = import_roster(book, good, now, told)
        tried.rollback()
    return imported
