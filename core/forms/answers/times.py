"""Times of day: 07.15, "jam 7 lewat 20", "stgh 8" (07.30), "jam 7 malam", "13.00 WIB", "sekarang"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from core.forms.answers.almanac import ZONES
from core.forms.answers.number_words import number_in_words
from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.showing import time_shown
from core.forms.answers.spelling import plain
from core.forms.form import Question
from core.model.messages import Incoming

LONGEST = 120

_NOW = re.compile(
    r"(?:baru saja|barusan|sekarang|skrg|skrang|skg|saat ini|tadi barusan|just now|right now|now)"
)
_AGO = re.compile(
    r"(?:(?P<count>\d{1,4}|setengah|stgh|half an|an|a|se)\s*)(?P<unit>jam|menit|mnt|minutes?|mins?|hours?)"
    r" (?:yang |yg )?(?:lalu|tadi|ago|yg lalu)"
)
_ZONE = re.compile(r"\s*\b(?P<zone>wib|wita|wit)\b\.?\s*$")
_UNTIL_DONE = re.compile(r"\s*(?:s\.?\s?/?d\.?|sampai|smp|hingga|-)\s*(?:selesai|slesai|sls)$")
_RANGE = re.compile(r"\d\s*(?:s\.?\s?/?d\.?|sampai|hingga|until|-)\s*(?:(?:jam|pukul|pkl)\s*)?\d")
_BEFORE = re.compile(
    r"^(?:(?:sekitar|kira-kira|kira kira|kurang lebih|pada|pd|di|tadi|td|mulai|at|around|about)\s+|"
    r"(?:jam|jm|pukul|pkl|pk)(?![a-z])[.:]?\s*)"
)
_AFTER = re.compile(r"(?:(?<=\d)an|\s+(?:tadi|td|lah|pak|bu|kak|an|o'?clock|menit|mnt|minutes?)|[.,!?;])$")
_PART = re.compile(
    r"^(?P<rest>.*?)\s*(?<![a-z])(?P<part>dini hari|tengah malam|pagi|siang|sore|petang|malam|mlm|subuh|"
    r"a\.?m\.?|p\.?m\.?|in the morning|in the afternoon|in the evening|at night)$"
)
_PART_FIRST = re.compile(r"^(?P<part>pagi|siang|sore|malam)\s+(?P<rest>.*\d.*)$")

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s?[.:,h]\s?(?P<minute>\d{2})(?:[.:](?P<second>\d{2})(?:[.,]\d{1,6})?)?"
)
_WRITTEN_OUT = re.compile(r"\d\d[.:]\d\d(?:[.:]\d\d)?(?: (?:wib|wita|wit))?")
_SPACED = re.compile(r"(?P<hour>\d{1,2}) (?P<minute>\d{2})")
_JOINED = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")
_HOUR = re.compile(r"(?P<hour>\d{1,2})")
_HALF_TO = re.compile(r"(?:setengah|stgh|stengah|stngah|1/2)\s*(?P<hour>\d{1,2})")
_PAST = re.compile(r"(?P<hour>\d{1,2})\s*(?:lewat|lwt|lebih|liwat)\s*(?P<minute>\d{1,2})(?: ?(?:menit|mnt))?")
_TO = re.compile(r"(?P<hour>\d{1,2})\s*(?:kurang|krg)\s*(?P<minute>\d{1,2})(?: ?(?:menit|mnt))?")
_PAST_EN = re.compile(r"(?P<minute>\d{1,2})(?: minutes?)? past (?P<hour>\d{1,2})")
_TO_EN = re.compile(r"(?P<minute>\d{1,2})(?: minutes?)? to (?P<hour>\d{1,2})")
_BETWEEN = re.compile(
    r"\b(setengah|stgh|stengah|stngah|lewat|lwt|liwat|lebih|kurang|krg|past|to|menit|mnt|minutes?)\b"
)
_FRACTIONS = (
    ("seperempat", "15"),
    ("quarter", "15"),
    ("lewat setengah", "lewat 30"),
    ("half past", "30 past"),
)

_NIGHT = {12: 0, 1: 1, 2: 2, 3: 3, 4: 4} | {hour: hour + 12 for hour in range(6, 12)}
_DAWN = {12: 0} | {hour: hour for hour in range(6)}
_MORNING = {hour: hour for hour in range(1, 12)}
_MIDDAY = {10: 10, 11: 11, 12: 12} | {hour: hour + 12 for hour in range(1, 5)}
_AFTERNOON = {12: 12} | {hour: hour + 12 for hour in range(1, 8)}
_AM = {12: 0} | {hour: hour for hour in range(1, 12)}
_PM = {12: 12} | {hour: hour + 12 for hour in range(1, 12)}
_PARTS = {
    "dini hari": _DAWN,
    "tengah malam": {12: 0},
    "pagi": _MORNING,
    "subuh": {hour: hour for hour in range(3, 7)},
    "siang": _MIDDAY,
    "sore": _AFTERNOON,
    "petang": _AFTERNOON,
    "malam": _NIGHT,
    "mlm": _NIGHT,
    "am": _AM,
    "pm": _PM,
    "in the morning": _AM,
    "in the afternoon": _PM,
    "in the evening": _PM,
    "at night": _NIGHT,
}
"""What the hours of the clock face mean in each part of the day; 1 "malam" is after midnight."""

_EITHER = range(1, 5)
"""Hours that are said of the afternoon as readily as of the night: "jam 2"."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `zone` only when it was named."""

    time: time
    zone: timezone | None = None
    plain: bool = False
    clear: bool = True
    """Could it be nothing but a time? A bare 7 or 1330 could be many things."""
    part: str = ""


