"""Functions that decide: if, coalesce, once, checklist and their like."""

from core.forms.expressions.functions.signature import Function, as_is, here, pure
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate
from core.forms.expressions.values import Value, as_bool, as_number, as_text


def _make_if(call: Call) -> Evaluate:
    condition, then, otherwise = (term.evaluate for term in call.arguments)
    return lambda scope: then(scope) if as_bool(condition(scope)) else otherwise(scope)


def _make_coalesce(call: Call) -> Evaluate:
    choices = [term.evaluate for term in call.arguments]

    def evaluate(scope: Scope) -> Value:
        given = (choice(scope) for choice in choices)
        return next((value for value in given if as_text(value) not in ("", "NaN")), "")

    return evaluate


def _make_once(call: Call) -> Evaluate:
    first = call.arguments[0].evaluate
    return lambda scope: here(scope) or first(scope)


def _from_text(text: str) -> bool:
    return text == "1" or text.lower() == "true"


def _is_so(value: Value) -> bool:
    """An item of a checklist counts if it is true, or a number above 0."""
    return as_number(value) > 0


def _is_within(total: float, least: float, most: float) -> bool:
    """A bound of -1 is none."""
    return (least == -1 or total >= least) and (most == -1 or total <= most)


def _checklist(least: float, most: float, *items: Value) -> bool:
    return _is_within(sum(map(_is_so, items)), least, most)


def _weighted_checklist(least: float, most: float, *items: Value) -> bool:
    pairs = zip(items[::2], items[1::2], strict=True)
    return _is_within(sum(as_number(weight) for item, weight in pairs if _is_so(item)), least, most)


FUNCTIONS = {
    "if": Function(3, 3, _make_if),
    "coalesce": Function(2, None, _make_coalesce),
    "once": Function(1, 1, _make_once),
    "true": pure(lambda: True),
    "false": pure(lambda: False),
    "not": pure(lambda value: not value, as_bool),
    "boolean": pure(as_bool, as_is),
    "boolean-from-string": pure(_from_text, as_text),
    "checklist": pure(_checklist, as_number, as_number, as_is, many=True),
    "weighted-checklist": Function(
        4, None, pure(_weighted_checklist, as_number, as_number, as_is, many=True).make, step=2
    ),
}
