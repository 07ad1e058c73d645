"""A QR code as the one path of an SVG: the page draws it without a picture to fetch or a style to set."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True, slots=True)
class Drawn:
    size: int
    """Modules on a side, the quiet ones around included."""
    path: str


QUIET = 4


def draw(text: str) -> Drawn:
    """Runs of dark modules, each a bar: M4 4h7v1h-7z"""
    matrix = segno.make(text, error="m", micro=False).matrix
    bars = [
        f"M{start + QUIET} {y + QUIET}h{length}v1h-{length}z"
        for y, line in enumerate(matrix)
        for start, length in _runs(line)
    ]
    return Drawn(len(matrix) + 2 * QUIET, "".join(bars))


def _runs(line: bytes | bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin, and how many follow one another."""
    runs: list[tuple[int, int]] = []
    for x, module in enumerate(line):
        if not module & 1:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
