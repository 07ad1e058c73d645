"""How a digest's days are written: 18–24 Nov, Rabu 27 Nov, Senin 25 Nov, 07.00 WITA."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.digests.digest import Digest
from core.forms.answers.showing import time_shown
from core.speech.texts import texts


def week_shown(digest: Digest, language: str) -> str:
    return span_shown(digest.first, digest.last, language)


def span_shown(first: date, last: date, language: str) -> str:
    """18–24 Nov, 28 Okt – 3 Nov; one day by its name: Minggu 24 Nov."""
    if first == last:
        return day_shown(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_formatted(last, 'd MMM', language)}"
    return f"{_formatted(first, 'd MMM', language)} – {_formatted(last, 'd MMM', language)}"


def week_with_year(digest: Digest, language: str) -> str:
    return f"{week_shown(digest, language)} {digest.last.year}"


def day_shown(day: date, language: str) -> str:
    return _formatted(day, "EEEE d MMM", language)


def weekday_shown(day: date, language: str) -> str:
    return _formatted(day, "EEE", language)


def moment_shown(moment: datetime, zone: str, language: str) -> str:
    local = local_time(moment, zone)
    return f"{day_shown(local.date(), language)}, {time_shown(local.timetz(), language)}"


def local_time(moment: datetime, zone: str) -> datetime:
    """The moment on the area's clocks, to the minute."""
    local = moment.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def is_of_monday(digest: Digest) -> bool:
    """Made for the Monday after its week; else somebody asked for it."""
    return local_time(digest.made_for, digest.zone).date() == digest.last + timedelta(days=1)


def heading(digest: Digest, language: str) -> str:
    """Desk Senin 25 Nov, or Rekap Rabu 27 Nov when somebody asked for it on another day."""
    day = day_shown(local_time(digest.made_for, digest.zone).date(), language)
    say = texts(language).say
    if is_of_monday(digest):
        return say("digests.title.monday", day=day)
    return say("digests.title.asked", day=day)


def days_of(digest: Digest) -> tuple[date, ...]:
    length = (digest.last - digest.first).days + 1
    return tuple(digest.first + timedelta(days=n) for n in range(length))


def _formatted(day: date, pattern: str, language: str) -> str:
    return str(format_date(day, pattern, locale=texts(language).language))
