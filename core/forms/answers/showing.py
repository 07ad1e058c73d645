"""How a value is shown to a person: 2.821.202, "Rabu 27 November 2024", 07.20 WITA, an option by label."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from core.forms.answers.almanac import MONTHS, WEEKDAYS, ZONES
from core.forms.answers.outcome import Reading
from core.forms.form import MEDIA, Kind, Question
from core.speech.texts import texts

SKIPPED = "—"


def show(question: Question, value: str, context: Reading) -> str:
    """Any stored value, as the person reads it; one that does not fit its question is shown as it stands."""
    if not value:
        return SKIPPED
    try:
        return _SHOWN.get(question.kind, _as_it_stands)(question, value, context)
    except (ValueError, InvalidOperation, IndexError, OverflowError):
        return value


def number_shown(value: Decimal, language: str) -> str:
    written = f"{value:,f}"
    return written if language == "en" else written.translate(str.maketrans(",.", ".,"))


def date_shown(day: date, language: str) -> str:
    weekdays, months = WEEKDAYS.get(language, WEEKDAYS["id"]), MONTHS.get(language, MONTHS["id"])
    return f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]} {day.year}"


def time_shown(clock: time, language: str) -> str:
    colon = ":" if language == "en" else "."
    seconds = f"{colon}{clock.second:02}" if clock.second else ""
    return f"{clock.hour:02}{colon}{clock.minute:02}{seconds}{_zone(clock.utcoffset())}"


def moment_shown(moment: datetime, language: str) -> str:
    return f"{date_shown(moment.date(), language)}, {time_shown(moment.timetz(), language)}"


def _zone(offset: timedelta | None) -> str:
    if offset is None:
        return ""
    if offset in ZONES.values():
        return " " + next(name for name, known in ZONES.items() if known == offset)
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f" UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _as_it_stands(question: Question, value: str, context: Reading) -> str:
    return value


def _number(question: Question, value: str, context: Reading) -> str:
    return number_shown(Decimal(value), context.language)


def _date(question: Question, value: str, context: Reading) -> str:
    return date_shown(date.fromisoformat(value[:10]), context.language)


def _time(question: Question, value: str, context: Reading) -> str:
    return time_shown(time.fromisoformat(value), context.language)


def _moment(question: Question, value: str, context: Reading) -> str:
    return moment_shown(datetime.fromisoformat(value), context.language)


def _labels(value: str, context: Reading) -> list[str]:
    by_name = {option.name: context.label(option) for option in context.options}
    return [by_name.get(name, name) for name in value.split()]


def _chosen(question: Question, value: str, context: Reading) -> str:
    return ", ".join(_labels(value, context))


def _ranked(question: Question, value: str, context: Reading) -> str:
    return ", ".join(f"{place}. {label}" for place, label in enumerate(_labels(value, context), 1))


def _point(question: Question, value: str, context: Reading) -> str:
    latitude, longitude = (float(part) for part in value.split()[:2])
    return f"{latitude:.5f}, {longitude:.5f}"


def _media(question: Question, value: str, context: Reading) -> str:
    return texts(context.language).say(f"answers.{question.kind.value}.shown", count=len(value.split()))


_SHOWN: dict[Kind, Callable[[Question, str, Reading], str]] = {
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.RANGE: _number,
    Kind.DATE: _date,
    Kind.TODAY: _date,
    Kind.TIME: _time,
    Kind.DATETIME: _moment,
    Kind.START: _moment,
    Kind.END: _moment,
    Kind.SELECT_ONE: _chosen,
    Kind.SELECT_MULTIPLE: _chosen,
    Kind.RANK: _ranked,
    Kind.GEOPOINT: _point,
    **dict.fromkeys(MEDIA, _media),
}
