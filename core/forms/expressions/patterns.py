"""Regular expressions that no text can make slow.

Python's own `re` tries every way to match, and `(a+)+b` takes years over forty letters a; one message could
stop the bot for everyone. Here all ways are followed at once, one letter at a time, so the work is at most
the length of the pattern times that of the text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

Accepts = Callable[[str], bool]

_MOST_STATES = 2_000
_MOST_WORK = 2_000_000


class PatternError(ValueError):
    """A regular expression that cannot be read."""


@dataclass(frozen=True, slots=True)
class _State:
    """One place in a pattern: takes a letter that it accepts, or goes on at once where `holds`."""

    onward: tuple[int, ...]
    accepts: Accepts | None = None
    holds: Callable[[str, int], bool] | None = None


_States = list[_State]
Piece = Callable[[_States, int], int]
"""Adds its states in front of the given one; returns where it begins."""


@dataclass(frozen=True, slots=True)
class Pattern:
    source: str
    _states: tuple[_State, ...]
    _start: int

    def matches(self, text: str) -> bool:
        """Is the whole text so? (A text too long to look at is not.)"""
        if len(self._states) * len(text) > _MOST_WORK:
            return False
        at = self._reached({self._start}, text, 0)
        for place, letter in enumerate(text, 1):
            taken = (self._states[number] for number in at)
            at = self._reached({s.onward[0] for s in taken if s.accepts and s.accepts(letter)}, text, place)
            if not at:
                return False
        return 0 in at

    def _reached(self, starts: set[int], text: str, place: int) -> set[int]:
        reached, ahead = set(starts), list(starts)
        while ahead:
            state = self._states[ahead.pop()]
            if state.accepts or (state.holds and not state.holds(text, place)):
                continue
            ahead += [number for number in state.onward if number not in reached]
            reached.update(state.onward)
        return reached


def assembled(source: str, piece: Piece) -> Pattern:
    """The pattern that begins with the piece and ends after it."""
    states = [_State(())]
    start = piece(states, 0)
    return Pattern(source, tuple(states), start)


def _add(states: _States, state: _State) -> int:
    if len(states) >= _MOST_STATES:
        raise PatternError("too large")
    states.append(state)
    return len(states) - 1


def letter_of(accepts: Accepts) -> Piece:
    return lambda states, after: _add(states, _State((after,), accepts=accepts))


def check(holds: Callable[[str, int], bool]) -> Piece:
    return lambda states, after: _add(states, _State((after,), holds=holds))


def sequence(pieces: list[Piece]) -> Piece:
    return lambda states, after: reduce(lambda then, piece: piece(states, then), reversed(pieces), after)


def choice(pieces: list[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    return lambda states, after: _add(states, _State(tuple(piece(states, after) for piece in pieces)))


def repeated(piece: Piece, least: int, most: int | None) -> Piece:
    """At least and at most so often; None is without end."""
    if max(least, most or 0) > _MOST_STATES:
        raise PatternError("too large")

    def build(states: _States, after: int) -> int:
        further = _without_end if most is None else _up_to(most - least)
        then = further(piece, states, after)
        for _ in range(least):
            size = len(states)
            then = piece(states, then)
            if len(states) == size:  # nothing, however often
                break
        return then

    return build


def _without_end(piece: Piece, states: _States, after: int) -> int:
    loop = _add(states, _State(()))
    states[loop] = _State((piece(states, loop), after))
    return loop


def _up_to(count: int) -> Callable[[Piece, _States, int], int]:
    def build(piece: Piece, states: _States, after: int) -> int:
        then = after
        for _ in range(count):
            then = _add(states, _State((piece(states, then), after)))
        return then

    return build
