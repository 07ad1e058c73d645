"""Functions about points on the earth, each written "lat lon altitude accuracy"; several separated by ;."""

import math
from itertools import pairwise
from typing import TypeAlias

from core.forms.expressions.functions.repeats import turns_of
from core.forms.expressions.functions.signature import Function, pure
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate
from core.forms.expressions.values import NAN, as_number, as_text

Point: TypeAlias = tuple[float, float]

_RADIUS = 6378100.0
"""Metres at the equator, as in ODK Collect."""


def _points(text: str) -> list[Point]:
    """In degrees; a list with anything unreadable in it is no list."""
    points: list[Point] = []
    for written in filter(None, (part.split() for part in text.split(";"))):
        latitude, longitude = as_number(written[0]), as_number("".join(written[1:2]))
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            return []
        points.append((latitude, longitude))
    return points


def _between(one: Point, other: Point) -> float:
    (south, west), (north, east) = sorted(map(_radians, (one, other)))
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))


def _radians(point: Point) -> Point:
    return math.radians(point[0]), math.radians(point[1])


def _distance(points: list[Point]) -> float:
    return sum((_between(one, other) for one, other in pairwise(points)), 0.0)


def _area(points: list[Point]) -> float:
    """The spherical excess of the ring, for patches small against the earth."""
    ring = [*map(_radians, points), *map(_radians, points[:1])]
    total = sum((x2 - x1) * (2 + math.sin(y1) + math.sin(y2)) for (y1, x1), (y2, x2) in pairwise(ring))
    return abs(total * _RADIUS * _RADIUS / 2)


def _is_within(point: str, fence: str) -> bool:
    """A ray to the east crosses the border an odd number of times."""
    places, corners = _points(point), _points(fence)
    if len(places) != 1 or len(corners) < 3:
        return False
    y, x = places[0]
    crossed = 0
    for (y1, x1), (y2, x2) in pairwise([*corners, corners[0]]):
        crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


def _make_distance(call: Call) -> Evaluate:
    turns = turns_of(call.arguments)

    def evaluate(scope: Scope) -> float:
        points = _points(";".join(turns(scope)))
        return _distance(points) if points else NAN

    return evaluate


def _make_area(call: Call) -> Evaluate:
    turns = turns_of(call.arguments)

    def evaluate(scope: Scope) -> float:
        points = _points(";".join(turns(scope)))
        return _area(points) if points else NAN

    return evaluate


FUNCTIONS = {
    "distance": Function(1, None, _make_distance),
    "area": Function(1, 1, _make_area),
    "enclosed-area": Function(1, 1, _make_area),
    "geofence": pure(_is_within, as_text, as_text),
}
