"""A canvas that looks after each word and card: nothing may leave its box, no box the picture."""

from scheduler.render.drawing.box import Box
from scheduler.render.drawing.canvas import Canvas, Side, start
from scheduler.render.drawing.colours import Colour
from scheduler.render.drawing.letters import Set, Weight, font
from scheduler.render.picture import HEIGHT, WIDTH

PAGE = Box(0, 0, WIDTH, HEIGHT)


class WatchedCanvas(Canvas):
    def __init__(self) -> None:
        super().__init__(WIDTH, HEIGHT)
        self.said: list[str] = []

    def card(self, box: Box, colour: Colour, radius: int = 16) -> None:
        assert is_within(box.edges, PAGE), box
        super().card(box, colour, radius)

    def put(
        self, line: str, box: Box, top: int, done: Set, weight: Weight, colour: Colour, side: Side
    ) -> None:
        assert is_within(box.edges, PAGE), box
        if line:
            left = start(line, box, done, weight, side)
            ink = font(weight, done.size).getbbox(line)
            edges = (left + ink[0], top + ink[1], left + ink[2], top + ink[3])
            assert is_within(edges, box), (line, edges, box)
        self.said.append(line)
        super().put(line, box, top, done, weight, colour, side)


def is_within(edges: tuple[float, float, float, float], box: Box) -> bool:
    left, top, right, bottom = edges
    return left >= box.left and top >= box.top and right <= box.right and bottom <= box.bottom
