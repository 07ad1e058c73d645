"""A poster's tiles as places on a page: outlines as SVG paths, and where their words stand.

A tile is a square with its name, share and what it owes in it; where real shapes are known, a tile is the
area's outline, and only the share stands in it. Both lie in a field of `width` by `height`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.digests.digest import Mark
from core.digests.poster import Poster, Tile
from core.digests.shapes import Shape, Shapes
from core.speech.cutting import shorten, split

WIDE, HIGH, GAP, ROUND = 200, 140, 8, 12
LETTERS = 14
"""So many fit beside each other in a tile."""
LINES = 2
ROOM = 34
"""An outline so wide and high has room for its share; twice as high, for its name too."""
LETTER, FEWEST = 13, 9
"""How wide a letter of a name is; with room for fewer it says nothing."""
NO_SHAPES: Shapes = Shapes()


@dataclass(frozen=True, slots=True)
class Spot:
    """One area on the map."""

    code: str
    name: str
    lines: tuple[str, ...]
    """The name as it fits; empty where there is no room for it."""
    figure: str
    detail: str
    note: str
    mark: Mark
    path: str
    x: float
    y: float
    """The middle of it."""
    has_room: bool = True


@dataclass(frozen=True, slots=True)
class DrawnMap:
    width: float
    height: float
    spots: tuple[Spot, ...]
    columns: int
    has_shapes: bool = False


def drawn_map(poster: Poster, shapes: Shapes = NO_SHAPES) -> DrawnMap:
    """With outlines if there is one for each area, else as tiles."""
    found = shapes.of([tile.code for tile in poster.tiles if tile.code])
    if found and all(tile.code in found.shapes for tile in poster.tiles):
        spots = tuple(_outlined(tile, found.shapes) for tile in poster.tiles)
        return DrawnMap(found.width, found.height, spots, 1, has_shapes=True)
    width, height = poster.columns * (WIDE + GAP) - GAP, poster.rows * (HIGH + GAP) - GAP
    return DrawnMap(width, height, tuple(map(_squared, poster.tiles)), poster.columns)


def _squared(tile: Tile) -> Spot:
    x, y = tile.column * (WIDE + GAP), tile.row * (HIGH + GAP)
    lines = _lines(tile.name)
    middle = (x + WIDE / 2, y + HIGH / 2)
    return Spot(
        tile.code, tile.name, lines, tile.figure, tile.detail, tile.note, tile.mark, _square(x, y), *middle
    )


def _outlined(tile: Tile, shapes: Mapping[str, Shape]) -> Spot:
    shape = shapes[tile.code]
    has_room = min(shape.width, shape.height) >= ROOM
    letters = int(shape.width / LETTER)
    return Spot(
        tile.code,
        tile.name,
        (shorten(tile.name, letters),) if letters >= FEWEST and shape.height >= 2 * ROOM else (),
        tile.figure,
        tile.detail,
        tile.note,
        tile.mark,
        shape.path,
        shape.x,
        shape.y,
        has_room,
    )


def _lines(name: str) -> tuple[str, ...]:
    pieces = split(name, LETTERS, LETTERS)
    if len(pieces) > LINES:
        pieces = [*pieces[: LINES - 1], shorten(" ".join(pieces[LINES - 1 :]), LETTERS)]
    return tuple(pieces)


def _square(x: int, y: int) -> str:
    """With round corners."""
    across, down = WIDE - 2 * ROUND, HIGH - 2 * ROUND
    corner = f"a{ROUND} {ROUND} 0 0 1"
    return (
        f"M{x + ROUND} {y}h{across}{corner} {ROUND} {ROUND}v{down}{corner} -{ROUND} {ROUND}"
        f"h-{across}{corner} -{ROUND} -{ROUND}v-{down}{corner} {ROUND} -{ROUND}z"
    )
