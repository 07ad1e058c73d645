"""A rectangle of the picture in pixels, and how it is divided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def edges(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom

    def inset(self, across: int, down: int | None = None) -> "Box":
        down = across if down is None else down
        return Box(
            self.left + across,
            self.top + down,
            max(1, self.width - 2 * across),
            max(1, self.height - 2 * down),
        )

    def upper(self, height: int) -> "Box":
        return Box(self.left, self.top, self.width, height)

    def below(self, height: int) -> "Box":
        """What is left under the upper part."""
        return Box(self.left, self.top + height, self.width, max(1, self.height - height))

    def left_part(self, width: int) -> "Box":
        return Box(self.left, self.top, width, self.height)

    def beside(self, width: int) -> "Box":
        """What is left to the right of the left part."""
        return Box(self.left + width, self.top, max(1, self.width - width), self.height)

    def cell(self, column: int, row: int, columns: int, rows: int, gap: int) -> "Box":
        """One cell of a grid that fills the box."""
        left, right = (self._share(self.width, at, columns, gap) for at in (column, column + 1))
        top, bottom = (self._share(self.height, at, rows, gap) for at in (row, row + 1))
        return Box(self.left + left, self.top + top, max(1, right - left - gap), max(1, bottom - top - gap))

    @staticmethod
    def _share(length: int, at: int, parts: int, gap: int) -> int:
        return (length + gap) * at // parts
