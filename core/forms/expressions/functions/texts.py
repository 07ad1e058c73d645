"""Functions about text."""

from core.forms.expressions.errors import ExpressionError, Reason
from core.forms.expressions.functions.numbers import whole
from core.forms.expressions.functions.signature import Function, as_is, or_here, pure
from core.forms.expressions.pattern_reader import read_pattern
from core.forms.expressions.patterns import PatternError
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate
from core.forms.expressions.values import Nodes, Value, as_number, as_text


def spread(values: tuple[Value, ...]) -> list[str]:
    """Each value as text, and each of the nodes among them."""
    found: list[str] = []
    for value in values:
        found += value if isinstance(value, Nodes) else (as_text(value),)
    return found


def _concat(*values: Value) -> str:
    return "".join(spread(values))


def _substring(text: str, start: float, length: float = float("inf")) -> str:
    """XPath's own: counted from 1, and by rounding."""
    first, beyond = whole(start), whole(start) + whole(length)
    return "".join(letter for place, letter in enumerate(text, 1) if first <= place < beyond)


def _substr(text: str, start: float, end: float = float("inf")) -> str:
    """ODK's own: counted from 0, up to but without `end`; from the end if negative."""
    return text[_index(start, text) : _index(end, text)]


def _index(place: float, text: str) -> int:
    if place != place:
        return 0
    bounded = int(max(-len(text), min(place, len(text))))
    return bounded + len(text) if bounded < 0 else bounded


def _before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _translate(text: str, letters: str, instead: str) -> str:
    table: dict[int, str] = {}
    for place, letter in enumerate(letters):
        table.setdefault(ord(letter), instead[place : place + 1])
    return text.translate(table)


def _is_like(text: str, pattern: str) -> bool:
    try:
        return read_pattern(pattern).matches(text)
    except PatternError:
        return False


def _make_regex(call: Call) -> Evaluate:
    text, pattern = call.arguments
    if pattern.literal is None:
        return lambda scope: _is_like(as_text(text.evaluate(scope)), as_text(pattern.evaluate(scope)))
    try:
        known = read_pattern(pattern.literal)
    except PatternError as error:
        raise ExpressionError(
            Reason.BAD_PATTERN, pattern.position, pattern.literal, expected=str(error)
        ) from error

    def evaluate(scope: Scope) -> bool:
        return known.matches(as_text(text.evaluate(scope)))

    return evaluate


FUNCTIONS = {
    "string": or_here(pure(as_text, as_is)),
    "concat": pure(_concat, as_is, many=True),
    "contains": pure(lambda text, part: part in text, as_text, as_text),
    "starts-with": pure(lambda text, part: text.startswith(part), as_text, as_text),
    "ends-with": pure(lambda text, part: text.endswith(part), as_text, as_text),
    "substr": pure(_substr, as_text, as_number, as_number, least=2),
    "substring": pure(_substring, as_text, as_number, as_number, least=2),
    "substring-before": pure(_before, as_text, as_text),
    "substring-after": pure(_after, as_text, as_text),
    "translate": pure(_translate, as_text, as_text, as_text),
    "string-length": or_here(pure(lambda text: float(len(text)), as_text)),
    "normalize-space": or_here(pure(lambda text: " ".join(text.split()), as_text)),
    "upper-case": pure(lambda text: text.upper(), as_text),
    "lower-case": pure(lambda text: text.lower(), as_text),
    "regex": Function(2, 2, _make_regex),
}
