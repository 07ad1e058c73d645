"""A copy of a picture is told from other sheets of the same kind, filled in by other hands: drawn pages."""

import io
import random
import time
from collections.abc import Callable
from functools import cache
from itertools import combinations, product

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFont

from storage.likeness import DIFFERENT, Sheet, imprint
from storage.pictures import clean

SIZE = (1200, 1600)
SHOT = (1050, 1400)


def sheet(tps: int) -> Image.Image:
    """A C.HASIL: the same lines and words in each, other figures."""
    printed, hand = random.Random(1), random.Random(tps)
    page = Image.new("L", SIZE, 245)
    pen = ImageDraw.Draw(page)
    pen.text((300, 60), "MODEL C.HASIL-KWK", fill=20, font=ImageFont.load_default(44))
    pen.text((90, 160), f"TPS {tps:03} Desa Contoh", fill=25, font=ImageFont.load_default(48))
    for y in range(300, SIZE[1] - 170, 52):
        pen.line((60, y, SIZE[0] - 60, y), fill=110, width=2)
        words = "".join(printed.choice("abcdefghij klmnop") for _ in range(36))
        pen.text((80, y + 10), words, fill=60, font=ImageFont.load_default(24))
        for x in (770, 870, 970, 1070):
            font = ImageFont.load_default(hand.randint(34, 46))
            pen.text((x + hand.randint(0, 20), y + 2), str(hand.randint(0, 9)), fill=30, font=font)
    for x in (60, 750, 850, 950, 1050, SIZE[0] - 60):
        pen.line((x, 300, x, SIZE[1] - 170), fill=110, width=2)
    return page.convert("RGB")


def photo(tps: int, shake: float = 1.0) -> Image.Image:
    """The sheet on a table, taken by hand: askew, in some light."""
    chance = random.Random(tps * 7919)

    def by(most: float) -> float:
        return chance.uniform(-most, most) * shake

    width, height = SIZE
    near, far = -0.08, 1.08
    corners = [(near, near), (near, far), (far, far), (far, near)]
    quad = [value for x, y in corners for value in ((x + by(0.05)) * width, (y + by(0.05)) * height)]
    laid = sheet(tps).convert("RGBA").transform(SHOT, Image.Transform.QUAD, quad, Image.Resampling.BILINEAR)
    laid = laid.rotate(by(5), Image.Resampling.BILINEAR)
    table = Image.new("RGB", SHOT, tuple(chance.randint(30, 180) for _ in range(3)))
    table.paste(laid, mask=laid.getchannel("A"))
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(SHOT)
    shade = Image.blend(Image.new("L", SHOT, 255), light, 0.35 * shake).convert("RGB")
    return ImageEnhance.Brightness(ImageChops.multiply(table, shade)).enhance(chance.uniform(0.7, 1.0))


def view(picture: Image.Image, quality: int = 85) -> bytes:
    """As it lies in the store after it was sent with that quality."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    copy = clean(out.getvalue())
    assert isinstance(copy, bytes)
    return copy


def smaller(side: int) -> Callable[[Image.Image], Image.Image]:
    def shrink(picture: Image.Image) -> Image.Image:
        picture.thumbnail((side, side))
        return picture

    return shrink


def cut(left: float, top: float, right: float, bottom: float) -> Callable[[Image.Image], Image.Image]:
    def crop(picture: Image.Image) -> Image.Image:
        width, height = picture.size
        return picture.crop(
            (int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height))
        )

    return crop


COPIES: dict[str, tuple[Callable[[Image.Image], Image.Image], int]] = {
    "sent on": (lambda picture: picture, 60),
    "sent on often": (lambda picture: picture, 25),
    "by WhatsApp": (smaller(1280), 70),
    "small": (smaller(800), 60),
    "very small": (smaller(480), 60),
    "brighter": (lambda picture: ImageEnhance.Brightness(picture).enhance(1.1), 80),
    "cut at the left": (cut(0.01, 0, 0, 0), 80),
    "cut below": (cut(0, 0, 0, 0.01), 80),
    "cut and small": (cut(0, 0.01, 0, 0), 50),
}
SETS: dict[str, Callable[[int], Image.Image]] = {
    "scanned": sheet,
    "by a steady hand": lambda tps: photo(tps, 0.25),
    "by hand": photo,
}


def is_found(one: bytes, other: bytes) -> bool:
    first, second = imprint(one), imprint(other)
    assert first and second
    return not set(first.likely()).isdisjoint(second.marks())


@cache
def shot(taken: str, tps: int) -> Image.Image:
    return SETS[taken](tps)


UNNOTICED = {
    *(("scanned", cut) for cut in ("cut at the left", "cut below", "cut and small")),
    ("by a steady hand", "cut and small"),
}
"""What is let go so that no two scans of sheets of one kind are taken for the same."""


@pytest.mark.parametrize(
    ("taken", "copied"), [pair for pair in product(SETS, COPIES) if pair not in UNNOTICED]
)
def test_a_copy_is_found_and_is_the_same(taken: str, copied: str) -> None:
    change, quality = COPIES[copied]
    for tps in (3, 4):
        original, copy = view(shot(taken, tps)), view(change(shot(taken, tps).copy()), quality)
        assert is_found(copy, original)
        assert Sheet.of(copy).difference(Sheet.of(original)) <= DIFFERENT


@pytest.mark.parametrize("taken", SETS)
def test_other_sheets_of_the_same_kind_are_others(taken: str) -> None:
    sheets = [Sheet.of(view(shot(taken, tps))) for tps in range(1, 6)]
    least = min(one.difference(other) for one, other in combinations(sheets, 2))
    assert least > 1.5 * DIFFERENT


def test_what_shows_nothing_is_known_by_nothing() -> None:
    assert imprint(view(Image.new("RGB", SIZE, "black"))) is None
    assert imprint(view(Image.effect_noise(SIZE, 12).convert("RGB"))) is None
    assert imprint(view(sheet(1))) is not None


def test_it_costs_little() -> None:
    """Measured at some 10 ms an imprint and 60 ms an overlay; ten times that would hold up the fetching."""
    one, other = view(photo(1)), view(photo(2))
    begun = time.perf_counter()
    imprint(one)
    imprinted = time.perf_counter()
    Sheet.of(one).difference(Sheet.of(other))
    laid = time.perf_counter()
    assert imprinted - begun < 0.3
    assert laid - imprinted < 3
