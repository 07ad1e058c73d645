"""Words made to fit a box: smaller first, then over several lines, then cut at a word."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

from PIL import ImageFont

Weight = Literal[400, 700]
WEIGHTS: tuple[Weight, ...] = (400, 700)
STEP = 2
LEADING = 1.18
"""A line's height by the letters' size; the font's tallest letters and lowest tails are within it."""


@dataclass(frozen=True, slots=True)
class Set:
    """Words as they will stand: their size and their lines."""

    size: int
    lines: tuple[str, ...]

    @property
    def line_height(self) -> int:
        return line_height(self.size)


def line_height(size: int) -> int:
    return -int(-size * LEADING // 1)


@cache
def font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout: the other needs a library that a machine may lack, and would set otherwise without it.
    return ImageFont.truetype(content(weight), size, layout_engine=ImageFont.Layout.BASIC)


def content(weight: Weight) -> BytesIO:
    """The file, as it comes with LaporDesk."""
    return BytesIO(_bytes(weight))


@cache
def _bytes(weight: Weight) -> bytes:
    return (files("scheduler") / "render" / "fonts" / f"dejavu-sans-latin-{weight}-normal.woff2").read_bytes()


def fit(words: str, width: int, height: int, weight: Weight, size: int, least: int, lines: int) -> Set:
    """The words as large as they fit, of `size` at most; below `least` they are cut, not made smaller."""
    for tried in range(size, least - 1, -STEP):
        room = min(lines, height // line_height(tried))
        broken = _broken(words, width, _measure(weight, tried))
        if 0 < len(broken) <= room and _tallest(broken, weight, tried) <= height:
            return Set(tried, tuple(broken))
    smallest = min(least, max(6, int(height / LEADING)))
    while smallest > 1 and _tallest([words], weight, smallest) > height:
        smallest -= 1
    room = max(1, min(lines, height // line_height(smallest)))
    return Set(smallest, tuple(_cut(words, width, room, _measure(weight, smallest))))


def _tallest(lines: list[str], weight: Weight, size: int) -> int:
    """A strange letter may be taller than its line."""
    boxes = [font(weight, size).getbbox(line) for line in lines]
    return max(int(below - above) for _, above, _, below in boxes)


def _measure(weight: Weight, size: int) -> Callable[[str], float]:
    face = font(weight, size)
    return lambda text: face.getlength(text)


def _broken(words: str, width: int, measure: Callable[[str], float]) -> list[str]:
    """Broken at blanks; nothing when a single word is too long."""
    lines: list[str] = []
    for word in words.split() or [""]:
        if measure(word) > width:
            return []
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(words: str, width: int, room: int, measure: Callable[[str], float]) -> list[str]:
    """As many lines as there is room for, the last ending in an ellipsis."""
    lines: list[str] = []
    rest = words
    while rest and len(lines) < room:
        line = _first_line(rest, width, measure)
        rest = rest[len(line) :].lstrip()
        lines.append(line.rstrip())
    if rest:
        lines[-1] = _with_ellipsis(lines[-1], width, measure)
    return lines or [""]


def _first_line(words: str, width: int, measure: Callable[[str], float]) -> str:
    """Whole words, or the beginning of one that is too long by itself."""
    reach = _reach(words, width, measure)
    at_word = words.rfind(" ", 0, reach + 1) if reach < len(words) else reach
    return words[: at_word if at_word > 0 else reach]


def _with_ellipsis(line: str, width: int, measure: Callable[[str], float]) -> str:
    while line and measure(f"{line}…") > width:
        shorter, blank, _ = line.rpartition(" ")
        line = shorter if blank and measure(f"{shorter}…") > width / 2 else line[:-1]
    return f"{line.rstrip()}…"


def _reach(words: str, width: int, measure: Callable[[str], float]) -> int:
    """How many letters fit, one at least."""
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(words[:middle]) <= width else (low, middle - 1)
    return low
