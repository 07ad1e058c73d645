from collections.abc import Collection

import pytest

from core.model.areas import Area, Level
from core.model.people import Role
from storage.keys import Keys
from storage.roster import Entry, Fault, PlacesInside, only_inside
from tests.storage.kaltim import province

SIDODADI = "64.72.03.1005"


class Known:
    """The province, in memory."""

    def get(self, code: str) -> Area | None:
        return next((one for one in province() if one.code == code), None)

    def several(self, codes: Collection[str]) -> dict[str, Area]:
        return {one.code: one for one in province() if one.code in codes}

    def chain(self, code: str) -> tuple[str, ...]:
        return (code,)

    def find(self, name: str, level: Level | None = None, within: str = "") -> list[Area]:
        return [
            one
            for one in province()
            if one.name == name and one.level is level and one.code.startswith(within and f"{within}.")
        ]


class Held:
    def __init__(self, *phones: str) -> None:
        self.phones = set(phones)

    def held_elsewhere(self, phones: Collection[str], area: str) -> set[str]:
        return self.phones & set(phones)


@pytest.mark.parametrize(
    ("area", "name", "level", "codes"),
    [
        ("64.02.04", "Sidomulyo", Level.VILLAGE, ["64.02.04.2007"]),
        ("64.72", "Sidomulyo", Level.VILLAGE, ["64.72.04.1003"]),
        ("64.72", "Samarinda", Level.REGENCY, ["64.72"]),
        ("64.02", "Samarinda", Level.REGENCY, []),
        ("64.02", "Kalimantan Timur", Level.PROVINCE, []),
        ("", "Samarinda", Level.REGENCY, ["64.72"]),
    ],
)
def test_a_name_means_the_place_inside(area: str, name: str, level: Level, codes: list[str]) -> None:
    found = [one.code for one in PlacesInside(Known(), area).find(name, level)]
    assert [code for code in found if area or code in codes] == codes


def test_nobody_outside_is_touched() -> None:
    keys, faults = Keys.make(), list[Fault]()
    here = Entry(2, "Siti Contoh", "+628000000001", Role.PTPS, f"{SIDODADI}.001")
    there = Entry(3, "Budi Contoh", "+628000000002", Role.PKD, "64.02.04.2007")
    theirs = Entry(4, "Joko Contoh", "+628000000003", Role.PKD, SIDODADI)
    held = Held(keys.index("phone", theirs.phone))
    assert list(only_inside([here, there, theirs], "64.72", held, keys, faults.append)) == [here]
    assert [(one.row, one.key) for one in faults] == [
        (3, "roster.area.outside"),
        (4, "roster.phone.elsewhere"),
    ]
    assert list(only_inside([here, there, theirs], "", held, keys, faults.append)) == [here, there, theirs]
