"""Functions about numbers."""

import math
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal

from core.forms.expressions.functions.signature import Function, as_is, or_here, pure
from core.forms.expressions.values import NAN, as_number

_MOST_PLACES = 30


def whole(number: float) -> float:
    """Rounded as XPath does: a half goes up, -2.5 to -2."""
    if not math.isfinite(number):
        return number
    floor = math.floor(number)
    return math.copysign(floor + (number - floor >= 0.5), number)


def _round(number: float, places: float = 0.0) -> float:
    if not math.isfinite(number) or places == 0:
        return whole(number)
    if not abs(places) <= _MOST_PLACES:
        return NAN
    # By what is written: 1.005 to two places is 1.01, although the machine's number lies just below.
    scaled = Decimal(repr(number)).scaleb(int(places)) + Decimal("0.5")
    return float(scaled.to_integral_value(ROUND_FLOOR).scaleb(-int(places)))


def _towards(limit: Callable[[float], int]) -> Callable[[float], float]:
    return lambda number: math.copysign(limit(number), number) if math.isfinite(number) else number


def _careful(work: Callable[..., float]) -> Callable[..., float]:
    """As Java reckons where Python raises: no number outside its domain, infinity beyond all bounds."""

    def reckon(*numbers: float) -> float:
        try:
            return float(work(*numbers))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return reckon


def _pow(base: float, power: float) -> float:
    if base == 0 and power < 0:
        return math.inf
    return math.pow(base, power)


def _logarithm(work: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: work(number) if number else -math.inf


def _of_one(work: Callable[[float], float]) -> Function:
    return pure(_careful(work), as_number)


FUNCTIONS = {
    "number": or_here(pure(as_number, as_is)),
    "int": _of_one(_towards(math.trunc)),
    "round": pure(_round, as_number, as_number, least=1),
    "floor": _of_one(_towards(math.floor)),
    "ceiling": _of_one(_towards(math.ceil)),
    "abs": _of_one(abs),
    "pow": pure(_careful(_pow), as_number, as_number),
    "sqrt": _of_one(math.sqrt),
    "log": _of_one(_logarithm(math.log)),
    "log10": _of_one(_logarithm(math.log10)),
    "exp": _of_one(math.exp),
    "exp10": _of_one(lambda number: math.pow(10.0, number)),
    "sin": _of_one(math.sin),
    "cos": _of_one(math.cos),
    "tan": _of_one(math.tan),
    "asin": _of_one(math.asin),
    "acos": _of_one(math.acos),
    "atan": _of_one(math.atan),
    "atan2": pure(_careful(math.atan2), as_number, as_number),
    "pi": pure(lambda: math.pi),
}
