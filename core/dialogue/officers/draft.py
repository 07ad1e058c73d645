"""An act on a case that is not done yet: what is meant, and what was given for it so far.

Draft("K-7K2-M9Q", "move", "registrasi", {"number": "009/LP/PB/Kab/14.09/X/2024"})
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast
from zlib import crc32

from core.cases.acts import Given
from core.cases.procedure import Move
from core.model.records import NOTHING

Act = Literal["move", "ask", "note", "conflict", "join"]
Wish = Literal["reason", "number", "result", "office", "question", "words", "conflict", "other"]
"""What is asked of the officer, one thing at a time."""

OF_ACTS: Mapping[Act, tuple[Wish, ...]] = {
    "ask": ("question",),
    "note": ("words",),
    "conflict": ("conflict",),
    "join": ("other",),
}
AT_ONCE: frozenset[Act] = frozenset({"note"})
"""What needs no second look: it tells nobody outside and takes nothing away."""


@dataclass(frozen=True, slots=True)
class Draft:
    number: str
    """Of the case."""
    act: Act
    move: str = ""
    given: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def give(self, wish: Wish, value: str) -> "Draft":
        return replace(self, given={**self.given, wish: value})

    @property
    def sum(self) -> str:
        """Tells it from every other draft: an old "Ya" does not confirm something else."""
        return f"{crc32(to_json(self).encode()):08x}"


def begin_move(number: str, move: Move) -> Draft:
    """A move that can end in one way only is not asked which."""
    draft = Draft(number, "move", move.name)
    single = "result" in move.needs and len(move.results) == 1
    return draft.give("result", move.results[0]) if single else draft


def wished(draft: Draft, move: Move | None) -> Wish | None:
    """What is still to be asked."""
    wishes = _of_move(move) if move else OF_ACTS.get(draft.act, ())
    return next((wish for wish in wishes if wish not in draft.given), None)


def given(draft: Draft, fresh: str) -> Given:
    """All that was given, for a move; `fresh` is the number of a case that may grow out of it."""
    told = draft.given
    return Given(
        reason=told.get("reason", ""),
        number=told.get("number", ""),
        result=told.get("result", ""),
        office=told.get("office", ""),
        case=fresh,
    )


def to_json(draft: Draft) -> str:
    return json.dumps([draft.number, draft.act, draft.move, dict(draft.given)], ensure_ascii=False)


def from_json(text: str) -> Draft | None:
    """The draft that `to_json` wrote; None for any other text."""
    try:
        number, act, move, told = json.loads(text)
    except (ValueError, TypeError):
        return None
    return Draft(str(number), cast("Act", act), str(move), cast("dict[str, str]", told))


def _of_move(move: Move) -> tuple[Wish, ...]:
    """An identity is there or is not: nobody is asked for it."""
    return tuple(need for need in move.needs if need != "identity")
