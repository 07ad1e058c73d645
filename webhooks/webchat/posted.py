"""What the page posts, read and written: JSON from a browser that anybody may hold.

{"id": "4f1c…", "text": "jam 7 lewat 20"}
{"id": "9b0e…", "choice": "a:K7Q2M:ya:0", "label": "Ya"}
{"id": "77d2…", "text": "C.HASIL", "media": ["5f0c…"]}
{"id": "08aa…", "location": {"latitude": -0.5, "longitude": 117.1, "accuracy": 12}}
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import NoReturn

from core.model.messages import Address, Attachment, Incoming, Location
from webhooks.intake import UNFIT, clean

TEXT_LIMIT = 10_000
KEY_LIMIT = 64
LABEL_LIMIT = 400
MOST_MEDIA = 20
ID = re.compile(r"[A-Za-z0-9-]{1,40}")
MEDIA_ID = re.compile(r"[0-9a-z]{8,40}")
OWN = 16
"""Letters of the visitor's hash before each id: what one visitor names never meets what another names."""

Json = Mapping[str, object]


class Refused(Exception):
    """It cannot be taken; the sentence behind the key says why and what would work."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Posted:
    """One message as the page sent it."""

    id: str
    text: str
    choice: str
    label: str
    """What stood on the tapped choice; only for showing it again."""
    media: tuple[str, ...]
    location: Location | None
    hidden: bool
    """The page's own greeting, which nobody typed."""


def read(body: bytes) -> Posted:
    """Refused when it is no message, too long, or empty."""
    message = _object(_parsed(body))
    posted = Posted(
        id=_matching(ID, message.get("id")),
        text=_text(message, "text"),
        choice=_text(message, "choice"),
        label=_text(message, "label")[:LABEL_LIMIT],
        media=_media(message.get("media")),
        location=_location(message.get("location")),
        hidden=message.get("hidden") is True,
    )
    if len(posted.text) > TEXT_LIMIT:
        raise Refused("webchat.refused.long", most=TEXT_LIMIT)
    if len(posted.choice.encode()) > KEY_LIMIT:
        _refuse()
    if not (posted.text.strip() or posted.choice or posted.media or posted.location):
        raise Refused("webchat.refused.empty")
    return posted


def as_incoming(
    posted: Posted, address: Address, attachments: tuple[Attachment, ...], now: datetime
) -> Incoming:
    """The visitor's clock is not asked: one-time codes are judged by the time of sending."""
    return Incoming(
        id=f"{address.peer[:OWN]}-{posted.id}",
        address=address,
        sent_at=now,
        text=posted.text,
        choice=posted.choice,
        attachments=attachments,
        location=posted.location,
    )


def write(posted: Posted, attachments: tuple[Attachment, ...]) -> bytes:
    """The message as it is kept, and shown again when the page is loaded anew."""
    pin = posted.location
    kept = {
        "id": posted.id,
        "text": posted.text,
        "choice": posted.choice,
        "label": posted.label,
        "media": [{"id": one.media, "kind": one.kind, "name": one.name} for one in attachments],
        "location": [pin.latitude, pin.longitude, pin.accuracy] if pin else None,
        "hidden": posted.hidden,
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _parsed(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        _refuse()


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else _refuse()


def _text(message: Json, name: str) -> str:
    value = message.get(name, "")
    if not isinstance(value, str) or UNFIT.search(value):
        _refuse()
    return clean(value)


def _media(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MOST_MEDIA:
        _refuse()
    return tuple(dict.fromkeys(_matching(MEDIA_ID, one) for one in value))


def _location(value: object) -> Location | None:
    if value is None:
        return None
    pin = _object(value)
    accuracy = pin.get("accuracy", 0)
    return Location(
        _number(pin.get("latitude"), -90, 90),
        _number(pin.get("longitude"), -180, 180),
        _number(accuracy, 0, 10_000_000),
    )


def _number(value: object, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse()
    number = float(value) if abs(value) <= most else float("inf")
    return number if isfinite(number) and least <= number else _refuse()


def _matching(pattern: re.Pattern[str], value: object) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else _refuse()


def _refuse() -> NoReturn:
    raise Refused("webchat.refused.unread")
