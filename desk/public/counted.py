"""The figures with the names of all that is in them, as the store has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.cases.procedure import Procedure
from core.forms.form import Words
from core.model.areas import Level
from core.openness.figures import Figures, figures, first_day
from desk.api.house import House
from storage.areas import label
from storage.book import Book


@dataclass(frozen=True, slots=True)
class Counted:
    figures: Figures
    titles: Mapping[str, Words]
    """What each procedure is called."""


async def count(house: House) -> Counted:
    midnight = house.local_now.replace(hour=0, minute=0, second=0, microsecond=0)
    return await house.read(lambda book: _count(book, house, midnight))


def in_force(book: Book) -> list[Procedure]:
    """The procedure that new cases follow, for each name, in the order in which they were first published."""
    names = dict.fromkeys(one.name for one in book.procedures.versions())
    return [found for name in names if (found := book.procedures.current(name))]


def _count(book: Book, house: House, midnight: datetime) -> Counted:
    titles = {one.name: one.title for one in in_force(book)}
    since = first_day(midnight)
    counted = figures(
        book.openness.courses(house.province, since, midnight),
        book.openness.reports(house.province, midnight),
        _areas(book, house.province),
        sorted(titles),
        midnight,
    )
    return Counted(counted, titles)


def _areas(book: Book, province: str) -> Mapping[str, str]:
    """The province, whose own office works cases too, and its kab/kota."""
    own = book.areas.several([province])
    return {one.code: label(one) for one in (*own.values(), *book.areas.under(province, Level.REGENCY))}
