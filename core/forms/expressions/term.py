"""What the parser hands on: a piece of an expression, ready to evaluate, and what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from core.forms.expressions.errors import ExpressionError, Reason
from core.forms.expressions.scope import Scope
from core.forms.expressions.values import Value

Evaluate: TypeAlias = Callable[[Scope], Value]


@dataclass(frozen=True, slots=True)
class Term:
    """One operand. `reference` if it is a bare ${name}, `literal` if text in quotes, `climb` of `../..`."""

    position: int
    evaluate: Evaluate
    depth: int = 1
    reference: str = ""
    literal: str | None = None
    climb: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    position: int
    arguments: tuple[Term, ...]

    def wrong(self, place: int, expected: str) -> ExpressionError:
        """The argument at that place is not what the function can work with."""
        term = self.arguments[place]
        return ExpressionError(Reason.BAD_ARGUMENT, term.position, f"{self.name}()", expected=expected)

    def reference(self, place: int) -> str:
        """The name of the question that the argument must be."""
        if not (name := self.arguments[place].reference):
            raise self.wrong(place, "${…}")
        return name
