"""Where each area stands on the tile map: by hand where the map is known, else in a neat grid by code.

64.11 Mahulu  ·            64.08 Kutim      64.03 Berau
64.07 Kubar   64.02 Kukar  64.72 Samarinda  64.74 Bontang
64.01 Paser   64.09 PPU    64.71 Balikpapan ·
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
"""Column and row, from the upper left."""

MAPS: Mapping[str, Mapping[str, Place]] = {
    "64": {
        "64.11": (0, 0),
        "64.08": (2, 0),
        "64.03": (3, 0),
        "64.07": (0, 1),
        "64.02": (1, 1),
        "64.72": (2, 1),
        "64.74": (3, 1),
        "64.01": (0, 2),
        "64.09": (1, 2),
        "64.71": (2, 2),
    },
}
ROWS = ((3, 1), (8, 2), (12, 3), (20, 4), (30, 5), (42, 6))
"""Up to so many areas stand in so many rows."""
MOST = ROWS[-1][0]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: int
    rows: int
    places: Mapping[str, Place]


def grid_of(area: str, codes: Sequence[str]) -> Grid:
    """The places of up to MOST areas; every code has one, and no two share it."""
    known = MAPS.get(area, {})
    places = {code: known[code] for code in codes} if known.keys() >= set(codes) else _in_rows(codes)
    columns = max((column for column, _ in places.values()), default=0) + 1
    return Grid(columns, max((row for _, row in places.values()), default=0) + 1, places)


def _in_rows(codes: Sequence[str]) -> dict[str, Place]:
    rows = next((rows for most, rows in ROWS if len(codes) <= most), ROWS[-1][1])
    columns = max(1, -(-len(codes) // rows))
    return {code: (at % columns, at // columns) for at, code in enumerate(codes)}
