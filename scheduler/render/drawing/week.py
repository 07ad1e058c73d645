"""The week's days: what was due as a frame, what came in as the bar within it; and the clocks of cases."""

from core.digests.poster import Bar, Figure, Poster
from scheduler.render.drawing.box import Box
from scheduler.render.drawing.canvas import Canvas
from scheduler.render.drawing.colours import BRIGHT, CARD, LINE, MUTED, PAINTS, TOLD

FOOT, HEAD = 32, 30


def draw_week(canvas: Canvas, box: Box, poster: Poster) -> None:
    canvas.card(box, CARD)
    inner = box.inset(24, 14)
    title = inner.upper(36)
    canvas.words(poster.week_title, title.left_part(title.width // 2), 26, weight=700)
    _draw_key(canvas, title.beside(title.width // 2), poster)
    field, most = inner.below(40), max([1, *(max(bar.told, bar.due) for bar in poster.bars)])
    for at, bar in enumerate(poster.bars):
        _draw_day(canvas, field.cell(at, 0, len(poster.bars), 1, 12), bar, most)


def _draw_key(canvas: Canvas, box: Box, poster: Poster) -> None:
    told, due = box.cell(0, 0, 2, 1, 8), box.cell(1, 0, 2, 1, 8)
    canvas.card(Box(told.left, told.top + 9, 18, 18), TOLD, 4)
    canvas.words(poster.told_word, told.beside(26), 24, least=18, colour=MUTED)
    canvas.frame(Box(due.left, due.top + 9, 18, 18), MUTED, CARD, 3, 4)
    canvas.words(poster.due_word, due.beside(26), 24, least=18, colour=MUTED)


def _draw_day(canvas: Canvas, box: Box, bar: Bar, most: int) -> None:
    canvas.words(bar.label, box.below(box.height - FOOT), 24, least=18, colour=MUTED, side="middle")
    field = Box(box.left, box.top + HEAD, box.width, box.height - FOOT - HEAD)
    due, told = (field.height * number // most for number in (bar.due, bar.told))
    if due:
        canvas.frame(Box(field.left, field.bottom - due, field.width, due), LINE, CARD, 3)
    if told:
        canvas.card(Box(field.left + 8, field.bottom - told, max(1, field.width - 16), told), TOLD, 5)
    canvas.line(Box(field.left, field.bottom - 1, field.width, 2), LINE)
    top = Box(box.left, field.bottom - max(due, told) - HEAD, box.width, HEAD)
    canvas.words(bar.value, top, 24, least=14, weight=700, colour=TOLD, side="middle")


def draw_cases(canvas: Canvas, box: Box, poster: Poster) -> None:
    canvas.card(box, CARD)
    inner = box.inset(24, 14)
    canvas.words(poster.cases_title, inner.upper(36), 26, least=18, weight=700)
    rows = inner.below(44)
    for at, figure in enumerate(poster.clocks):
        _draw_clock(canvas, rows.cell(0, at, 1, len(poster.clocks), 0), figure)


def _draw_clock(canvas: Canvas, box: Box, figure: Figure) -> None:
    label, value = box.left_part(box.width * 80 // 100), box.beside(box.width * 80 // 100)
    colour = BRIGHT
    if figure.mark != "aman":
        colour = PAINTS[figure.mark].on_page
        canvas.mark(figure.mark, label.left_part(24), colour)
    canvas.words(figure.label, label.beside(34), 24, least=18, colour=MUTED)
    canvas.words(figure.value, value, 28, least=16, weight=700, colour=colour, side="right")
