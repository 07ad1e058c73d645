"""Days and times as the forms of the law write them: "Rabu, 27 November 2024", "20.15 WITA"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.model.zones import zone_of


def day_words(day: date | None) -> str:
    """Empty for a day that is not known: the form keeps a line to write on."""
    return format_date(day, "EEEE, d MMMM y", locale="id") if day else ""


def short_day_words(day: date | None) -> str:
    """Without the day of the week, as it stands above a signature."""
    return format_date(day, "d MMMM y", locale="id") if day else ""


def time_words(moment: datetime) -> str:
    return f"{moment:%H.%M} {moment.tzname() or ''}".rstrip()


def moment_words(moment: datetime) -> str:
    return f"{day_words(moment.date())}, {time_words(moment)}"


def local(moment: datetime, area: str) -> datetime:
    """The moment as the clock on the wall of that area's office said it."""
    return moment.astimezone(ZoneInfo(zone_of(area)))
