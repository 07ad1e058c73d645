"""The viewing copy shows what the picture shows, nothing else; bombs are refused before they are opened."""

import io
import struct
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from storage.pictures import LONGEST_SIDE, clean
from storage.signatures import Refusal


def saved(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def opened(content: bytes | Refusal) -> Image.Image:
    assert isinstance(content, bytes)
    return Image.open(io.BytesIO(content))


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(20_000_000)))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")


@pytest.fixture
def half_red() -> Image.Image:
    """Red above, white below."""
    picture = Image.new("RGB", (300, 200), "white")
    picture.paste("red", (0, 0, 300, 100))
    return picture


def test_a_bomb_is_refused_without_decoding() -> None:
    bomb = png_claiming(30_000, 30_000)
    assert len(bomb) < 25_000
    clean(saved(Image.new("RGB", (9, 9))))  # loads the decoders, which are not what we measure
    tracemalloc.start()
    assert clean(bomb) == Refusal("pixels")
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("side", [7_300, 10_300])
def test_a_little_over_the_limit_and_over_twice_the_limit(side: int) -> None:
    assert clean(png_claiming(side, side)) == Refusal("pixels")


def test_a_webp_may_have_fewer_pixels() -> None:
    assert clean(saved(Image.new("RGB", (5_000, 4_500)), "WEBP", method=0)) == Refusal("pixels")


def test_what_the_camera_wrote_is_gone_from_the_copy(half_red: Image.Image) -> None:
    exif = Image.Exif()
    exif[Base.Make] = "KENARI"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (0.0, 30.0, 8.0)
    original = saved(half_red, exif=exif, comment=b"KENARI", icc_profile=b"KENARI", xmp=b"<x:KENARI/>")
    assert original.count(b"KENARI") == 4
    copy = clean(original)
    assert isinstance(copy, bytes)
    assert b"KENARI" not in copy
    assert not opened(copy).getexif()
    assert set(opened(copy).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_copy_stands_upright(half_red: Image.Image) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6  # the camera was held a quarter turn
    copy = opened(clean(saved(half_red, exif=exif, quality=95)))
    assert copy.size == (200, 300)
    left, right = copy.getpixel((20, 150)), copy.getpixel((180, 150))
    assert isinstance(left, tuple) and left[1] > 200
    assert isinstance(right, tuple) and right[1] < 50


@pytest.mark.parametrize(("size", "expected"), [((5000, 1000), (2000, 400)), ((640, 480), (640, 480))])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_large_picture_becomes_smaller(form: str, size: tuple[int, int], expected: tuple[int, int]) -> None:
    copy = opened(clean(saved(Image.new("RGB", size, "green"), form)))
    assert (copy.format, copy.size) == ("JPEG", expected)
    assert max(copy.size) <= LONGEST_SIDE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_of_keeping_colours_can_be_copied(mode: str) -> None:
    assert opened(clean(saved(Image.new(mode, (30, 20)), "PNG"))).mode == "RGB"


def test_a_printers_colours_can_be_copied() -> None:
    assert opened(clean(saved(Image.new("CMYK", (30, 20))))).mode == "RGB"


def test_what_is_clear_becomes_white() -> None:
    copy = opened(clean(saved(Image.new("RGBA", (30, 20), (0, 0, 0, 0)), "PNG")))
    assert copy.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(form: str) -> None:
    whole = saved(Image.effect_noise((400, 300), 60).convert("RGB"), form)
    assert clean(whole[: len(whole) // 2]) == Refusal("broken")


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"BM" + bytes(60), b"II*\0" + bytes(60)]
)
def test_no_other_decoder_is_ever_asked(content: bytes) -> None:
    assert clean(content) == Refusal("broken")


PICTURES = [
    saved(Image.effect_noise((40, 30), 60).convert("RGB"), form) for form in ("JPEG", "PNG", "WEBP", "GIF")
]


@given(picture=st.sampled_from(PICTURES), place=st.integers(0, 5000), junk=st.binary(min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_damage_breaks_more_than_the_picture(picture: bytes, place: int, junk: bytes) -> None:
    place %= len(picture)
    copy = clean(picture[:place] + junk + picture[place + len(junk) :])
    assert isinstance(copy, Refusal) or opened(copy).format == "JPEG"
