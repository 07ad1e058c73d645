"""A day and a time in one message, in either order: "27/11/24 jam 7 pagi", "tadi malam jam 8"."""

import re
from datetime import date, datetime, time, timedelta

from core.forms.answers.dates import Day, day
from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.showing import date_shown, moment_shown
from core.forms.answers.spelling import plain
from core.forms.answers.times import Clock, ago, clock
from core.forms.form import Question
from core.model.messages import Incoming

MOST_WORDS = 14

_ISO = re.compile(r"\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:\d\d)?")
_PART = re.compile(r"(?<![a-z])(?:pagi|siang|sore|malam|mlm|subuh|semalam|last night)(?![a-z])")
_LAST_NIGHT = re.compile(r"semalam|(?:tadi|td) (?:malam|mlm)|(?:malam|mlm) (?:tadi|td)|last night")


def read_moment(question: Question, incoming: Incoming, context: Reading) -> Answer:
    typed = plain(incoming.text)
    exact = _counted(typed, context) or _iso(typed, context)
    if exact:
        return exact
    whole = day(typed, context.now, context.language)
    if isinstance(whole, Day):
        return Refused("answers.moment.time", {"date": date_shown(whole.date, context.language)})
    read = _together(typed, context) or whole or _only_time(typed, context)
    return read or Refused("answers.moment.unread", {"typed": quoted(incoming.text)})


def moment_lexical(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _understood(moment: datetime, context: Reading, interpreted: bool = True) -> Understood:
    return Understood(moment_lexical(moment), interpreted, moment_shown(moment, context.language))


def _counted(typed: str, context: Reading) -> Understood | None:
    """ "sekarang", "2 jam lalu"."""
    if len(typed) > 60:
        return None
    found = ago(typed, context.now)
    return _understood(found.replace(tzinfo=context.zone), context) if found else None


def _iso(typed: str, context: Reading) -> Understood | None:
    if not _ISO.fullmatch(typed):
        return None
    try:
        found = datetime.fromisoformat(typed.upper())
    except ValueError:
        return None
    return _understood(found if found.tzinfo else found.replace(tzinfo=context.zone), context, False)


def _together(typed: str, context: Reading) -> Answer | None:
    """Every way of cutting the message in two, until one half is a day and the other a time."""
    found = typed.replace(",", " , ").split()
    if len(found) > MOST_WORDS:
        return None
    refused: Refused | None = None
    for cut in range(len(found) - 1, 0, -1):
        halves = _joined(found[:cut]), _joined(found[cut:])
        for dated, timed in (halves, halves[::-1]):
            read = _both(dated, timed, context)
            if isinstance(read, Understood):
                return read
            refused = refused or read
    return refused


def _joined(found: list[str]) -> str:
    return " ".join(found).strip(" ,;@|/-")


def _both(dated: str, timed: str, context: Reading) -> Answer | None:
    on = day(dated, context.now, context.language)
    if on is None:
        return None
    at = clock(_with_part(timed, dated), context.now)
    if at is None:
        return None
    if isinstance(on, Refused):
        return on
    if isinstance(at, Refused):
        return at
    return _moment(_after_midnight(on.date, at, dated, context), at, on.plain and at.plain, context)


def _with_part(timed: str, dated: str) -> str:
    """ "tadi malam jam 8": the night belongs to the 8 as well."""
    part = _PART.search(dated)
    if not part or _PART.search(timed):
        return timed
    return f"{timed} {'malam' if part[0] in ('semalam', 'last night') else part[0]}"


def _after_midnight(on: date, at: Clock, dated: str, context: Reading) -> date:
    """ "tadi malam jam 1" was today, though "tadi malam" began yesterday."""
    crossed = _LAST_NIGHT.fullmatch(dated) and at.time < time(5) and on < context.now.date()
    return on + timedelta(days=1) if crossed else on


def _moment(on: date, at: Clock, is_plain: bool, context: Reading) -> Understood:
    return _understood(datetime.combine(on, at.time, at.zone or context.zone), context, not is_plain)


def _only_time(typed: str, context: Reading) -> Answer | None:
    """Clearly a time and nothing else: today's."""
    at = clock(typed, context.now)
    if isinstance(at, Clock) and at.clear:
        return _moment(context.now.date(), at, False, context)
    return at if isinstance(at, Refused) else None
