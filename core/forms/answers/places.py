"""A point on the map: a shared pin, typed degrees, or a map link."""

import math
import re

from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.spelling import plain
from core.forms.form import Question
from core.model.messages import Incoming

LONGEST = 1_000

_NUMBER = r"-?\d{1,3}(?:[.,]\d{1,15})?"
_PAIR = re.compile(
    rf"(?P<one>{_NUMBER})\s*°?\s*(?P<at_one>ls|lu|bt|[nsew])?(?:\s*[,;/]\s*|\s+)"
    rf"(?P<two>{_NUMBER})\s*°?\s*(?P<at_two>ls|lu|bt|[nsew])?"
)
_SIXTIETHS = re.compile(
    r"(?P<deg>\d{1,3})\s*°\s*(?P<min>\d{1,2})\s*['′`]\s*(?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|''|″|′′)\s*)?"
    r"(?P<at>ls|lu|bt|[nsew])"
)
_IN_LINK = re.compile(r"(?:!3d|[@=/:]|%2c|ll=|q=)(-?\d{1,2}\.\d+)(?:,|%2c|!4d|\+|, )(-?\d{1,3}\.\d+)")
_SHORT_LINK = re.compile(r"(?:goo\.gl|maps\.app|waze\.com|g\.co/|bit\.ly)")
_LEADING = re.compile(r"^(?:lokasi|koordinat|titik|gps|posisi|lat(?:itude)?)\s*[:=]?\s*")


def read_point(question: Question, incoming: Incoming, context: Reading) -> Answer:
    pin = incoming.location
    if pin:
        return _point(pin.latitude, pin.longitude, pin.accuracy, incoming.text, interpreted=False)
    typed = plain(incoming.text)
    degrees = _degrees(typed) if len(typed) <= LONGEST else None
    if degrees:
        return _point(*degrees, 0.0, incoming.text, interpreted=True)
    if _SHORT_LINK.search(typed):
        return Refused("answers.geopoint.link")
    return Refused("answers.geopoint.unread", {"typed": quoted(incoming.text)})


def _point(latitude: float, longitude: float, accuracy: float, typed: str, interpreted: bool) -> Answer:
    if abs(latitude) > 90 and abs(longitude) <= 90:
        latitude, longitude = longitude, latitude
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return Refused("answers.geopoint.outside", {"typed": quoted(typed)})
    written = " ".join(_degree(part) for part in (latitude, longitude))
    reach = _degree(accuracy) if math.isfinite(accuracy) and accuracy > 0 else "0"
    return Understood(f"{written} 0 {reach}", interpreted, f"{latitude:.5f}, {longitude:.5f}")


def _degree(part: float) -> str:
    """A tenth of a metre is fine enough."""
    short = f"{part:.7f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


def _degrees(typed: str) -> tuple[float, float] | None:
    link = _IN_LINK.search(typed)
    if link and ("/" in typed or "geo:" in typed):
        return float(link[1]), float(link[2])
    sixtieths = list(_SIXTIETHS.finditer(typed))
    if len(sixtieths) == 2:
        return _placed(*((_from_sixtieths(part), part["at"]) for part in sixtieths))
    pair = _PAIR.fullmatch(_LEADING.sub("", typed).replace(" long", " ").replace("lon:", "").strip(" .()"))
    if not pair:
        return None
    return _placed(
        (_decimal(pair["one"]), pair["at_one"] or ""), (_decimal(pair["two"]), pair["at_two"] or "")
    )


def _decimal(written: str) -> float:
    return float(written.replace(",", "."))


def _from_sixtieths(part: re.Match[str]) -> float:
    return int(part["deg"]) + int(part["min"]) / 60 + _decimal(part["sec"] or "0") / 3600


def _placed(one: tuple[float, str], two: tuple[float, str]) -> tuple[float, float]:
    """South (LS) and west are negative; east (BT) written first is put second."""
    first, second = (-abs(degree) if at in ("ls", "s", "w") else degree for degree, at in (one, two))
    return (second, first) if one[1] in ("bt", "e", "w") else (first, second)
