"""What comes of a try to tell another system: it knows, it wants no more, or it is told again later."""

from dataclasses import dataclass
from datetime import datetime, timedelta

WAITS = (5, 60, 300, 1800, 7200, 21_600, 43_200, 86_400)
"""Seconds before the second try, the third … the ninth is the last."""
JITTER = 0.1
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said; `status` 0: nothing, and `text` is why."""

    status: int
    text: str = ""
    rest: int = 0
    """Seconds that it asks us to wait."""


@dataclass(frozen=True, slots=True)
class Arrived:
    pass


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Its address is gone for good: nothing more is sent there."""


@dataclass(frozen=True, slots=True)
class Later:
    due: datetime


@dataclass(frozen=True, slots=True)
class GivenUp:
    pass


Outcome = Arrived | Unwanted | Later | GivenUp


def decide(answer: Answer, attempts: int, now: datetime, chance: float) -> Outcome:
    """`attempts` counts this try; `chance` lies in 0 … 1."""
    if 200 <= answer.status < 300:
        return Arrived()
    if answer.status == GONE:
        return Unwanted()
    if attempts > len(WAITS):
        return GivenUp()
    wait = WAITS[attempts - 1] * (1 + JITTER * chance)
    return Later(now + timedelta(seconds=max(wait, min(answer.rest, WAITS[-1]))))
