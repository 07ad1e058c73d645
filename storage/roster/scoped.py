"""A roster of one area only: a name means the place inside it, and nobody outside it is touched."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

from core.model.areas import Area, Level, within
from storage.keys import Keys
from storage.roster.entries import Entry, Fault
from storage.roster.places import Places
from storage.roster.staging import pages

PAGE = 500
AREA, PHONE = "wilayah", "telepon"


class PlacesInside:
    """The known areas, where a name is looked for in one of them; everywhere when that is empty."""

    def __init__(self, places: Places, area: str) -> None:
        self.places = places
        self.area = area
        self.get = places.get
        self.several = places.several
        self.chain = places.chain

    def find(self, name: str, level: Level | None = None, within: str = "") -> list[Area]:
        own = self.places.get(self.area) if self.area else None
        if own is not None and own.level is level:
            return [one for one in self.places.find(name, level, within) if one.code == own.code]
        return self.places.find(name, level, within or self.area)


class Holders(Protocol):
    """What we ask of who holds what; `storage.seats.Seats` is one."""

    def held_elsewhere(self, phones: Collection[str], area: str) -> set[str]: ...


def only_inside(
    entries: Iterable[Entry], area: str, holders: Holders, keys: Keys, found: Callable[[Fault], object]
) -> Iterator[Entry]:
    """Those whose post lies inside, and whose person holds none outside; `found` hears of the others."""
    if not area:
        yield from entries
        return
    for page in pages(entries, PAGE):
        index = {entry.row: keys.index("phone", entry.phone) for entry in page}
        elsewhere = holders.held_elsewhere(set(index.values()), area)
        for entry in page:
            if not within(entry.area, area):
                found(Fault(entry.row, AREA, "roster.area.outside", {"found": entry.area}))
            elif index[entry.row] in elsewhere:
                found(Fault(entry.row, PHONE, "roster.phone.elsewhere"))
            else:
                yield entry
