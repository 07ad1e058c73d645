import pytest

from core.digests.tiles import MAPS, MOST, grid_of
from tests.core.digests.weeks import REGENCIES

KALTIM = [code for code, *_ in REGENCIES]


def test_the_map_of_kaltim_is_roughly_in_place() -> None:
    at = grid_of("64", KALTIM).places
    west, centre, coast = at["64.07"], at["64.02"], at["64.74"]
    assert west[0] < centre[0] < coast[0], "Kubar, Kukar, Bontang"
    assert at["64.03"][1] < coast[1] < at["64.71"][1], "Berau north of Bontang north of Balikpapan"
    assert at["64.01"][1] == at["64.09"][1] == 2, "Paser and PPU in the south"
    assert at["64.11"] == (0, 0), "Mahulu in the north-west"


@pytest.mark.parametrize("area", MAPS)
def test_no_two_areas_share_a_place_on_a_map(area: str) -> None:
    assert len(set(MAPS[area].values())) == len(MAPS[area])


@pytest.mark.parametrize("count", range(MOST + 1))
def test_any_number_of_areas_has_a_neat_grid(count: int) -> None:
    codes = [f"64.02.{n:02}" for n in range(count)]
    grid = grid_of("64.02", codes)
    assert list(grid.places) == codes
    assert len(set(grid.places.values())) == count
    assert all(column < grid.columns and row < grid.rows for column, row in grid.places.values())
    assert grid.columns * grid.rows - count < max(grid.columns, 2), "less than a row is empty"


def test_a_new_area_of_a_known_map_gives_all_a_grid() -> None:
    grid = grid_of("64", [*KALTIM, "64.99"])
    assert len(set(grid.places.values())) == 11
