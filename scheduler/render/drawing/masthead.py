"""The head of the picture: whose week it is, and how much of what was expected came in."""

from core.digests.poster import Figure, Poster
from scheduler.render.drawing.box import Box
from scheduler.render.drawing.canvas import Canvas
from scheduler.render.drawing.colours import BRIGHT, CARD, LINE, MUTED, PAINTS


def draw_title(canvas: Canvas, box: Box, poster: Poster) -> None:
    canvas.words(poster.name, box.upper(74), 60, least=34, weight=700)
    canvas.words(poster.subtitle, box.below(76), 28, colour=MUTED)


def draw_share(canvas: Canvas, box: Box, poster: Poster) -> None:
    """The big number, last week's beside it, then the figures behind it."""
    canvas.card(box, CARD)
    inner = box.inset(28, 18)
    big = inner.left_part(290)
    canvas.words(
        poster.share.value,
        big.upper(104),
        100,
        least=40,
        weight=700,
        colour=PAINTS[poster.share.mark].on_page,
    )
    canvas.words(poster.share.label, big.below(104).upper(34), 26, weight=700)
    canvas.words(poster.share_of, big.below(138), 24, colour=MUTED)
    last = inner.beside(300).left_part(150)
    canvas.words(poster.before.value, last.upper(104), 52, least=28, weight=700, colour=MUTED)
    canvas.words(poster.before.label, last.below(104).upper(34), 24, colour=MUTED)
    canvas.line(Box(inner.left + 462, inner.top + 4, 2, inner.height - 8), LINE)
    _draw_figures(canvas, inner.beside(488), poster.figures)


def _draw_figures(canvas: Canvas, box: Box, figures: tuple[Figure, ...]) -> None:
    for at, figure in enumerate(figures):
        row = box.cell(0, at, 1, max(1, len(figures)), 0)
        canvas.words(figure.label, row.left_part(row.width * 58 // 100), 24, least=18, colour=MUTED)
        colour = BRIGHT if figure.mark == "aman" else PAINTS[figure.mark].on_page
        value = row.beside(row.width * 58 // 100)
        canvas.words(figure.value, value, 24, least=18, weight=700, colour=colour, side="right")
