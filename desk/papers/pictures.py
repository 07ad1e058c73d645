"""The pictures on a paper: the viewing copies, small enough to print, with the names that the papers use."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image

from desk.papers.bundle import LOST, Opens
from desk.papers.drawing import exhibits_of
from desk.papers.printing import Picture
from storage.media import Media

LONGEST_SIDE = 900
"""Half a page wide: some 250 dots an inch."""
QUALITY = 80
MOST = 24
"""Pictures on one paper; the others stand in its list."""


def pictures_of(evidence: Sequence[Media], store: Opens, most: int = MOST) -> tuple[Picture, ...]:
    """Those that can be shown; one that does not open is left out, and stays in the list of attachments."""
    return tuple(picture for picture, _ in zip(_shown(evidence, store), range(most), strict=False))


def _shown(evidence: Sequence[Media], store: Opens) -> Iterator[Picture]:
    for exhibit, one in zip(exhibits_of(evidence), evidence, strict=True):
        if not one.view_path:
            continue
        try:
            copy = b"".join(store.open(one.id, one.view_path, one.data_key))
            yield Picture(exhibit.name, _smaller(copy))
        except LOST:
            continue


def _smaller(copy: bytes) -> bytes:
    with Image.open(BytesIO(copy), formats=("JPEG",)) as picture:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=QUALITY, exif=b"")
        return out.getvalue()
