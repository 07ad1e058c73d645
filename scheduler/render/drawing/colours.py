"""The colours: a calm dark page, and for each mark one that differs in lightness too, not in hue alone.

Beside each other they can be told apart whatever colours one sees; a shape stands with each all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.digests.digest import Mark

Colour = tuple[int, int, int]

PAGE: Colour = (13, 22, 38)
CARD: Colour = (24, 36, 57)
LINE: Colour = (64, 82, 112)
BRIGHT: Colour = (245, 247, 250)
MUTED: Colour = (176, 189, 207)
TOLD: Colour = (104, 180, 224)


@dataclass(frozen=True, slots=True)
class Paint:
    """How a mark looks: the ground of its tile, the letters on it, and its colour on the page."""

    ground: Colour
    letters: Colour
    on_page: Colour


PAINTS: Mapping[Mark, Paint] = {
    "aman": Paint((26, 92, 120), BRIGHT, (104, 180, 224)),
    "perhatian": Paint((236, 184, 64), (26, 22, 8), (243, 198, 92)),
    "masalah": Paint((190, 60, 40), (255, 255, 255), (255, 138, 112)),
    "belum": Paint((48, 62, 86), MUTED, MUTED),
}
