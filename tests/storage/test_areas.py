import re

import pytest
from sqlalchemy import text

from core.model.areas import Area, Level
from storage.areas import UnknownArea
from storage.store import Store
from tests.storage.kaltim import VILLAGE, settle
from tests.storage.plans import planned, scanned


def test_saving_twice_corrects_and_does_not_double(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        settle(book)
        book.areas.save([Area("64.01", "Pasir", Level.REGENCY, "Kabupaten")])
        assert book.areas.counts() == {
            Level.PROVINCE: 1,
            Level.REGENCY: 10,
            Level.DISTRICT: 105,
            Level.VILLAGE: 1038,
        }
        pasir = book.areas.get("64.01")
        assert pasir is not None and pasir.name == "Pasir"


def test_areas_hang_below_each_other(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        assert [one.code for one in book.areas.children("")] == ["64"]
        assert len(book.areas.children("64")) == 10
        assert len(book.areas.children("64.02")) == 20
        assert len(book.areas.under("64.02", Level.VILLAGE)) == 237
        assert len(book.areas.under("", Level.DISTRICT)) == 105
        assert book.areas.under("64.7", Level.DISTRICT) == []
        assert book.areas.chain(VILLAGE) == (
            "Sidodadi",
            "Samarinda Ulu",
            "Kota Samarinda",
            "Kalimantan Timur",
        )
        assert book.areas.chain("64.99") == ("Kalimantan Timur",)


def test_polling_stations_stand_below_their_village(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        tps = book.areas.add_tps(VILLAGE, 12)
        assert book.areas.add_tps(VILLAGE, 12) == tps == Area(f"{VILLAGE}.012", "TPS 012", Level.TPS, "TPS")
        assert book.areas.children(VILLAGE) == [tps]
        assert book.areas.chain(tps.code)[:2] == ("TPS 012", "Sidodadi")
        for wrong in ("64.72.03", "64.72.03.1999"):
            with pytest.raises(UnknownArea):
                book.areas.add_tps(wrong, 1)
        with pytest.raises(ValueError, match="1000"):
            book.areas.add_tps(VILLAGE, 1000)


@pytest.mark.parametrize(
    "name, level, within, codes",
    [
        ("kukar", None, "", ["64.02"]),
        ("Kab. Kutai Kartanegara", Level.REGENCY, "", ["64.02"]),
        ("kec. sanga-sanga", None, "", ["64.02.15"]),
        ("KECAMATAN SANGA SANGA", Level.DISTRICT, "", ["64.02.15"]),
        ("kota bangun", Level.DISTRICT, "", ["64.02.08"]),
        ("samarinda", None, "", ["64.72"]),
        ("samarinda", Level.DISTRICT, "64.72", [f"64.72.0{n}" for n in (2, 3, 4, 5, 9)]),
        ("gunungsamarinda", Level.VILLAGE, "", ["64.71.03.1002"]),
        ("long laai", Level.VILLAGE, "", ["64.03.04.2001"]),
        (
            "ds. sidomulyo",
            Level.VILLAGE,
            "",
            ["64.02.04.2007", "64.02.12.2010", "64.08.08.2004", "64.72.04.1003"],
        ),
        ("Sidomulyo", Level.VILLAGE, "64.02", ["64.02.04.2007", "64.02.12.2010"]),
        ("sidomulyo", Level.VILLAGE, "64.02.04", ["64.02.04.2007"]),
        ("tengarong sebrang", None, "", ["64.02.16"]),
        ("sidomulyo, anggana", None, "", ["64.02.04.2007"]),
        ("ds sidomulyo kec. anggana kab kukar", None, "", ["64.02.04.2007"]),
        ("sidomulyo, tenggarong", None, "", []),
        ("sidomulyo kota samarinda", Level.VILLAGE, "", ["64.72.04.1003"]),
        ("tj redeb", Level.DISTRICT, "", ["64.03.05"]),
        ("samarinda sbrg", Level.DISTRICT, "", ["64.72.02"]),
        ("atlantis", None, "", []),
        ("", None, "", []),
        ("...", None, "", []),
    ],
)
def test_names_are_found_generously(
    store: Store, name: str, level: Level | None, within: str, codes: list[str]
) -> None:
    with store.begin() as book:
        settle(book)
        assert [one.code for one in book.areas.find(name, level, within)] == codes


_VILLAGES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO area (code, name, level, kind, parent, plain, sound)
SELECT '11.01.' || substr(cast(100 + i / 1000 AS text), 2) || '.' || cast(2000 + i % 1000 AS text), 'Contoh',
       'village', '', '11.01.' || substr(cast(100 + i / 1000 AS text), 2), 'contoh' || i, 'cnt' || i % 5000
FROM n
"""


@pytest.mark.parametrize("is_analysed", [False, True])
def test_no_search_goes_through_all_places(store: Store, engine: str, is_analysed: bool) -> None:
    with store.begin() as book:
        settle(book)
        book.connection.execute(text(_VILLAGES))
        if is_analysed or engine == "postgres":
            book.connection.exec_driver_sql("ANALYZE area")
        if engine == "postgres":  # so few rows may well be read through: asked is whether they need not be
            book.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        with planned(book.connection) as plans:
            for name in ("sidomulyo", "sidomulyo, anggana", "sidomul", "tengarong sebrang", "atlantis raya"):
                book.areas.find(name)
                book.areas.find(name, Level.VILLAGE)
            book.areas.find("sanga sanga dalm", within="64.02")
    assert scanned(plans) == set()
    for plan in plans:
        is_by_name = re.search(r"ix_area_(level_plain|sound)(?! \(level=\?\))", plan.lines)
        is_by_code = re.search("(pk_area|sqlite_autoindex_area_1)", plan.lines)
        assert is_by_name or (is_by_code and " IN (" in plan.statement), plan
