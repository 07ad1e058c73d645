"""The viewing copy of a picture: drawn anew, upright, without a word of what the camera wrote into it.

The original stays sealed as it came; coordinators look at the copy. Pixels are counted from the header,
before anything is decoded: a PNG of 20 KB can ask for gigabytes.
"""

import struct
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from storage.signatures import Refusal

PIXELS = 50 * 1024 * 1024
"""50 megapixels as phone makers count them: 8,192 x 6,144 is one of their "50 MP"."""
WEBP_PIXELS = 20 * 1024 * 1024
"""Less, because a WebP is decoded whole and more than once: one of 50 megapixels took 780 MB."""
LONGEST_SIDE = 2000
QUALITY = 85
LINE_ART = ("P", "1")
"""A palette, or pure black and white: made smaller as it is, whole lines of writing would be lost."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

BROKEN = (OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
"""What Pillow's decoders raise over bytes that do not hold together."""

# Pillow only warns between one and two times its limit; we want its refusal in every thread, beside our own.
Image.MAX_IMAGE_PIXELS = PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def clean(original: bytes) -> bytes | Refusal:
    """A JPEG of the picture as one sees it, at most 2,000 pixels long, with no metadata at all."""
    try:
        with Image.open(BytesIO(original), formats=FORMATS) as picture:
            if picture.width * picture.height > (WEBP_PIXELS if picture.format == "WEBP" else PIXELS):
                return Refusal("pixels")
            return _drawn_anew(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refusal("pixels")
    except BROKEN:
        return Refusal("broken")


def _drawn_anew(picture: Image.Image) -> bytes:
    picture.draft("RGB", _fitting(picture.size))  # a JPEG can be decoded at a half, a quarter or an eighth
    shown = picture if picture.mode not in LINE_ART else _in_full_colour(picture)
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(shown, in_place=True)
    out = BytesIO()
    _on_white(_in_full_colour(shown)).save(out, "JPEG", quality=QUALITY, exif=b"")
    return out.getvalue()


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the copy, its sides in proportion."""
    shrink = max(1.0, max(size) / LONGEST_SIDE)
    return round(size[0] / shrink), round(size[1] / shrink)


def _in_full_colour(picture: Image.Image) -> Image.Image:
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    """A new picture, so that nothing hidden in the old one comes along; what is clear becomes white."""
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return page
