"""The digest as a picture for a phone, upright, calm, dark: a share, a map of tiles, the week, cases, topics.

┌ Desk Senin 25 Nov ─ Kutai Kartanegara ┐
│ 87 %  82 % │ missing, nihil, late …   │
│ ▒▒ ▒▒ ▒▒ ▒▒ ▒▒   the areas below      │
│ ▁▂▃▄▅▆█ the days │ clocks of cases    │
│ ● ▲ ■ ○  topics                       │
└───────────────────────────────────────┘
"""

from core.digests.digest import Digest
from core.digests.poster import Poster, poster
from scheduler.render.drawing.box import Box
from scheduler.render.drawing.canvas import Canvas
from scheduler.render.drawing.colours import MUTED
from scheduler.render.drawing.map import draw_map
from scheduler.render.drawing.masthead import draw_share, draw_title
from scheduler.render.drawing.topics import draw_topics
from scheduler.render.drawing.week import draw_cases, draw_week

WIDTH, HEIGHT, MARGIN = 1080, 1350, 44


def draw_picture(digest: Digest, language: str) -> bytes:
    """A PNG; the same digest gives the same bytes."""
    return draw(Canvas(WIDTH, HEIGHT), poster(digest, language)).png()


def draw(canvas: Canvas, shown: Poster) -> Canvas:
    page = Box(MARGIN, 0, WIDTH - 2 * MARGIN, HEIGHT)
    draw_title(canvas, page.below(22).upper(114), shown)
    draw_share(canvas, page.below(146).upper(214), shown)
    draw_map(canvas, page.below(370).upper(498), shown)
    middle = page.below(882).upper(200)
    draw_week(canvas, middle.left_part(600), shown)
    draw_cases(canvas, middle.beside(616), shown)
    draw_topics(canvas, page.below(1092).upper(212), shown)
    canvas.words(shown.as_of, page.below(1312).upper(28), 22, least=16, colour=MUTED)
    return canvas
