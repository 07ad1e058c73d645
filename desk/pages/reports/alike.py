"""The same picture in reports of two posts, both of the visitor's own area: nobody is accused by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.alike import Alike
from storage.book import Book
from storage.staff import Member

LATELY = timedelta(days=7)
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Side:
    report: str
    media: str
    place: str


@dataclass(frozen=True, slots=True)
class Pair:
    sides: tuple[Side, Side]
    at: datetime


def same_pictures(book: Book, member: Member, now: datetime) -> list[Pair]:
    """The latest; of whatever lies outside their area nothing is told."""
    return [_pair(book, one) for one in book.pictures.common(member.area, now - LATELY, SHOWN)]


def _pair(book: Book, one: Alike) -> Pair:
    first = Side(one.report, one.media, _place(book, one.area))
    return Pair((first, Side(one.other, one.other_media, _place(book, one.other_area))), one.found_at)


def _place(book: Book, area: str) -> str:
    """TPS 012, Sidodadi"""
    return ", ".join(book.areas.chain(area)[:2]) if area else ""
