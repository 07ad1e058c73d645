"""The tile map: each area below in its place, with its name, its share, and what it owes."""

from core.digests.digest import Mark
from core.digests.poster import Poster, Tile
from scheduler.render.drawing.box import Box
from scheduler.render.drawing.canvas import Canvas
from scheduler.render.drawing.colours import CARD, MUTED, PAINTS

GAP = 10
ROOMY, WIDE = 130, 200
"""Tiles so wide have room for a larger mark beside the share, and for what is owed."""
NOTE = 28


def draw_map(canvas: Canvas, box: Box, poster: Poster) -> None:
    canvas.words(poster.map_title, box.upper(36), 28, weight=700)
    field = box.below(44).upper(box.height - 44 - 42)
    if poster.map_empty:
        canvas.card(field, CARD)
        canvas.words(poster.map_empty, field.inset(24), 28, colour=MUTED, side="middle")
        return
    for tile in poster.tiles:
        _draw_tile(canvas, field.cell(tile.column, tile.row, poster.columns, poster.rows, GAP), tile)
    _draw_legend(canvas, box.below(box.height - 34), poster.legend)


def _draw_tile(canvas: Canvas, box: Box, tile: Tile) -> None:
    paint = PAINTS[tile.mark]
    canvas.card(box, paint.ground, 12)
    inner = box.inset(10, 6)
    note = inner.below(inner.height - NOTE) if tile.note and inner.height > 3 * NOTE else None
    name = inner.upper((inner.height - (NOTE if note else 0)) * 52 // 100)
    canvas.words(tile.name, name, 26, least=17, lines=2, weight=700, colour=paint.letters)
    if note:
        canvas.words(tile.note, note, 21, least=16, colour=paint.letters)
    _draw_share(
        canvas, inner.below(name.height).upper(inner.height - name.height - (NOTE if note else 0)), tile
    )


def _draw_share(canvas: Canvas, box: Box, tile: Tile) -> None:
    letters = PAINTS[tile.mark].letters
    side = min(26, box.height - 4) if box.width >= ROOMY else min(22, box.height - 4)
    canvas.mark(tile.mark, box.left_part(side), letters)
    share = box.beside(side + 6)
    if box.width >= WIDE or not tile.figure:
        figure = share.width * 50 // 100 if tile.figure else 0
        canvas.words(tile.detail, share.beside(figure), 22, least=15, colour=letters, side="right")
        share = share.left_part(figure)
    if tile.figure:
        canvas.words(tile.figure, share, 28, least=16, weight=700, colour=letters)


def _draw_legend(canvas: Canvas, box: Box, legend: tuple[tuple[Mark, str], ...]) -> None:
    for at, (mark, words) in enumerate(legend):
        cell = box.cell(at, 0, len(legend), 1, 12)
        canvas.mark(mark, cell.left_part(24), PAINTS[mark].on_page)
        canvas.words(words, cell.beside(34), 24, least=18, colour=MUTED)
