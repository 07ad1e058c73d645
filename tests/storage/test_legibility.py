"""Pages with figures, drawn, then darkened, blurred, made smaller and cropped."""

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from storage.legibility import Weakness, weakness

WHOLE = (1500, 2000)


def page(size: tuple[int, int] = WHOLE) -> Image.Image:
    chance = random.Random(27)
    sheet = Image.new("L", size, 245)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(26)
    for y in range(100, size[1] - 100, 48):
        pen.line((60, y + 40, size[0] - 60, y + 40), fill=120, width=2)
        pen.text((90, y), "".join(chance.choice("ABCDEF 0123456789") for _ in range(60)), fill=20, font=font)
    return sheet.convert("RGB")


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.mark.parametrize("size", [(900, 1200), WHOLE])
@pytest.mark.parametrize(
    ("light", "found"), [(1.0, ""), (0.6, ""), (0.4, ""), (0.25, "dark"), (0.1, "dark"), (0.0, "dark")]
)
def test_light(size: tuple[int, int], light: float, found: Weakness) -> None:
    assert weakness(jpeg(ImageEnhance.Brightness(page(size)).enhance(light))) == found


@pytest.mark.parametrize("size", [(900, 1200), WHOLE])
@pytest.mark.parametrize("light", [1.0, 0.45])
@pytest.mark.parametrize(("radius", "found"), [(0, ""), (1, ""), (4, "blurred"), (8, "blurred")])
def test_blur(size: tuple[int, int], light: float, radius: int, found: Weakness) -> None:
    shot = page(size).filter(ImageFilter.GaussianBlur(radius))
    assert weakness(jpeg(ImageEnhance.Brightness(shot).enhance(light))) == found


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ((0, 0, 1500, 2000), ""),
        ((0, 0, 1500, 1000), ""),
        ((0, 0, 1500, 640), "cut"),
        ((0, 0, 1500, 200), "cut"),
        ((0, 0, 500, 660), "small"),
    ],
)
def test_size_and_shape(box: tuple[int, int, int, int], found: Weakness) -> None:
    assert weakness(jpeg(page().crop(box))) == found


@pytest.mark.parametrize("shot", ["turned", "noisy", "coarse", "on a dark table"])
def test_what_telephones_do_is_no_weakness(shot: str) -> None:
    sheet = page()
    noise = Image.effect_noise(sheet.size, 60).convert("RGB")
    table = Image.new("RGB", (2000, 2000), (40, 35, 30))
    table.paste(sheet.resize((1200, 1600)), (400, 200))
    shots = {
        "turned": jpeg(sheet.rotate(4, fillcolor=(90, 80, 70))),
        "noisy": jpeg(Image.blend(sheet, noise, 0.2)),
        "coarse": jpeg(sheet, quality=30),
        "on a dark table": jpeg(table),
    }
    assert weakness(shots[shot]) == ""
