"""The map of a page: every area has a place, its name fits; outlines only where there is one for each."""

from core.digests.poster import poster
from core.digests.shapes import read_shapes
from core.digests.tilemap import LETTERS, LINES, drawn_map
from tests.core.digests.test_shapes import collection, feature, square
from tests.core.digests.weeks import KUKAR


def test_each_area_has_a_tile_of_its_own() -> None:
    made = poster(KUKAR, "id")
    drawn = drawn_map(made)
    assert [spot.code for spot in drawn.spots] == [part.code for part in KUKAR.parts]
    assert len({spot.path for spot in drawn.spots}) == len(drawn.spots)
    assert all(0 < spot.x < drawn.width and 0 < spot.y < drawn.height for spot in drawn.spots)
    assert all(len(line) <= LETTERS for spot in drawn.spots for line in spot.lines)
    assert max(len(spot.lines) for spot in drawn.spots) == LINES
    assert {spot.mark for spot in drawn.spots} == {tile.mark for tile in made.tiles}


def test_outlines_take_the_place_of_tiles_when_there_is_one_for_each() -> None:
    codes = [part.code for part in KUKAR.parts]
    features = [feature(square(116 + n % 5, n // 5), kode=code) for n, code in enumerate(codes)]
    whole = read_shapes(collection(*features), frozenset(codes))
    drawn = drawn_map(poster(KUKAR, "id"), whole)
    assert drawn.has_shapes
    assert all(spot.has_room for spot in drawn.spots)
    names = {spot.name: spot.lines for spot in drawn.spots}
    assert names["Anggana"] == ("Anggana",)
    assert names["Tenggarong Seberang"] == ("Tenggarong…",), "as much as fits"
    without = read_shapes(collection(*features[1:]), frozenset(codes))
    assert not drawn_map(poster(KUKAR, "id"), without).has_shapes
