"""How a digest's figures are written: 1.204, 87 %, +18 %; every rendering writes them alike.

percent_of(Tally(expected=237, filed=166, nihil=40, silent=31)) → 87
change_shown(1204, 1020, "id") → "+18 %"
"""

from babel.numbers import format_decimal

from core.digests.digest import Tally
from core.speech.texts import texts

UNKNOWN = "–"
MANIFOLD = 10
"""From so many times as much on, it is said how many times."""


def count_shown(number: int, language: str) -> str:
    return str(format_decimal(number, locale=texts(language).language))


def percent_of(tally: Tally) -> int | None:
    """Whole percents of what was expected; 100 only when nothing is missing, 0 only when all is."""
    if not tally.expected:
        return None
    if tally.told >= tally.expected:
        return 100
    if tally.told <= 0:
        return 0
    return min(99, max(1, _rounded(100 * tally.told, tally.expected)))


def percent_shown(percent: int | None, language: str) -> str:
    if percent is None:
        return UNKNOWN
    return texts(language).say("digests.percent", number=count_shown(percent, language))


def change_shown(now: int, before: int, language: str) -> str:
    """Since last week: +18 %, −3 %, the same, so many times as much; "new" where there was nothing."""
    say = texts(language).say
    if not before:
        return say("digests.change.new") if now else say("digests.change.same")
    if now >= MANIFOLD * before:
        return say("digests.change.times", number=count_shown(_rounded(now, before), language))
    percent = _rounded(100 * abs(now - before), before)
    if not percent:
        return say("digests.change.same")
    sign = "+" if now > before else "−"
    return sign + percent_shown(percent, language)


def _rounded(number: int, by: int) -> int:
    """Half up, in whole numbers: the same on every machine."""
    return (2 * number + by) // (2 * by)
