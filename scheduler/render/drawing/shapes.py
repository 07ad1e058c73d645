"""The shapes: rounded cards, and a mark for each standing that is told apart without its colour.

aman: a disc with a tick · perhatian: a triangle with "!" · masalah: a square with a cross · belum: a ring
"""

from functools import cache

from PIL import Image, ImageDraw

from core.digests.digest import Mark

FINE = 4
"""Drawn so many times as large and made smaller: smooth edges."""


@cache
def rounded(width: int, height: int, radius: int) -> Image.Image:
    """A mask for a card."""
    mask = Image.new("L", (width * FINE, height * FINE), 0)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, width * FINE - 1, height * FINE - 1), radius * FINE, fill=255
    )
    return mask.reduce(FINE)


@cache
def mark_mask(mark: Mark, size: int) -> Image.Image:
    """A mask for a mark: what is cut out of it shows the ground."""
    side = size * FINE
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    thick = max(1, side // 8)
    match mark:
        case "aman":
            draw.ellipse((0, 0, side - 1, side - 1), fill=255)
            tick = [(0.27, 0.52), (0.44, 0.69), (0.74, 0.33)]
            draw.line(_scaled(tick, side), fill=0, width=thick, joint="curve")
        case "perhatian":
            draw.polygon(_scaled([(0.5, 0.03), (1.0, 0.95), (0.0, 0.95)], side), fill=255)
            draw.line(_scaled([(0.5, 0.36), (0.5, 0.66)], side), fill=0, width=thick)
            draw.ellipse(_scaled([(0.44, 0.74), (0.56, 0.86)], side), fill=0)
        case "masalah":
            draw.rounded_rectangle(_scaled([(0.04, 0.04), (0.96, 0.96)], side), side // 10, fill=255)
            draw.line(_scaled([(0.29, 0.29), (0.71, 0.71)], side), fill=0, width=thick)
            draw.line(_scaled([(0.71, 0.29), (0.29, 0.71)], side), fill=0, width=thick)
        case "belum":
            draw.ellipse((0, 0, side - 1, side - 1), fill=255)
            draw.ellipse(_scaled([(0.15, 0.15), (0.85, 0.85)], side), fill=0)
    return mask.reduce(FINE)


def _scaled(points: list[tuple[float, float]], side: int) -> list[tuple[float, float]]:
    return [(x * side, y * side) for x, y in points]
