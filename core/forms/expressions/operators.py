"""The operators of XPath 1.0 and how tightly each binds."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from core.forms.expressions import values
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Evaluate
from core.forms.expressions.values import NAN, Value, as_bool, as_number

Join = Callable[[Evaluate, Evaluate], Evaluate]


@dataclass(frozen=True, slots=True)
class Operator:
    power: int
    join: Join


UNARY_POWER = 70


def negated(operand: Evaluate) -> Evaluate:
    return lambda scope: -as_number(operand(scope))


def _both(left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda scope: as_bool(left(scope)) and as_bool(right(scope))


def _either(left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda scope: as_bool(left(scope)) or as_bool(right(scope))


def _compared(holds: Callable[[Value, Value], bool]) -> Join:
    def join(left: Evaluate, right: Evaluate) -> Evaluate:
        return lambda scope: holds(left(scope), right(scope))

    return join


def _reckoned(reckon: Callable[[float, float], float]) -> Join:
    def join(left: Evaluate, right: Evaluate) -> Evaluate:
        def evaluate(scope: Scope) -> float:
            return reckon(as_number(left(scope)), as_number(right(scope)))

        return evaluate

    return join


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    """Has the sign of what is divided: -7 mod 3 is -1."""
    if not right or math.isinf(left):
        return NAN
    return math.fmod(left, right)


OPERATORS = {
    "or": Operator(10, _either),
    "and": Operator(20, _both),
    "=": Operator(30, _compared(values.are_equal)),
    "!=": Operator(30, _compared(values.differ)),
    "<": Operator(40, _compared(values.is_less)),
    "<=": Operator(40, _compared(values.is_at_most)),
    ">": Operator(40, _compared(values.is_more)),
    ">=": Operator(40, _compared(values.is_at_least)),
    "+": Operator(50, _reckoned(lambda left, right: left + right)),
    "-": Operator(50, _reckoned(lambda left, right: left - right)),
    "*": Operator(60, _reckoned(lambda left, right: left * right)),
    "div": Operator(60, _reckoned(_divide)),
    "mod": Operator(60, _reckoned(_remainder)),
}
WORDS = ("or", "and", "div", "mod")
