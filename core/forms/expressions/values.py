"""The values expressions work with, and how XPath 1.0 turns each kind into another.

as_number("") is NaN, so '' > 5 is false; as_text(3.0) is "3"; as_bool("false") is true
"""

import math
import operator
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from core.forms.expressions.moments import Moment, aligned, days, moment_text, read_moment


class Nodes(tuple[str, ...]):
    """The answers of a repeated question, one for each turn."""

    __slots__ = ()


Value: TypeAlias = str | float | bool | date | datetime | time | Nodes

NAN = math.nan

_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")


def as_text(value: Value) -> str:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case Nodes():
            return value[0] if value else ""
        case date() | time():
            return moment_text(value)
        case _:
            return _number_text(value)


def as_number(value: Value) -> float:
    match value:
        case str():
            return _read_number(value)
        case float() | int():
            return float(value)
        case Nodes():
            return _read_number(as_text(value))
        case _:
            return days(value)


def as_bool(value: Value) -> bool:
    match value:
        case float() | int():
            return value != 0 and value == value
        case str():
            return value != ""
        case Nodes():
            return as_text(value) != ""
        case _:
            return True


def as_moment(value: Value) -> Moment | None:
    """The date or time that a value is, or is the ISO form of."""
    match value:
        case date() | time():
            return value
        case str():
            return read_moment(value)
        case Nodes():
            return read_moment(as_text(value))
        case _:
            return None


def are_equal(left: Value, right: Value) -> bool:
    """`=`: of nodes, whether any is equal; dates and numbers by what they mean, texts letter by letter."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, Nodes) or isinstance(right, Nodes):
        return _any_pair(left, right, _same)
    return _same(left, right)


def differ(left: Value, right: Value) -> bool:
    """`!=`: not always the opposite of `=`, since of several nodes one may be equal and another not."""
    if isinstance(left, str) and isinstance(right, str):
        return left != right
    return _any_pair(left, right, lambda one, other: not _same(one, other))


def ordering(compare: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    """`<` and its like: always of numbers, or of dates."""

    def holds(left: Value, right: Value) -> bool:
        one, other = _measures(left, right)
        return compare(one, other)

    return lambda left, right: _any_pair(left, right, holds)


is_less, is_at_most = ordering(operator.lt), ordering(operator.le)
is_more, is_at_least = ordering(operator.gt), ordering(operator.ge)


def _any_pair(left: Value, right: Value, holds: Callable[[Value, Value], bool]) -> bool:
    if isinstance(left, Nodes) and not isinstance(right, bool):
        return any(_any_pair(node, right, holds) for node in left)
    if isinstance(right, Nodes) and not isinstance(left, bool):
        return any(holds(left, node) for node in right)
    return holds(left, right)


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return as_bool(left) == as_bool(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    one, other = _measures(left, right)
    return one == other


def _measures(left: Value, right: Value) -> tuple[float, float]:
    if isinstance(left, float) or isinstance(right, float):
        return as_number(left), as_number(right)
    one = as_moment(left)
    other = as_moment(right) if one is not None else None
    if one is not None and other is not None:
        return aligned(one, other)
    return as_number(left), as_number(right)


def _read_number(text: str) -> float:
    if not text:
        return NAN
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = read_moment(text)
    return NAN if moment is None else days(moment)


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    # Fifteen digits, as libxml2 prints: 0.1 + 0.2 told to a person is 0.3.
    return format(Decimal(format(number, ".15g")), "f")
