"""Outlines from a GeoJSON: found by code however it is written, laid flat and plain, or refused."""

import math

import pytest

from core.digests.shapes import WIDTH, NoShapes, read_shapes

KNOWN = frozenset({"64", "64.72", "64.74", "64.02", "64.02.06"})


def square(west: float, south: float, side: float = 1.0) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(coordinates: object, kind: str = "Polygon", **properties: object) -> dict[str, object]:
    return {"properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize(
    "properties",
    [
        {"kode": "64.72"},
        {"KDPPUM": "64", "KDKAB": "6472", "nama": "Samarinda"},
        {"apa saja": 6472},
        {"code": "64.72", "parent": "64"},
    ],
)
def test_a_code_is_found_however_it_is_written(properties: dict[str, object]) -> None:
    shapes = read_shapes(collection(feature(square(117, -1), **properties)), KNOWN)
    assert list(shapes.rings) == ["64.72"]


def test_areas_lie_beside_each_other_as_on_a_map() -> None:
    two = collection(
        feature(square(117, -1), kode="64.72"),
        feature([square(118, 0), square(118, -1, 0.2)], "MultiPolygon", kode="64.74"),
        feature(square(90, 1), kode="99.99"),
        {"properties": None},
    )
    shapes = read_shapes(two, KNOWN)
    assert shapes.unread == 2
    laid = shapes.of(["64.72", "64.74"])
    assert laid
    west, east = laid.shapes["64.72"], laid.shapes["64.74"]
    assert (laid.width, laid.height) == (pytest.approx(WIDTH, abs=1), pytest.approx(WIDTH, abs=1))
    assert (west.x, west.y) == (pytest.approx(200, abs=1), pytest.approx(600, abs=1)), "south is below"
    assert (east.x, east.y) == (pytest.approx(600, abs=1), pytest.approx(200, abs=1)), "of its largest piece"
    assert east.path.count("M") == 2
    assert shapes.of(["64.72", "64.02"]) is None, "a map with a hole is none"
    assert shapes.of([]) is None


def test_an_outline_is_made_plain() -> None:
    circle = [[117 + math.cos(n * math.tau / 50_000), math.sin(n * math.tau / 50_000)] for n in range(50_000)]
    laid = read_shapes(collection(feature([[*circle, circle[0]]], kode="64.72")), KNOWN).of(["64.72"])
    assert laid
    assert 20 < laid.shapes["64.72"].path.count("L") < 200
    assert len(laid.shapes["64.72"].path) < 4_000


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (None, "no_geojson"),
        ([], "no_geojson"),
        ({"features": {}}, "no_geojson"),
        (collection(feature(square(117, -1), kode="99")), "no_match"),
        (collection(feature(square(117, -1), kode=True)), "no_match"),
        (collection(feature([[[117, -1], [118, -1]]], kode="64.72")), "no_match"),
        (collection(feature([[["a", "b"]] * 9], kode="64.72"), 7, None), "no_match"),
        (collection(feature([[[float("inf"), 0]] * 9], kode="64.72")), "no_match"),
        (collection(feature({"x": 1}, "Point", kode="64.72")), "no_match"),
    ],
)
def test_what_fits_no_area_is_refused(found: object, why: str) -> None:
    with pytest.raises(NoShapes) as refused:
        read_shapes(found, KNOWN)
    assert refused.value.why == why


def test_a_line_that_folds_upon_itself_has_a_middle_all_the_same() -> None:
    flat = [[[117, -1], [118, -1], [117, -1], [118, -1], [117, -1]]]
    laid = read_shapes(collection(feature(flat, kode="64.72")), KNOWN).of(["64.72"])
    assert laid
    assert laid.shapes["64.72"].path.startswith("M")
