"""Marks are told apart without their colours."""

from itertools import combinations

import pytest

from core.digests.digest import Mark
from core.digests.standing import WORST_FIRST
from scheduler.render.drawing.colours import CARD, PAGE, PAINTS, Colour
from scheduler.render.drawing.shapes import mark_mask

SIZE = 26


@pytest.mark.parametrize(("one", "other"), list(combinations(WORST_FIRST, 2)))
def test_no_two_marks_look_alike(one: Mark, other: Mark) -> None:
    pairs = zip(mark_mask(one, SIZE).tobytes(), mark_mask(other, SIZE).tobytes(), strict=True)
    differing = sum(abs(here - there) > 128 for here, there in pairs)
    assert differing > SIZE * SIZE / 8


@pytest.mark.parametrize("mark", WORST_FIRST)
def test_letters_stand_out_from_their_ground(mark: Mark) -> None:
    """4.5 and more: https://www.w3.org/TR/WCAG22/#contrast-minimum"""
    paint = PAINTS[mark]
    assert contrast(paint.letters, paint.ground) >= 4.5
    assert min(contrast(paint.on_page, ground) for ground in (PAGE, CARD)) >= 4.5


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
