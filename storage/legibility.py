"""Whether a picture of a sheet of paper can be read: told from its viewing copy, while its sender is there.

The thresholds were found on drawn pages, darkened, blurred and cropped (`tests/storage/test_legibility.py`).
"""

from io import BytesIO
from typing import Literal

from PIL import Image, ImageFilter, ImageStat

Weakness = Literal["", "small", "cut", "dark", "blurred"]

SHORTEST = 600
"""Pixels of the shorter side: below it the figures of a whole sheet have five pixels and less."""
LONGEST_SHAPE = 2.2
"""A sheet is 1.4 times as long as wide; what is far longer is a strip of one."""
DARKEST_PAPER = 80
"""Of 255. Paper in a badly lit hall has about 100, and its figures can still be read."""
DULLEST_EDGES = 0.0012
"""How strongly neighbours differ, against the brightness of the paper; letters blurred by three pixels of a
page of 1,000 have a quarter of it."""
PAPER = 0.9
"""The brightest tenth of a picture begins here: the paper, not its figures and not the table around it."""
COMPARED = 1000
_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def weakness(view: bytes) -> Weakness:
    """The first thing that keeps it from being read; empty when nothing does."""
    with Image.open(BytesIO(view), formats=("JPEG",)) as picture:
        short, long = sorted(picture.size)
        grey = picture.convert("L")
    if short < SHORTEST:
        return "small" if long < LONGEST_SHAPE * SHORTEST else "cut"
    if long > LONGEST_SHAPE * short:
        return "cut"
    grey.thumbnail((COMPARED, COMPARED))
    paper = _brightness(grey)
    if paper < DARKEST_PAPER:
        return "dark"
    return "blurred" if _edges(grey) < DULLEST_EDGES * paper**2 else ""


def _brightness(grey: Image.Image) -> int:
    counted, wanted = 0, PAPER * grey.width * grey.height
    for value, pixels in enumerate(grey.histogram()):
        counted += pixels
        if counted >= wanted:
            return value
    return 255


def _edges(grey: Image.Image) -> float:
    """The variance of the Laplacian, without the rim, which the filter leaves as it was."""
    within = (2, 2, grey.width - 2, grey.height - 2)
    return float(ImageStat.Stat(grey.filter(_EDGES).crop(within)).var[0])
