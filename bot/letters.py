"""Letters and digits at random that cannot be mistaken for one another, 5 bits each: codes and numbers."""

import secrets

from core.model.codes import CROCKFORD

AT_ONCE = 4096
_LETTER = bytes(ord(CROCKFORD[byte & 31]) for byte in range(256))
"""The letter that each byte stands for."""


def crockford(count: int) -> str:
    """So many of them."""
    return secrets.token_bytes(count).translate(_LETTER).decode()


class Letters:
    """The same, from a stock: to ask the kernel costs more than to draw, and each turn draws ten times.

    One stock is for one event loop and its process; a fork would draw the same.
    """

    def __init__(self) -> None:
        self._stock = ""
        self._drawn = 0

    def __call__(self, count: int) -> str:
        if self._drawn + count > len(self._stock):
            self._stock, self._drawn = crockford(max(count, AT_ONCE)), 0
        begun, self._drawn = self._drawn, self._drawn + count
        return self._stock[begun : self._drawn]
