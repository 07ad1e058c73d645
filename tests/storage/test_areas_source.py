from collections import Counter

import pytest

from core.model.areas import Level
from storage.areas_source import UnknownProvince, load


def test_the_province_is_whole() -> None:
    areas = list(load("64"))
    counts = Counter(one.level for one in areas)
    assert counts == {Level.PROVINCE: 1, Level.REGENCY: 10, Level.DISTRICT: 105, Level.VILLAGE: 1038}
    kinds = Counter(one.kind for one in areas if one.level is Level.VILLAGE)
    assert kinds == {"Desa": 841, "Kelurahan": 197}


@pytest.mark.parametrize(
    "code, name, kind",
    [
        ("64", "Kalimantan Timur", "Provinsi"),
        ("64.02", "Kutai Kartanegara", "Kabupaten"),
        ("64.72", "Samarinda", "Kota"),
        ("64.02.08", "Kota Bangun", "Kecamatan"),
        ("64.02.04.2007", "Sidomulyo", "Desa"),
        ("64.72.03.1005", "Sidodadi", "Kelurahan"),
    ],
)
def test_known_places_have_their_names(code: str, name: str, kind: str) -> None:
    found = {one.code: one for one in load("64")}
    assert (found[code].name, found[code].kind) == (name, kind)


def test_parents_come_first() -> None:
    seen: set[str] = set()
    for one in load("64"):
        assert one.parent in seen or one.level is Level.PROVINCE
        seen.add(one.code)


def test_the_country_has_thirty_eight_provinces() -> None:
    assert sum(one.level is Level.PROVINCE for one in load()) == 38


@pytest.mark.parametrize("code", ["99", "64.02", ""])
def test_what_is_no_province_is_refused(code: str) -> None:
    with pytest.raises(UnknownProvince):
        list(load(code))
