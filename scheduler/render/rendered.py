"""A digest in all its renderings, which say the same figures."""

from dataclasses import dataclass

from core.digests.digest import Digest
from core.digests.text import digest_text
from scheduler.render.paper import make_paper
from scheduler.render.picture import draw_picture
from scheduler.render.sheet import make_sheet


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    picture: bytes
    """PNG."""
    sheet: bytes
    """XLSX."""
    paper: bytes
    """PDF."""


def render(digest: Digest, language: str) -> Rendered:
    """The same digest gives the same bytes, whenever and wherever it is rendered."""
    return Rendered(
        digest_text(digest, language),
        draw_picture(digest, language),
        make_sheet(digest, language),
        make_paper(digest, language),
    )


def file_name(digest: Digest, ending: str) -> str:
    """desk-64.02-2024-11-18.xlsx: by area and Monday, so that weeks stand in order in a folder."""
    return f"desk-{digest.area}-{digest.first.isoformat()}.{ending}"
