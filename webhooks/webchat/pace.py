"""How fast one visitor may write: generous for a thumb, narrow for a program."""

from collections import OrderedDict

BURST = 40.0
A_SECOND = 2.0
REMEMBERED = 20_000


class Pace:
    """A bucket of tokens for each visitor; those who were quiet longest are forgotten, which favours them."""

    def __init__(self, burst: float = BURST, a_second: float = A_SECOND) -> None:
        self._burst = burst
        self._a_second = a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, peer: str, now: float, cost: float = 1.0) -> float:
        """Take so many tokens and give 0; or take none and give the seconds until there are enough."""
        left, at = self._left.pop(peer, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._a_second)
        enough = left >= cost
        self._left[peer] = (left - cost if enough else left, now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if enough else (cost - left) / self._a_second