def read_time(question: Question, incoming: Incoming, context: Reading) -> Answer:
    found = clock(incoming.text, context.now)
    if found is None:
        return Refused("answers.time.unread", {"typed": quoted(incoming.text)})
    if isinstance(found, Refused):
        return found
    local = found.time.replace(tzinfo=found.zone or context.zone)
    return Understood(time_lexical(local), not found.plain, time_shown(local, context.language))


def time_lexical(local: time) -> str:
    return local.isoformat(timespec="milliseconds")


def clock(text: str, now: datetime) -> Clock | Refused | None:
    """The one time of day that a text says."""
    typed = plain(text)
    if not typed or len(typed) > LONGEST:
        return None
    past = ago(typed, now)
    if past:
        return Clock(past.time())
    return _said(typed, text)


def ago(typed: str, now: datetime) -> datetime | None:
    """ "sekarang", "barusan", "2 jam lalu": a moment counted from now, to the minute."""
    if _NOW.fullmatch(typed):
        return now.replace(second=0, microsecond=0)
    found = _AGO.fullmatch(typed)
    if not found:
        return None
    count = {"setengah": 0.5, "stgh": 0.5, "half an": 0.5, "an": 1, "a": 1, "se": 1}.get(found["count"])
    amount = float(found["count"]) if count is None else count
    unit = timedelta(hours=1) if found["unit"].startswith(("j", "h")) else timedelta(minutes=1)
    return (now - amount * unit).replace(second=0, microsecond=0)


def _said(typed: str, text: str) -> Clock | Refused | None:
    zone = _ZONE.search(typed)
    body = _UNTIL_DONE.sub("", typed[: zone.start()] if zone else typed)
    if not zone and (inner := _ZONE.search(body)):
        zone, body = inner, body[: inner.start()]
    if _RANGE.search(body) and not _JOINED.fullmatch(body):
        return Refused("answers.time.two", {"typed": quoted(text)})
    core, part, named = _stripped(body)
    found = _hour_and_minute(_in_figures(core))
    if found is None:
        return None
    hour, minute, second, clear, padded = found
    read = _on_the_day(hour, minute, second, part, padded, text)
    if not isinstance(read, time):
        return read
    whole = bool(_WRITTEN_OUT.fullmatch(typed)) and hour < 24
    offset = timezone(ZONES[zone["zone"].upper()]) if zone else None
    return Clock(read, offset, whole, clear or named or bool(part) or bool(zone), part)


def _stripped(body: str) -> tuple[str, str, bool]:
    """The core, the part of the day, and whether it was named as a time ("jam ...")."""
    part, named = "", False
    while True:
        if before := _BEFORE.match(body):
            named = named or bool(re.match(r"j|p[uk]", before[0]))
            body = body[before.end() :]
        elif not part and (found := _PART.match(body) or _PART_FIRST.match(body)):
            part, body = found["part"].replace(".", ""), found["rest"].strip()
        elif after := _AFTER.search(body):
            body = body[: after.start()]
        else:
            return body.strip(), part, named


def _in_figures(core: str) -> str:
    """ "tujuh lewat dua puluh" becomes "7 lewat 20"."""
    for written, figure in _FRACTIONS:
        core = core.replace(written, figure)
    pieces = (piece.strip() for piece in _BETWEEN.split(core))
    return " ".join(_figured(piece) for piece in pieces if piece)


def _figured(piece: str) -> str:
    counted = number_in_words(piece)
    return piece if counted is None else str(counted)


def _hour_and_minute(core: str) -> tuple[int, int, int, bool, bool] | None:
    """Hour, minute, second, whether it is clearly a time, and whether its hour has two digits."""
    if found := _CLOCK.fullmatch(core):
        second = int(found["second"] or 0)
        return int(found["hour"]), int(found["minute"]), second, True, len(found["hour"]) == 2
    if found := _HALF_TO.fullmatch(core):
        return _less(int(found["hour"]), 30)
    if found := _PAST.fullmatch(core) or _PAST_EN.fullmatch(core):
        return int(found["hour"]), int(found["minute"]), 0, True, False
    if found := _TO.fullmatch(core) or _TO_EN.fullmatch(core):
        return _less(int(found["hour"]), int(found["minute"]))
    if found := _SPACED.fullmatch(core) or _JOINED.fullmatch(core):
        return int(found["hour"]), int(found["minute"]), 0, False, len(found["hour"]) == 2
    if found := _HOUR.fullmatch(core):
        return int(found["hour"]), 0, 0, False, found["hour"].startswith("0")
    return None


def _less(hour: int, minutes: int) -> tuple[int, int, int, bool, bool] | None:
    """So many minutes before the hour."""
    if not 1 <= hour <= 24 or not 0 < minutes < 60:
        return None
    before = hour - 1 or (12 if hour == 1 else 0)
    return before, 60 - minutes, 0, True, False


def _on_the_day(hour: int, minute: int, second: int, part: str, padded: bool, text: str) -> time | Refused:
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute):
        return Refused("answers.time.impossible", {"typed": quoted(text)})
    if part:
        meant = _within(hour, part)
        if meant is None:
            return Refused("answers.time.impossible", {"typed": quoted(text)})
        return time(meant, minute, second)
    if hour in _EITHER and not padded:
        early, late = f"{hour:02}.{minute:02}", f"{hour + 12}.{minute:02}"
        return Refused("answers.time.which", {"typed": quoted(text), "early": early, "late": late})
    return time(hour % 24, minute, second)


def _within(hour: int, part: str) -> int | None:
    """The hour in that part of the day; 19 "malam" is already said in full."""
    hours = _PARTS[part]
    return hours.get(hour, hour if hour in hours.values() else None)
