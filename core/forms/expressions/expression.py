"""An expression read once and evaluated often."""

from dataclasses import dataclass, field

from core.forms.expressions.parser import Parser
from core.forms.expressions.term import Evaluate


@dataclass(frozen=True, slots=True)
class Expression:
    """`evaluate(scope)` never raises: what makes no sense is NaN, false or ''."""

    source: str
    references: frozenset[str]
    """The names in ${}, and those at the end of paths."""
    columns: frozenset[str]
    """Bare names, which mean something only in a choice_filter."""
    evaluate: Evaluate = field(repr=False, compare=False)


def parse(source: str) -> Expression:
    """Read an expression, or raise ExpressionError with the place and the reason."""
    parser = Parser(source)
    term = parser.whole()
    return Expression(source, frozenset(parser.references), frozenset(parser.columns), term.evaluate)
