"""Functions about what was chosen from a list, and about attached tables."""

import re

from core.forms.expressions.functions.signature import Function, pure, scoped
from core.forms.expressions.lexer import REFERENCE
from core.forms.expressions.scope import Scope
from core.forms.expressions.term import Call, Evaluate
from core.forms.expressions.values import as_number, as_text


def _selected(chosen: str, option: str) -> bool:
    return option.strip() in chosen.split()


def _selected_at(chosen: str, index: float) -> str:
    options = chosen.split()
    return options[int(index)] if 0 <= index < len(options) else ""


def _make_choice_name(call: Call) -> Evaluate:
    """The question is named as ODK wants it, '${kecamatan}' in quotes, or without them."""
    value, question = call.arguments
    quoted = re.fullmatch(rf"\s*{REFERENCE}\s*", question.literal or "")
    name = quoted[1] if quoted else question.reference
    if not name:
        raise call.wrong(1, "'${…}'")
    return lambda scope: scope.label(name, as_text(value.evaluate(scope)))


def _pulldata(scope: Scope, file: str, column: str, key_column: str, key: str) -> str:
    return scope.pulldata(file, column, key_column, key)


FUNCTIONS = {
    "selected": pure(_selected, as_text, as_text),
    "is-selected": pure(_selected, as_text, as_text),
    "selected-at": pure(_selected_at, as_text, as_number),
    "count-selected": pure(lambda chosen: float(len(chosen.split())), as_text),
    "jr:choice-name": Function(2, 2, _make_choice_name),
    "pulldata": scoped(_pulldata, as_text, as_text, as_text, as_text),
}
