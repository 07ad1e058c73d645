"""Whether two pictures are the same one: sent on, saved smaller, or cut a little at its edges.

All C.HASIL look alike; what tells them apart is what was written into them. So an imprint only finds the
few that may be the same, and these are then laid one over the other.

    imprint   256 signs of a cosine transform of the picture, in 8 marks of 32: the same one has at least one
              of them in common, most sheets of the same kind have none
    overlay   both without their light and shade, moved until they fit: how much stays different
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations
from operator import mul

from PIL import Image, ImageChops, ImageFilter, ImageStat

SIDE, WAVES = 32, 16
MARKS, MARK = 8, 32
"""So many marks of so many bits."""
DOUBTS = 5
"""The bits of each mark that may well fall out otherwise: they are looked for both ways."""
PLAIN = 8.0
"""A picture whose brightness varies less says nothing: a pocket, a wall, an empty page."""
DIFFERENT = 0.025
"""Of copies of photos at most 0.01 stayed different, of other sheets on the same table at least 0.04. Nobody
is to be suspected wrongly: a scan whose edges were cut has 0.06, and is not noticed."""
LAID, COMPARED, SHADE = 160, 64, 3
"""Points of a side, laid out and compared; what is paler or darker over more than a few of them is shade."""
FARTHEST = 0.05
STEPS = (0.02, 0.01, 0.005)
_COSINES = [
    [math.cos(math.pi * (2 * x + 1) * wave / (2 * SIDE)) for x in range(SIDE)] for wave in range(WAVES + 1)
]
_EVENED = [round(128 + 127 * math.tanh((value - 128) / 20)) for value in range(256)]
"""The edge of the sheet against a dark table must not count for more than all that is written on it."""

Edges = tuple[float, float, float, float]
"""How much is cut off left, above, right and below of the first picture; of the second where negative."""


@dataclass(frozen=True, slots=True)
class Imprint:
    bits: bytes
    doubts: bytes
    """The places of the doubtful bits, mark by mark."""

    def marks(self) -> list[int]:
        """What it is found by: a mark with its number before it."""
        return [number << MARK | mark for number, mark in enumerate(self._marks())]

    def likely(self) -> list[int]:
        """What the same picture may be found by: its marks, with their doubtful bits both ways."""
        return [
            number << MARK | (mark ^ flipped)
            for number, mark in enumerate(self._marks())
            for flipped in self._flips(number)
        ]

    def distance(self, bits: bytes) -> int:
        return (int.from_bytes(self.bits) ^ int.from_bytes(bits)).bit_count()

    def _marks(self) -> Iterator[int]:
        size = MARK // 8
        return (int.from_bytes(self.bits[n * size : (n + 1) * size]) for n in range(MARKS))

    def _flips(self, number: int) -> Iterator[int]:
        places = self.doubts[number * DOUBTS : (number + 1) * DOUBTS]
        for several in range(DOUBTS + 1):
            for chosen in combinations(places, several):
                yield sum(1 << place for place in chosen)


def imprint(view: bytes) -> Imprint | None:
    """Of a viewing copy; None when there is too little in it to know it again."""
    grey = _grey(view, SIDE)
    if ImageStat.Stat(grey).stddev[0] < PLAIN:
        return None
    waves = _waves(grey.tobytes())
    middle = sorted(waves)[len(waves) // 2]
    sure = [wave - middle for wave in waves]
    value = sum((wave > 0) << place for place, wave in enumerate(reversed(sure)))
    doubts = (place for n in range(MARKS) for place in _doubts(sure[n * MARK : (n + 1) * MARK]))
    return Imprint(value.to_bytes(MARKS * MARK // 8), bytes(doubts))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture made ready to be laid over others."""

    drawn: Image.Image

    @classmethod
    def of(cls, view: bytes) -> "Sheet":
        grey = _grey(view, LAID)
        shade = grey.filter(ImageFilter.GaussianBlur(SHADE))
        lines = ImageChops.subtract(grey, shade, scale=1, offset=128).point(_EVENED)
        return cls(lines.filter(ImageFilter.GaussianBlur(1)))

    def difference(self, other: "Sheet") -> float:
        """What stays different when one is laid over the other as well as can be: 0 nothing, 1 everything."""
        edges: Edges = (0.0, 0.0, 0.0, 0.0)
        least = _overlay(self.drawn, other.drawn, edges)
        for step in STEPS:
            for _ in range(2):
                found, moved = _moved(self.drawn, other.drawn, edges, least, step)
                if found >= least:
                    break
                edges, least = moved, found
        return least


def _moved(
    one: Image.Image, other: Image.Image, edges: Edges, least: float, step: float
) -> tuple[float, Edges]:
    """Each edge in turn, as far as it gets better."""
    for edge in range(4):
        for by in (-step, step):
            while abs((tried := _shifted(edges, edge, by))[edge]) <= FARTHEST + 1e-9:
                found = _overlay(one, other, tried)
                if found >= least:
                    break
                edges, least = tried, found
    return least, edges


def _shifted(edges: Edges, edge: int, by: float) -> Edges:
    left, top, right, bottom = (value + by if number == edge else value for number, value in enumerate(edges))
    return left, top, right, bottom


def _overlay(one: Image.Image, other: Image.Image, edges: Edges) -> float:
    """One minus how well the two go together, whatever their light: the correlation of their points."""
    first, second = _cut(one, edges), _cut(other, tuple(-edge for edge in edges))
    many, sum_1, sum_2 = len(first), sum(first), sum(second)
    spread_1 = sum(map(mul, first, first)) - sum_1 * sum_1 / many
    spread_2 = sum(map(mul, second, second)) - sum_2 * sum_2 / many
    if spread_1 <= 0 or spread_2 <= 0:
        return 1.0
    together = sum(map(mul, first, second)) - sum_1 * sum_2 / many
    return 1.0 - float(together) / math.sqrt(spread_1 * spread_2)


def _cut(drawn: Image.Image, edges: tuple[float, ...]) -> bytes:
    left, top, right, bottom = (max(0.0, edge) * LAID for edge in edges)
    box = (left, top, LAID - right, LAID - bottom)
    return drawn.resize((COMPARED, COMPARED), Image.Resampling.BILINEAR, box=box).tobytes()


def _grey(view: bytes, side: int) -> Image.Image:
    with Image.open(BytesIO(view), formats=("JPEG",)) as picture:
        picture.draft("L", (4 * side, 4 * side))  # a JPEG can be decoded at a half, a quarter or an eighth
        return picture.convert("L").resize((side, side), Image.Resampling.BOX)


def _waves(grey: bytes) -> list[float]:
    """The cosine transform, without the mean brightness."""
    lines = (grey[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE))
    rows = [[sum(map(mul, line, cosine)) for cosine in _COSINES] for line in lines]
    columns = list(zip(*rows, strict=True))
    waves = [sum(map(mul, column, cosine)) for cosine in _COSINES for column in columns]
    return waves[1 : MARKS * MARK + 1]


def _doubts(mark: list[float]) -> list[int]:
    """Counted from the last bit, as they are flipped."""
    nearest = sorted(range(MARK), key=lambda place: abs(mark[place]))[:DOUBTS]
    return [MARK - 1 - place for place in nearest]
