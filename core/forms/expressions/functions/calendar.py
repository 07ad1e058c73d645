"""Functions about dates and times."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

from babel import Locale, UnknownLocaleError

from core.forms.expressions.functions.signature import as_is, scoped
from core.forms.expressions.moments import days, from_days
from core.forms.expressions.scope import Scope
from core.forms.expressions.values import NAN, Nodes, Value, as_moment, as_number, as_text

_MARK = re.compile(r"%(.)", re.DOTALL)


def _local(scope: Scope, value: Value) -> datetime | time | None:
    """As a time on the person's own clock: a date is its midnight, a number counts days."""
    moment = as_moment(value)
    if moment is None and not isinstance(value, str | Nodes):
        moment = from_days(as_number(value))
    match moment:
        case datetime() if moment.tzinfo:
            return _moved(moment, scope)
        case date():
            own = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
            return own.replace(tzinfo=scope.now.tzinfo)
        case _:
            return moment


def _moved(moment: datetime, scope: Scope) -> datetime:
    try:
        return moment.astimezone(scope.now.tzinfo)
    except OverflowError:  # the first and the last day of the calendar
        return moment


def _as_date(scope: Scope, value: Value) -> Value:
    local = _local(scope, _numeral(value))
    return local.date() if isinstance(local, datetime) else ""


def _as_datetime(scope: Scope, value: Value) -> Value:
    local = _local(scope, _numeral(value))
    return local if isinstance(local, datetime) else ""


def _numeral(value: Value) -> Value:
    """An answer such as "20054" is a number of days, as it is in arithmetic."""
    if as_moment(value) is None and as_text(value):
        return as_number(value)
    return value


def _decimal_datetime(scope: Scope, value: Value) -> float:
    local = _local(scope, _numeral(value))
    return days(local) if isinstance(local, datetime) else NAN


def _decimal_time(scope: Scope, value: Value) -> float:
    local = _local(scope, value)
    return NAN if local is None else days(local) % 1


def _formatted(scope: Scope, value: Value, form: str) -> str:
    local = _local(scope, _numeral(value))
    if local is None:
        return ""
    return _MARK.sub(lambda mark: _part(mark, local, scope.language), form)


def _part(mark: re.Match[str], moment: datetime | time, language: str) -> str:
    if not isinstance(moment, datetime):
        return _TIME_PARTS[mark[1]](moment) if mark[1] in _TIME_PARTS else ""
    if mark[1] in _TIME_PARTS:
        return _TIME_PARTS[mark[1]](moment.time())
    if mark[1] in _DATE_PARTS:
        return _DATE_PARTS[mark[1]](moment, language)
    return mark[0]


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("id")


_TIME_PARTS: dict[str, Callable[[time], str]] = {
    "H": lambda it: f"{it.hour:02}",
    "h": lambda it: str(it.hour),
    "M": lambda it: f"{it.minute:02}",
    "S": lambda it: f"{it.second:02}",
    "3": lambda it: f"{it.microsecond // 1000:03}",
}
_DATE_PARTS: dict[str, Callable[[date, str], str]] = {
    "Y": lambda it, _: f"{it.year:04}",
    "y": lambda it, _: f"{it.year % 100:02}",
    "m": lambda it, _: f"{it.month:02}",
    "n": lambda it, _: str(it.month),
    "b": lambda it, language: str(_locale(language).months["format"]["abbreviated"][it.month]),
    "d": lambda it, _: f"{it.day:02}",
    "e": lambda it, _: str(it.day),
    "a": lambda it, language: str(_locale(language).days["format"]["abbreviated"][it.weekday()]),
    "W": lambda it, _: f"{it.isocalendar().week:02}",
}

FUNCTIONS = {
    "today": scoped(lambda scope: scope.now.date()),
    "now": scoped(lambda scope: scope.now),
    "date": scoped(_as_date, as_is),
    "date-time": scoped(_as_datetime, as_is),
    "decimal-date-time": scoped(_decimal_datetime, as_is),
    "decimal-time": scoped(_decimal_time, as_is),
    "format-date": scoped(_formatted, as_is, as_text),
    "format-date-time": scoped(_formatted, as_is, as_text),
}
