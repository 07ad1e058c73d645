"""How posts and moments are called in what we say.

PTPS 012 Sidodadi, Samarinda Ulu        Selasa 26 Nov, 20.00 WITA
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.model.people import Role
from core.speech.texts import Texts

TPS = "TPS "


def seat_name(role: Role, place: Sequence[str], speak: Texts) -> str:
    """The post with its village, for a post above that with what lies above it."""
    title = speak.say(f"dialogue.role.{role.value}")
    is_tps = bool(place) and place[0].startswith(TPS)
    first = place[0].removeprefix(TPS) if place else ""
    village = f" {place[1]}" if is_tps and len(place) > 1 else ""
    above = place[2:3] if is_tps else place[1:2]
    return ", ".join([f"{title} {first}".strip() + village, *above])


def moment_name(at: datetime, zone: str, speak: Texts) -> str:
    """By its weekday: "today" would be wrong in a message that is read tomorrow."""
    return _moment_name(at, zone, speak.language)


@lru_cache(maxsize=1024)
def _moment_name(at: datetime, zone: str, language: str) -> str:
    """Kept: at one hour hundreds of thousands are told of the same moment."""
    local = at.astimezone(ZoneInfo(zone))
    day = format_date(local.date(), "EEEE d MMM", locale=language)
    return f"{day}, {local:%H.%M} {local.tzname()}"
