"""The file in which an operator brings outlines of areas: `<DATA>/areas.geojson`."""

import json
from pathlib import Path

import structlog

from core.digests.shapes import NoShapes, Shapes, read_shapes
from core.model.areas import Level
from lapordesk.settings import Settings
from storage.book import Book
from storage.store import Store

NAME = "areas.geojson"
LARGEST = 64 * 1024**2
"""A province's villages, finely drawn, are some thirty megabytes."""

log = structlog.get_logger(__name__)


def shape_file(settings: Settings) -> Path:
    return settings.data / NAME


def read_file(settings: Settings, book: Book) -> Shapes | None:
    """None without a file; `NoShapes` when it cannot be used, and why."""
    file = shape_file(settings)
    if not file.exists():
        return None
    if file.stat().st_size > LARGEST:
        raise NoShapes("too_large")
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise NoShapes("no_geojson") from None
    return read_shapes(found, _codes(book, settings.province))


def usable_shapes(settings: Settings, store: Store) -> Shapes:
    """For a process that serves: a file that cannot be used must not keep it from starting."""
    with store.reading() as book:
        try:
            return read_file(settings, book) or Shapes()
        except NoShapes as refused:
            log.error("areas.geojson not used", reason=refused.why)
            return Shapes()


def _codes(book: Book, province: str) -> frozenset[str]:
    """Provinces, and what lies in ours."""
    codes = {one.code for one in book.areas.children("")}
    for level in (Level.REGENCY, Level.DISTRICT, Level.VILLAGE):
        codes |= {one.code for one in book.areas.under(province, level)}
    return frozenset(codes)
