"""Each row of a roster understood by itself, then against the others; faults are listed, all at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from core.model.areas import Level
from core.model.people import Role
from storage.people import SEATS
from storage.roster.entries import Entry, Fault, Row, Unread
from storage.roster.places import Gazetteer, Places, dotted
from storage.roster.staging import pages
from storage.roster.values import read_phone, read_role, read_tps

T = TypeVar("T")
LONGEST_NAME = 120
TPS_CODE = 13
"""Digits of a polling station's own code: a village's ten and three more."""
LEVELS = {
    Role.PTPS: Level.VILLAGE,
    Role.PKD: Level.VILLAGE,
    Role.PANWASCAM: Level.DISTRICT,
    Role.KABKOTA: Level.REGENCY,
    Role.PROVINSI: Level.PROVINCE,
}
"""Where a role's area is found; a PTPS's polling station is a number below it."""
_DIGIT = {role: str(number) for number, role in enumerate(SEATS, 1)}
PAGE = 1000


def check_roster(rows: Iterable[Row], places: Places) -> tuple[list[Entry], list[Fault]]:
    """The rows that can be taken in, and everything that is wrong with the others."""
    faults: list[Fault] = []
    good = list(good_rows(rows, places, faults.append))
    return good, faults


def good_rows(rows: Iterable[Row], places: Places, found: Callable[[Fault], object]) -> Iterator[Entry]:
    """The rows that can be taken in, as they are read; `found` hears of every fault of the others."""
    gazetteer = Gazetteer(places)
    taken = Taken()
    for page in pages(rows, PAGE):
        gazetteer.expect(row.area for row in page)
        for row in page:
            entry, wrong = _checked(row, gazetteer)
            if entry is not None and not wrong:
                wrong = _against_others(entry, row, taken)
            for fault in wrong:
                found(fault)
            if entry is not None and not wrong:
                yield entry


@dataclass(slots=True)
class Taken:
    """Which row took a phone, and how many a post: numbers only, so that a nation's fit in memory."""

    phones: dict[int, int] = field(default_factory=dict)
    seats: Counter[int] = field(default_factory=Counter)


def _checked(row: Row, gazetteer: Gazetteer) -> tuple[Entry | None, list[Fault]]:
    """Every cell is looked at, so that all faults of a row are listed together."""
    faults: list[Fault] = []

    def read(column: str, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except Unread as unread:
            faults.append(Fault(row.number, _heading(row, column), unread.key, unread.values))
            return None

    name = read("name", lambda: _name(row.name))
    phone = read("phone", lambda: read_phone(row.phone))
    role = read("role", lambda: read_role(row.role))
    area = read("area", lambda: _area(row, role, gazetteer)) if role else None
    if area and role is Role.PTPS and area.count(".") == 3:
        area = read("tps", lambda: _tps(row, str(area)))
    if name and phone and role and area:
        return Entry(row.number, name, phone, role, area), faults
    return None, faults


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Unread("roster.name.missing")
    if len(name) > LONGEST_NAME or not any(letter.isalpha() for letter in name):
        raise Unread("roster.name.unread", found=name[:LONGEST_NAME])
    return name


def _area(row: Row, role: Role, gazetteer: Gazetteer) -> str:
    """The code of the area; of the polling station where a PTPS's row gives its whole code."""
    code = dotted(row.area) if row.area.replace(".", "").strip().isdigit() else ""
    if role is Role.PTPS and len(code.replace(".", "")) == TPS_CODE:
        village, _, number = code.rpartition(".")
        return f"{gazetteer.place(village, Level.VILLAGE).code}.{number}"
    return gazetteer.place(row.area, LEVELS[role]).code


def _tps(row: Row, village: str) -> str:
    number = read_tps(row.tps)
    if number is None:
        raise Unread("roster.tps.missing")
    return f"{village}.{number:03}"


def _against_others(entry: Entry, row: Row, taken: Taken) -> list[Fault]:
    """A phone is one person's, and a post has only so many seats; the first row that says so is taken."""
    first = taken.phones.setdefault(int(entry.phone), entry.row)
    if first != entry.row:
        return [Fault(entry.row, _heading(row, "phone"), "roster.phone.twice", {"first": str(first)})]
    limit = SEATS.get(entry.role)
    if limit is None:
        return []
    post = int(_DIGIT[entry.role] + entry.area.replace(".", ""))
    if taken.seats[post] == limit:
        return [Fault(entry.row, _heading(row, "area"), "roster.post.full", {"seats": str(limit)})]
    taken.seats[post] += 1
    return []


def _heading(row: Row, column: str) -> str:
    """What the sheet calls it."""
    if column == "area":
        names = [
            row.headings[one] for one in ("area", "village", "district", "regency") if one in row.headings
        ]
        return names[0] if names else column
    return row.headings.get(column, column)
