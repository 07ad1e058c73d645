"""Areas of one's own from a CSV file."""

import pytest

from core.model.areas import Area, Level
from lapordesk.area_file import Fault, NoAreaFile, read_areas

VILLAGE = "64.72.01.1001"
THERE = {"64", "64.72", "64.72.01", VILLAGE}.__contains__


def station(number: int) -> Area:
    return Area(f"{VILLAGE}.{number:03}", f"TPS {number:03}", Level.TPS, "TPS")


def test_polling_stations_one_by_one_and_in_a_range() -> None:
    assert read_areas(f"desa,tps\n{VILLAGE},12\n{VILLAGE},1-3\n", THERE) == (
        [station(12), station(1), station(2), station(3)],
        [],
    )


@pytest.mark.parametrize("content", ["\ufeffKode;Nama;Jenis\n{};{};{}\n", "code,name,kind\r\n{},{},{}\r\n"])
def test_an_area_with_its_code_however_the_spreadsheet_wrote_it(content: str) -> None:
    areas, faults = read_areas(content.format("64.72.01.1099", "Rutan", "Lokasi khusus"), THERE)
    assert areas == [Area("64.72.01.1099", "Rutan", Level.VILLAGE, "Lokasi khusus")]
    assert not faults


def test_a_parent_may_stand_in_a_row_above() -> None:
    areas, faults = read_areas("kode,nama\n65,Utara\n65.01,Malinau\n", THERE)
    assert [area.code for area in areas] == ["65", "65.01"]
    assert not faults


def test_every_faulty_row_is_named_and_the_others_are_taken() -> None:
    content = f"""kode,nama,desa,tps
6472,Samarinda,,
64.72.09,,,
64.73.01,Yatim,,

,,64.72.01,1
,,64.72.01.1002,1
,,{VILLAGE},satu
,,{VILLAGE},0
,,{VILLAGE},9-3
,,{VILLAGE},4
"""
    areas, faults = read_areas(content, THERE)
    assert areas == [station(4)]
    assert faults == [
        Fault(2, "code", "6472"),
        Fault(3, "name", "64.72.09"),
        Fault(4, "parent", "64.73"),
        Fault(6, "village", "64.72.01"),
        Fault(7, "parent", "64.72.01.1002"),
        Fault(8, "tps", "satu"),
        Fault(9, "tps", "0"),
        Fault(10, "tps", "9-3"),
    ]


@pytest.mark.parametrize("content", ["", "nama,tps\nA,1\n", "desa\n64.72.01.1001\n"])
def test_a_file_without_the_columns_is_no_area_file(content: str) -> None:
    with pytest.raises(NoAreaFile):
        read_areas(content, THERE)


def test_a_range_past_999_cannot_be_written() -> None:
    _, faults = read_areas(f"desa,tps\n{VILLAGE},1-1000\n", THERE)
    assert faults == [Fault(2, "tps", "1-1000")]
