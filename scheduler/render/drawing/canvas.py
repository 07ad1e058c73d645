"""What is drawn on: words that stay in their box, cards, marks, lines; given away as a small PNG."""

from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

from core.digests.digest import Mark
from scheduler.render.drawing.box import Box
from scheduler.render.drawing.colours import BRIGHT, PAGE, Colour
from scheduler.render.drawing.letters import Set, Weight, fit, font
from scheduler.render.drawing.shapes import mark_mask, rounded

Side = Literal["left", "middle", "right"]
COLOURS = 128
"""Enough for the smooth edges of the letters; a quarter of the bytes of full colour."""

LEVEL = 6
"""Of zlib. The highest takes several times as long to save a tenth of the bytes."""


def start(line: str, box: Box, done: Set, weight: Weight, side: Side) -> int:
    """Where a line begins, so that no letter that leans out of its own width leaves the box."""
    face = font(weight, done.size)
    spare = box.width - 4 - int(face.getlength(line))
    left = box.left + 2 + {"left": 0, "middle": spare // 2, "right": spare}[side]
    return max(left, box.left - int(face.getbbox(line)[0])) if line else left


def level(line: str, box: Box, top: int, done: Set, weight: Weight) -> int:
    """Where it stands, so that no letter that is taller than its line leaves the box."""
    _, above, _, below = font(weight, done.size).getbbox(line)
    return max(min(top, box.bottom - int(below)), box.top - int(above))


class Canvas:
    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width, height), PAGE)
        self._draw = ImageDraw.Draw(self._image)

    def card(self, box: Box, colour: Colour, radius: int = 16) -> None:
        reach = min(radius, box.width // 2, box.height // 2)
        self._image.paste(colour, box.edges, rounded(box.width, box.height, reach))

    def frame(self, box: Box, colour: Colour, ground: Colour, thick: int, radius: int = 6) -> None:
        self.card(box, colour, radius)
        if box.height > 2 * thick and box.width > 2 * thick:
            self.card(box.inset(thick), ground, max(0, radius - thick))

    def line(self, box: Box, colour: Colour) -> None:
        self._draw.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=colour)

    def mark(self, mark: Mark, box: Box, colour: Colour) -> None:
        """In the middle of the box, as large as fits."""
        size = min(box.width, box.height)
        left, top = box.left + (box.width - size) // 2, box.top + (box.height - size) // 2
        self._image.paste(colour, (left, top, left + size, top + size), mark_mask(mark, size))

    def words(
        self,
        words: str,
        box: Box,
        size: int,
        *,
        least: int = 22,
        lines: int = 1,
        weight: Weight = 400,
        colour: Colour = BRIGHT,
        side: Side = "left",
    ) -> Set:
        """The words in the middle of the box's height; tells how they were set."""
        # A letter may lean a pixel over its own width.
        done = fit(words, box.width - 4, box.height, weight, size, least, lines)
        top = box.top + max(0, (box.height - done.line_height * len(done.lines)) // 2)
        for at, line in enumerate(done.lines):
            height = level(line, box, top + at * done.line_height, done, weight)
            self.put(line, box, height, done, weight, colour, side)
        return done

    def put(
        self, line: str, box: Box, top: int, done: Set, weight: Weight, colour: Colour, side: Side
    ) -> None:
        self._draw.text((start(line, box, done, weight, side), top), line, colour, font(weight, done.size))

    def png(self) -> bytes:
        small = self._image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        file = BytesIO()
        small.save(file, "PNG", compress_level=LEVEL)
        return file.getvalue()
