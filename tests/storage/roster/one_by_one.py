"""The import of a roster told slowly, a row at a time: what the one in `storage/roster` has to come to."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.model.areas import Area, Level
from core.model.people import Role
from storage.book import Book
from storage.people import NoSeat
from storage.roster.entries import Entry


def import_slowly(book: Book, good: Sequence[Entry], now: datetime) -> None:
    """Take the rows in: a person keeps their id by their phone, a post its reports, whoever holds it.

    The roster gives each of its people exactly one post. Where a post is full, those whom the roster does
    not put there make room.
    """
    stations = _stations(good)
    book.areas.save(stations)
    people = {entry.row: book.people.save(entry.name, entry.phone, now) for entry in good}
    staying: dict[tuple[Role, str], set[int]] = {}
    for entry in good:
        staying.setdefault((entry.role, entry.area), set()).add(people[entry.row])
    posts: dict[int, int] = {}
    for entry in good:
        person = people[entry.row]
        posts[person] = _post(book, entry, person, staying[entry.role, entry.area], now)
    book.people.hold_only(posts, now)


def _stations(good: Iterable[Entry]) -> list[Area]:
    codes = {entry.area for entry in good if entry.role is Role.PTPS}
    return [Area(code, f"TPS {code[-3:]}", Level.TPS, "TPS") for code in sorted(codes)]


def _post(book: Book, entry: Entry, person: int, staying: set[int], now: datetime) -> int:
    try:
        return book.people.assign(person, entry.role, entry.area, now)
    except NoSeat:
        leaving = next(one for one in book.people.holders(entry.role, entry.area) if one not in staying)
        book.people.leave(leaving, entry.role, entry.area, now)
        return book.people.assign(person, entry.role, entry.area, now)
