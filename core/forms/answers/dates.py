"""Days: 27/11/24, "27 Nopember", "Rabu 27 November 2024", "kemarin dulu", "Senin lalu", "2 hari lalu"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.forms.answers.almanac import MONTH_OF, MONTHS, WEEKDAY_OF, WEEKDAYS
from core.forms.answers.number_words import number_in_words
from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.showing import date_shown
from core.forms.answers.spelling import SPELLED_OUT, plain
from core.forms.form import Question
from core.model.messages import Incoming

LONGEST = 120
YEARS = range(1900, 2101)
AHEAD = timedelta(days=31)
"""A day without a year is the coming one only when it is this near; otherwise the last one."""

_MONTH = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(WEEKDAY_OF, key=len, reverse=True))
_BEFORE = re.compile(r"^(?:(?:tanggal|tgl|pada|pd|hari|hr|on|the|sejak|mulai)(?![a-z])[\s.:]*)")
_NAMED = re.compile(
    rf"^(?P<weekday>{_WEEKDAY})(?![a-z])[\s,.]*(?:(?:tanggal|tgl)(?![a-z])[\s.:]*)?(?=\d|{_MONTH})"
)
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_FIGURES = re.compile(
    r"(?P<day>\d{1,2})\s?[-/., ]\s?(?P<month>\d{1,2})(?:\s?[-/., ]\s?(?P<year>\d{4}|\d{2}))?"
)
_JOINED = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})")
_DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/.,\s]*(?P<month>{_MONTH})(?![a-z])[-/.,'\s]*(?P<year>\d{{4}}|\d{{2}})?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH})[-.\s]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:[-.,\s]+(?P<year>\d{{4}}))?"
)
_DAY = re.compile(r"(?P<day>\d{1,2})(?: (?:bulan ini|ini))?")

_PART = r"(?P<part>pagi|siang|sore|petang|malam|mlm|subuh|dini hari)"
_TODAY = re.compile(
    r"(?:hari |hr )?(?:ini|today)|sekarang|barusan|baru saja|now|just now|tadi|tonight"
    r"|this (?:morning|afternoon|evening)|(?:pagi|siang|sore|malam) ini"
)
_EARLIER = re.compile(rf"tadi {_PART}")
_LAST_NIGHT = re.compile(r"semalam|tadi malam|tadi mlm|malam tadi|last night|malam kemarin")
_NEAR = (
    (
        -2,
        re.compile(r"kemarin (?:dulu|lusa|dulunya)|the day before yesterday|day before yesterday|selumbari"),
    ),
    (-1, re.compile(rf"(?:hari )?kemarin(?: {_PART})?|yesterday(?: morning| afternoon| evening)?")),
    (1, re.compile(rf"besok(?: {_PART})?|tomorrow(?: morning| evening)?|esok(?: hari)?")),
    (2, re.compile(r"lusa|the day after tomorrow|day after tomorrow")),
)
_AGO = re.compile(
    r"(?P<count>\d{1,3}|[a-z ]+?)\s*(?P<unit>hari|minggu|pekan|days?|weeks?)"
    r" (?:yang |yg )?(?:lalu|lewat|kemarin|ago)"
)
_ON_WEEKDAY = re.compile(
    rf"(?P<last>last )?(?P<next>next )?(?P<weekday>{_WEEKDAY})"
    r"(?P<after> (?:yang |yg )?(?:lalu|kemarin|tadi)| (?:depan|besok|nanti|mendatang)| ini)?"
)
_STARTS = {
    "subuh": 3,
    "dini hari": 0,
    "pagi": 4,
    "siang": 10,
    "sore": 15,
    "petang": 15,
    "malam": 18,
    "mlm": 18,
}
_VAGUE = frozenset(
    {"minggu lalu", "minggu kemarin", "minggu yang lalu", "last week", "pekan lalu", "seminggu"}
)


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    plain: bool = False


Found = Day | Refused | None


def read_date(question: Question, incoming: Incoming, context: Reading) -> Answer:
    found = day(incoming.text, context.now, context.language)
    if found is None:
        return Refused("answers.date.unread", {"typed": quoted(incoming.text)})
    if isinstance(found, Refused):
        return found
    return Understood(found.date.isoformat(), not found.plain, date_shown(found.date, context.language))


def day(text: str, now: datetime, language: str) -> Found:
    """The one day that a text says; day before month, the nearest past year where none is given."""
    typed = plain(text.replace("'at", "at").replace("’at", "at")).strip(" .,!;")
    if not typed or len(typed) > LONGEST:
        return None
    try:
        return _relative(_spelled(typed), now, language) or _absolute(typed, now, language)
    except OverflowError:
        return None


def _spelled(typed: str) -> str:
    """Abbreviations spelled out; "mlm", "yg" and "hr" are left to the patterns."""
    return " ".join(SPELLED_OUT.get(word, word) for word in typed.split())


def _relative(typed: str, now: datetime, language: str) -> Found:
    today = now.date()
    if typed in _VAGUE:
        return _which_week(today, language)
    if _TODAY.fullmatch(typed):
        return Day(today)
    if _LAST_NIGHT.fullmatch(typed):
        return Day(today - timedelta(days=1))
    if earlier := _EARLIER.fullmatch(typed):
        return Day(today - timedelta(days=now.hour < _STARTS[earlier["part"]]))
    for days, pattern in _NEAR:
        if pattern.fullmatch(typed):
            return Day(today + timedelta(days=days))
    return _ago(typed, today) or _on_weekday(typed, today)


def _which_week(today: date, language: str) -> Refused:
    """ "Minggu lalu" is last week as well as last Sunday."""
    sunday = today - timedelta(days=today.weekday() + 1)
    shown = {"sunday": date_shown(sunday, language), "week": date_shown(today - timedelta(days=7), language)}
    return Refused("answers.date.week", shown)


def _ago(typed: str, today: date) -> Day | None:
    found = _AGO.fullmatch(typed)
    if not found:
        return None
    written = found["count"].strip()
    count = 1 if written in ("se", "a") else int(written) if written.isdecimal() else number_in_words(written)
    if count is None or count > 999:
        return None
    return Day(today - timedelta(days=count * (1 if found["unit"].startswith(("h", "d")) else 7)))


def _on_weekday(typed: str, today: date) -> Day | None:
    """ "Senin lalu" is the last Monday before today, "Senin" may be today, "Senin depan" is still to come."""
    found = _ON_WEEKDAY.fullmatch(re.sub(r"^(?:pada )?hari ", "", typed))
    if not found:
        return None
    after = (found["after"] or "").split()
    past = (today.weekday() - WEEKDAY_OF[found["weekday"]]) % 7
    if found["next"] or (after and after[-1] in ("depan", "besok", "nanti", "mendatang")):
        return Day(today + timedelta(days=7 - past))
    before_today = found["last"] or (after and after[-1] in ("lalu", "kemarin"))
    return Day(today - timedelta(days=past or (7 if before_today else 0)))


def _absolute(typed: str, now: datetime, language: str) -> Found:
    bare, dated = typed, False
    while before := _BEFORE.match(bare):
        bare, dated = bare[before.end() :], dated or before[0].startswith(("t", "the"))
    named = _NAMED.match(bare)
    if named:
        bare = bare[named.end() :]
    for pattern, read in _PATTERNS:
        if (found := pattern.fullmatch(bare)) and (pattern is not _DAY or dated or named):
            return _checked(read(found, now.date()), named["weekday"] if named else "", typed, language)
    return None


Parts = tuple[int, int, int, bool]
"""Year, month, day, and whether they stood there plainly."""


def _in_figures(found: re.Match[str], today: date) -> Parts:
    month, number = int(found["month"]), int(found["day"])
    year = _year(found["year"], month, number, today)
    return year, month, number, len(found["year"] or "") == 4 and number > 12


def _iso(found: re.Match[str], today: date) -> Parts:
    return int(found["year"]), int(found["month"]), int(found["day"]), True


def _in_words(found: re.Match[str], today: date) -> Parts:
    month, number = MONTH_OF[found["month"]], int(found["day"])
    return _year(found["year"], month, number, today), month, number, len(found["year"] or "") == 4


def _day_only(found: re.Match[str], today: date) -> Parts:
    """ "tgl 27": of this month, or of the last one where it has not come yet."""
    number, year, month = int(found["day"]), today.year, today.month
    if number > today.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return year, month, number, False


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Parts]], ...] = (
    (_ISO, _iso),
    (_FIGURES, _in_figures),
    (_JOINED, _in_figures),
    (_DAY_MONTH, _in_words),
    (_MONTH_DAY, _in_words),
    (_DAY, _day_only),
)


def _year(written: str | None, month: int, number: int, today: date) -> int:
    if written and len(written) == 4:
        return int(written)
    if written:
        century = today.year // 100 * 100
        return century + int(written) - (100 if century + int(written) > today.year + 10 else 0)
    return next(
        (year for year in range(today.year + 1, today.year - 9, -1) if _has_come(year, month, number, today)),
        today.year,
    )


def _has_come(year: int, month: int, number: int, today: date) -> bool:
    found = _calendar_day(year, month, number)
    return found is not None and found <= today + AHEAD


def _calendar_day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _checked(parts: Parts, weekday: str, typed: str, language: str) -> Day | Refused:
    year, month, number, is_plain = parts
    if not 1 <= month <= 12:
        return Refused("answers.date.month", {"typed": quoted(typed), "month": month})
    found = _calendar_day(year, month, number)
    if found is None or year not in YEARS:
        months = MONTHS.get(language, MONTHS["id"])
        return Refused("answers.date.impossible", {"day": number, "month": months[month - 1], "year": year})
    if weekday and WEEKDAY_OF[weekday] != found.weekday():
        return _mismatch(found, WEEKDAY_OF[weekday], language)
    return Day(found, is_plain)


def _mismatch(found: date, weekday: int, language: str) -> Refused:
    """Weekday and date contradict each other: offer the date as it is, and the nearest such weekday."""
    apart = (weekday - found.weekday() + 3) % 7 - 3
    names = WEEKDAYS.get(language, WEEKDAYS["id"])
    shown, other = date_shown(found, language), date_shown(found + timedelta(days=apart), language)
    return Refused("answers.date.weekday", {"weekday": names[weekday], "date": shown, "other": other})
