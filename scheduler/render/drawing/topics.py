"""The topics in two columns: a mark, the topic, and the mark's word."""

from core.digests.poster import Figure, Poster
from scheduler.render.drawing.box import Box
from scheduler.render.drawing.canvas import Canvas
from scheduler.render.drawing.colours import CARD, MUTED, PAINTS

COLUMNS, ROWS = 2, 4


def draw_topics(canvas: Canvas, box: Box, poster: Poster) -> None:
    canvas.words(poster.topics_title, box.upper(36), 26, weight=700)
    field = box.below(42)
    if poster.topics_empty:
        canvas.card(field, CARD)
        canvas.words(poster.topics_empty, field.inset(24), 26, colour=MUTED, side="middle")
    for at, topic in enumerate(poster.topics):
        # Down the first column, then the second: the worst stand together.
        _draw_topic(canvas, field.cell(at // ROWS, at % ROWS, COLUMNS, ROWS, 8), topic)


def _draw_topic(canvas: Canvas, box: Box, topic: Figure) -> None:
    canvas.card(box, CARD, 10)
    inner = box.inset(12, 4)
    canvas.mark(topic.mark, inner.left_part(26), PAINTS[topic.mark].on_page)
    words = inner.beside(38)
    canvas.words(topic.label, words.left_part(words.width * 52 // 100), 25, least=18, weight=700)
    rest = words.beside(words.width * 52 // 100)
    canvas.words(topic.value, rest, 23, least=17, colour=PAINTS[topic.mark].on_page, side="right")
