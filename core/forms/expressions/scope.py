"""What an expression may ask of the filling it is evaluated in."""

from datetime import datetime
from typing import Protocol

from core.forms.expressions.values import Value


class Scope(Protocol):
    """The answers as seen from one question, in one turn of each repeat around it.

    Nothing here may raise: what is not answered, not relevant or not there is ''.
    """

    @property
    def here(self) -> str:
        """`.`: the value of the question itself, in its lexical form."""

    @property
    def now(self) -> datetime:
        """Aware, in the person's own zone."""

    @property
    def fresh(self) -> tuple[str, float]:
        """A new id and a number in [0, 1), for uuid(), random() and randomize(): given, not drawn."""

    @property
    def language(self) -> str:
        """The code of the language spoken, for the names of months and days."""

    @property
    def version(self) -> str:
        """`version()`: the version of the form."""

    def look(self, name: str) -> Value:
        """`${name}`: the answer in this turn, if we stand in its repeat.

        Seen from outside its repeat it may be `Nodes`: a comparison tries each, all else takes the first.
        """

    def nodes(self, name: str) -> tuple[str, ...]:
        """Every turn of a repeated question ('' where unanswered), or one item for each turn of a repeat.

        For sum, count, min, max, join: all turns of its innermost repeat, also when we stand in it; of
        the repeats further out, the turn that we stand in. A question that is not repeated is one node.
        """

    def indexed(self, name: str, turns: tuple[tuple[str, int], ...]) -> str:
        """`indexed-repeat(${name}, ${repeat}, 2)`: the answer at (repeat, turn) counted from 1; else ''.

        Of a repeat that is not named, the turn that we stand in.
        """

    def turn(self, depth: int = 0) -> int:
        """`position(..)`: which turn, from 1, of what surrounds the question; `../..` is depth 1.

        A group counts as a step and has the turn of the nearest repeat around it; 0 outside of repeats.
        """

    def column(self, name: str) -> str:
        """A bare name: that column of the option a choice_filter looks at (`name` is the option's own)."""

    def label(self, name: str, value: str) -> str:
        """`jr:choice-name`: the label of the option `value` of the question `name`."""

    def pulldata(self, file: str, column: str, key_column: str, key: str) -> str:
        """The cell of the first row of the attached table whose key column holds the key."""
