"""Answers that are numbers: whole ones, decimals, and those of a range."""

from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal, InvalidOperation

from core.forms.answers.numerals import Numeral, numeral
from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.showing import number_shown
from core.forms.answers.words import says_nothing
from core.forms.form import Question
from core.model.messages import Incoming

MOST_DIGITS = 15
"""What a spreadsheet keeps of a number; longer ones (NIK, accounts) belong in a text question."""

FINEST_STEP = Decimal("0.000001")


def read_integer(question: Question, incoming: Incoming, context: Reading) -> Answer:
    return _within(question, _read(question, incoming.text, context, _whole), context)


def read_decimal(question: Question, incoming: Incoming, context: Reading) -> Answer:
    answer = _read(question, incoming.text, context, lambda typed, found: None)
    return _within(question, answer, context)


def read_range(question: Question, incoming: Incoming, context: Reading) -> Answer:
    answer = _read(question, incoming.text, context, lambda typed, found: None)
    if isinstance(answer, Refused):
        return answer
    return _outside(Decimal(answer.value), question, context) or answer


def _read(
    question: Question, text: str, context: Reading, objection: Callable[[str, Numeral], Refused | None]
) -> Answer:
    if says_nothing(text):
        return _zero(context) if question.nothing else Refused("answers.number.nothing")
    found = numeral(text, context.language)
    if not found:
        return Refused("answers.number.unread", {"typed": quoted(text)})
    if len(found.value.as_tuple().digits) > MOST_DIGITS or abs(found.value) >= 10**MOST_DIGITS:
        return Refused("answers.number.huge", {"digits": MOST_DIGITS})
    return objection(text, found) or _understood(found, context)


def _whole(typed: str, found: Numeral) -> Refused | None:
    """12.5 in a count may be a slip for 125: it is asked, not rounded."""
    if found.foreign or found.value != found.value.to_integral_value():
        return Refused("answers.number.whole", {"typed": quoted(typed)})
    return None


def _within(question: Question, answer: Answer, context: Reading) -> Answer:
    """A number may have limits of its own (`start` and `end`); one that is not written does not bind."""
    if isinstance(answer, Refused):
        return answer
    value = Decimal(answer.value)
    if question.minimum and value < _bound(question.minimum, answer.value):
        return Refused("answers.number.low", {"minimum": _limit(question.minimum, context)})
    if question.maximum and value > _bound(question.maximum, answer.value):
        return Refused("answers.number.high", {"maximum": _limit(question.maximum, context)})
    return answer


def _limit(written: str, context: Reading) -> str:
    return number_shown(Decimal(lexical(_bound(written, "0"))), context.language)


def _zero(context: Reading) -> Understood:
    return Understood("0", interpreted=True, shown=number_shown(Decimal(0), context.language))


def _understood(found: Numeral, context: Reading) -> Understood:
    value = lexical(found.value)
    return Understood(value, not found.plain, number_shown(Decimal(value), context.language))


def lexical(value: Decimal) -> str:
    """Without exponent, needless zeros, or a minus before nought."""
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    sign, bare = ("-", written[1:]) if written.startswith("-") else ("", written.lstrip("+"))
    bare = bare.lstrip("0") or "0"
    bare = "0" + bare if bare.startswith(".") else bare
    return bare if bare == "0" else sign + bare


def _outside(value: Decimal, question: Question, context: Reading) -> Refused | None:
    low, high, step = (
        _bound(question.minimum, "0"),
        _bound(question.maximum, "10"),
        _bound(question.step, "1"),
    )

    def shown(number: Decimal) -> str:
        return number_shown(Decimal(lexical(number)), context.language)

    if not low <= value <= high:
        return Refused("answers.range.outside", {"minimum": shown(low), "maximum": shown(high)})
    if step < FINEST_STEP or (value - low) % step == 0:
        return None
    below = low + ((value - low) / step).to_integral_value(ROUND_FLOOR) * step
    above = min(below + step, high)
    return Refused("answers.range.step", {"step": shown(step), "below": shown(below), "above": shown(above)})


def _bound(written: str, default: str) -> Decimal:
    try:
        bound = Decimal(written or default)
    except InvalidOperation:
        return Decimal(default)
    return bound if bound.is_finite() else Decimal(default)
