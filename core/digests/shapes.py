"""Outlines of areas from an operator's GeoJSON: matched by code, laid flat, made plain, as SVG paths.

{"features": [{"properties": {"kode": "64.72"}, "geometry": {"type": "Polygon", "coordinates": […]}}]}

A code is looked for in every property: 64.72, 6472 and "6472" all mean Samarinda. What cannot be read is left
out and counted; a file that fits no area at all is refused.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.model.areas import is_code

Point = tuple[float, float]
Ring = tuple[Point, ...]
WIDTH = 800.0
MOST_POINTS = 400
"""Of one outline, after it was made plain."""
GRAIN = 0.6
"""What lies nearer to a straight line than that, on the page, is left out."""
FINEST = 1200
"""So many grains across are kept of a file."""
NAMES = (
    "kode",
    "code",
    "kemendagri",
    "kode_kemendagri",
    "id",
    "kdkab",
    "kdkec",
    "kddesa",
    "kdppum",
    "kdcpum",
)
"""Properties that are looked at first."""
LENGTHS = {2: (2,), 4: (2, 2), 6: (2, 2, 2), 10: (2, 2, 2, 4)}
LEAST = 4
"""Points of a ring: the last is the first again."""


class NoShapes(Exception):
    """The file holds no outline of any area that is known here."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        """Ends the key of a sentence."""


@dataclass(frozen=True, slots=True)
class Shape:
    path: str
    x: float
    y: float
    """Where its words stand."""
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Laid:
    """Some outlines laid beside each other as on a map."""

    width: float
    height: float
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Shapes:
    """All outlines that are known, by code, in degrees."""

    rings: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)
    unread: int = 0
    """Features of the file that are no outline of an area."""

    def of(self, codes: Sequence[str]) -> Laid | None:
        """Those areas side by side; None unless there is an outline for each."""
        if not codes or any(code not in self.rings for code in codes):
            return None
        return _laid({code: self.rings[code] for code in codes})


def read_shapes(found: object, known: frozenset[str]) -> Shapes:
    """The outlines of the `known` areas in a parsed GeoJSON; `NoShapes` when there is none."""
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise NoShapes("no_geojson")
    rings: dict[str, tuple[Ring, ...]] = {}
    unread = 0
    for feature in features:
        code, outline = _code_of(feature, known), tuple(_rings(feature))
        if code and outline:
            rings[code] = rings.get(code, ()) + outline
        else:
            unread += 1
    if not rings:
        raise NoShapes("no_match")
    return Shapes(rings, unread)


def _code_of(feature: object, known: frozenset[str]) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    named = {str(name).casefold(): value for name, value in properties.items()}
    ordered = [*(named[name] for name in NAMES if name in named), *named.values()]
    codes = [code for value in ordered if (code := _as_code(value)) in known]
    # A kecamatan's feature names its kab/kota as well: the longest code is its own.
    return max(codes, key=len, default="")


def _as_code(value: object) -> str:
    """64.72, 6472 or "6472" as 64.72; empty for anything else."""
    written = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if is_code(written):
        return written
    parts = LENGTHS.get(len(written)) if written.isascii() and written.isdecimal() else None
    if parts is None:
        return ""
    ends = [sum(parts[: n + 1]) for n in range(len(parts))]
    return ".".join(written[end - length : end] for end, length in zip(ends, parts, strict=True))


def _rings(feature: object) -> Iterator[Ring]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(kind))
    for polygon in polygons if isinstance(polygons, list) else ():
        # A hole is an area of its own, and is drawn as such.
        outer = polygon[0] if isinstance(polygon, list) and polygon else None
        points = tuple(_points(outer))
        if len(points) >= LEAST:
            yield _thinned(points)


def _points(ring: object) -> Iterator[Point]:
    for one in ring if isinstance(ring, list) else ():
        if isinstance(one, list) and len(one) >= 2:
            lon, lat = one[0], one[1]
            if _is_degree(lon, 180) and _is_degree(lat, 89):
                yield float(lon), float(lat)


def _is_degree(value: object, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def _laid(rings: Mapping[str, tuple[Ring, ...]]) -> Laid:
    """As on a map of the middle's latitude: a degree of longitude is as long there as it looks."""
    every = [point for some in rings.values() for ring in some for point in ring]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    narrow = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / max((east - west) * narrow, (north - south), 1e-9)

    def flat(point: Point) -> Point:
        return (point[0] - west) * narrow * scale, (north - point[1]) * scale

    shapes = {code: _shape([tuple(map(flat, ring)) for ring in some]) for code, some in rings.items()}
    return Laid(round((east - west) * narrow * scale, 1), round((north - south) * scale, 1), shapes)


def _shape(rings: Sequence[Ring]) -> Shape:
    """Its words stand in the middle of the largest piece."""
    largest = max(rings, key=lambda ring: abs(_extent(ring)))
    plain = [ring for ring in map(_plain, rings) if len(ring) >= LEAST] or [largest]
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    x, y = _middle(largest)
    return Shape("".join(map(_path, plain)), round(x, 1), round(y, 1), max(xs) - min(xs), max(ys) - min(ys))


def _path(ring: Ring) -> str:
    points = [f"{x:.1f} {y:.1f}" for x, y in ring[:-1]]
    return f"M{'L'.join(points)}z"


def _plain(ring: Ring) -> Ring:
    """Without the points that nobody would miss (Douglas and Peucker), coarser until few enough are left."""
    grain, kept = GRAIN, ring
    while True:
        kept = _without_straights(kept, grain)
        if len(kept) <= MOST_POINTS:
            return kept
        grain *= 2


def _thinned(ring: Ring) -> Ring:
    """As much of it as the largest page could ever show."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    thin = _without_straights(ring, max(max(xs) - min(xs), max(ys) - min(ys)) / FINEST)
    return thin if len(thin) >= LEAST else ring


def _without_straights(ring: Ring, grain: float) -> Ring:
    """Without recursion: a coast has a hundred thousand points."""
    kept, spans = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = 0.0, -1
        for n in range(first + 1, last):
            off = _off(ring[n], ring[first], ring[last])
            if off > far:
                far, at = off, n
        if at > 0 and far > grain:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return tuple(ring[n] for n in sorted(kept))


def _off(point: Point, first: Point, last: Point) -> float:
    """How far the point lies from the line between the two."""
    across, down = last[0] - first[0], last[1] - first[1]
    length = math.hypot(across, down)
    if length < 1e-9:
        return math.hypot(point[0] - first[0], point[1] - first[1])
    return abs(across * (first[1] - point[1]) - (first[0] - point[0]) * down) / length


def _extent(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _middle(ring: Ring) -> Point:
    """Where it would balance on a needle."""
    extent = _extent(ring)
    if abs(extent) < 1e-9:
        return ring[0]
    turns = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    x = sum((a[0] + b[0]) * turn for a, b, turn in turns) / (6 * extent)
    y = sum((a[1] + b[1]) * turn for a, b, turn in turns) / (6 * extent)
    return x, y
