"""Province 64 and a few posts in it, for the tests of what hangs on places."""

from datetime import UTC, datetime
from functools import cache

from core.model.areas import Area
from core.model.people import Role
from storage import areas_source
from storage.book import Book

NOW = datetime(2024, 11, 27, 0, 30, tzinfo=UTC)
VILLAGE = "64.72.03.1005"
"""Sidodadi, Samarinda Ulu."""


@cache
def province() -> tuple[Area, ...]:
    return tuple(areas_source.load("64"))


def settle(book: Book) -> None:
    """Load the province."""
    book.areas.save(province())


def appoint(book: Book, name: str = "Budi", phone: str = "+628000000012", tps: int = 12) -> int:
    """A supervisor of a polling station in Sidodadi, with the places above it; gives the person's id."""
    above = [one for one in province() if one.code == VILLAGE or VILLAGE.startswith(one.code + ".")]
    book.areas.save(above)
    station = book.areas.add_tps(VILLAGE, tps)
    person = book.people.save(name, phone, NOW)
    book.people.assign(person, Role.PTPS, station.code, NOW)
    return person
