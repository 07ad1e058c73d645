"""The operator's outlines: used when their codes fit, told of when they do not, never in the way."""

import json
from pathlib import Path

import pytest

from core.digests.shapes import NoShapes, Shapes
from lapordesk import shape_file
from lapordesk.commands.doctor import _outlines
from lapordesk.commands.findings import State
from lapordesk.settings import Settings
from storage.store import Store
from tests.core.digests.test_shapes import collection, feature, square
from tests.storage.kaltim import settle


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


def bring(settings: Settings, content: str) -> None:
    (settings.data / "areas.geojson").write_text(content, encoding="utf-8")


def test_a_file_whose_codes_fit_is_used(store: Store, settings: Settings) -> None:
    with store.begin() as book:
        settle(book)
        assert shape_file.read_file(settings, book) is None
    features = [feature(square(117, -1), kode="64.72"), feature(square(110, -7), kode="33.74")]
    bring(settings, "\ufeff" + json.dumps(collection(*features)))
    shapes = shape_file.usable_shapes(settings, store)
    assert (list(shapes.rings), shapes.unread) == (["64.72"], 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("bukan json", "no_geojson"),
        ("[" * 200_000, "no_geojson"),
        ("{}", "no_geojson"),
        (json.dumps(collection(feature(square(117, -1), kode="99"))), "no_match"),
    ],
    ids=["words", "deep", "empty", "elsewhere"],
)
def test_one_that_cannot_be_used_keeps_nobody_from_starting(
    store: Store, settings: Settings, content: str, why: str
) -> None:
    with store.begin() as book:
        settle(book)
    bring(settings, content)
    assert shape_file.usable_shapes(settings, store) == Shapes()
    with store.reading() as book, pytest.raises(NoShapes) as refused:
        shape_file.read_file(settings, book)
    assert refused.value.why == why


def test_one_that_is_too_large_is_not_read(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shape_file, "LARGEST", 10)
    bring(settings, json.dumps(collection(feature(square(117, -1), kode="64.72"))))
    with store.reading() as book, pytest.raises(NoShapes, match="too_large"):
        shape_file.read_file(settings, book)


def test_the_doctor_says_what_became_of_the_file(store: Store, settings: Settings) -> None:
    with store.begin() as book:
        settle(book)
        assert list(_outlines(settings, book)) == []
        bring(settings, json.dumps(collection(feature(square(117, -1), kode="64.72"))))
        [found] = _outlines(settings, book)
        assert (found.state, found.key, found.values) == (State.FINE, "shapes", {"count": 1, "unread": 0})
        bring(settings, "{}")
        [found] = _outlines(settings, book)
        assert (found.state, found.key) == (State.BROKEN, "shapes.no_geojson")
