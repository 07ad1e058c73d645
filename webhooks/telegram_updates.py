"""An update of Telegram's, read into an Incoming (https://core.telegram.org/bots/api#update).

It is read as it comes, not through python-telegram-bot: that is kind to what Telegram never sends (a text
for an update_id) and raises all sorts at what is missing. Here there are three ends: an Incoming, None for
what is none of our business (groups, channels, kinds we do not know), and Unreadable.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import NoReturn, TypeGuard

from core.model.messages import (
    EDITED,
    Address,
    Attachment,
    Channel,
    Contact,
    Incoming,
    Location,
    MediaKind,
)
from webhooks.intake import Unreadable, clean

Json = Mapping[str, object]

START = re.compile(r"/start(?:@\w+)? +([A-Za-z0-9_-]{1,64})")
"""https://core.telegram.org/bots/features#deep-linking"""
MEDIA: tuple[tuple[str, MediaKind], ...] = (
    ("voice", "audio"),
    ("audio", "audio"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("document", "file"),
)
"""In this order, and the first that is there: an animation is sent as a document too."""
LARGEST_ID = 2**63 - 1
LONGEST_NAME = 100


def parse(raw: bytes) -> Json:
    """The body as strict JSON (no NaN); Unreadable for anything else."""
    try:
        update = _STRICT.decode(raw.decode())
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    return _object(update, "update")


def update_id(update: Json) -> int:
    number = update.get("update_id")
    if not _is_int(number) or not 0 <= number <= LARGEST_ID:
        raise Unreadable("update_id")
    return number


def translate(update: Json, account: str, now: datetime) -> Incoming | None:
    """What the person did. `now` is the time of a tap, for which Telegram tells none."""
    number = str(update_id(update))
    if "callback_query" in update:
        return _tap(_object(update["callback_query"], "callback_query"), number, account, now)
    if "message" in update:
        return _message(_object(update["message"], "message"), number, account)
    if "edited_message" in update:
        return _edit(_object(update["edited_message"], "edited_message"), number, account)
    return None


def tap_id(update: Json) -> str:
    """What the platform wants acknowledged; empty when it was no tap."""
    tapped = update.get("callback_query")
    tap = tapped.get("id") if isinstance(tapped, Mapping) else None
    return tap if isinstance(tap, str) else ""


def chat_of(update: Json) -> str:
    """Whose turn it is, as far as can be told: what comes from one chat must be heard in its order."""
    for kind in ("message", "edited_message", "callback_query"):
        if isinstance(happened := update.get(kind), Mapping):
            who = happened.get("chat") or happened.get("from")
            return str(who.get("id")) if isinstance(who, Mapping) else ""
    return ""


def _message(message: Json, number: str, account: str) -> Incoming | None:
    address = _private(message, account)
    if address is None:
        return None
    text = _text(message, "text") or _text(message, "caption")
    start = START.fullmatch(text)
    return Incoming(
        id=number,
        address=address,
        sent_at=_date(message),
        text=text,
        attachments=_attachments(message),
        location=_location(message),
        contact=_contact(message),
        start=start[1] if start else "",
        album=_text(message, "media_group_id"),
        sender=_sender(message),
    )


def _tap(tapped: Json, number: str, account: str, now: datetime) -> Incoming | None:
    """A private chat has its person's id, so a tap under a message too old to be shown still counts."""
    sender = _object(tapped.get("from"), "callback_query.from")
    under = tapped.get("message")
    if isinstance(under, Mapping) and _private(under, account) is None:
        return None
    key = _text(tapped, "data")
    if not key:
        return None
    address = Address(Channel.TELEGRAM, account, str(_id(sender, "callback_query.from.id")))
    return Incoming(id=number, address=address, sent_at=now, choice=key, sender=_sender(tapped))


def _edit(message: Json, number: str, account: str) -> Incoming | None:
    """An edited text is told; the rest (a live location moves every few seconds) is not."""
    address = _private(message, account)
    if address is None or not _text(message, "text"):
        return None
    return Incoming(
        id=number, address=address, sent_at=_date(message), choice=EDITED, sender=_sender(message)
    )


def _private(message: Json, account: str) -> Address | None:
    """Whom to answer; None in groups and channels, where nothing is taken down."""
    chat = _object(message.get("chat"), "chat")
    if chat.get("type") != "private":
        return None
    return Address(Channel.TELEGRAM, account, str(_id(chat, "chat.id")))


def _date(message: Json) -> datetime:
    seconds = message.get("date")
    if not _is_int(seconds):
        raise Unreadable("date")
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        raise Unreadable("date") from None


def _attachments(message: Json) -> tuple[Attachment, ...]:
    if photo := message.get("photo"):
        return (_largest(photo),)
    for name, kind in MEDIA:
        if name in message:
            return (_attachment(_object(message[name], name), kind),)
    return ()


def _largest(sizes: object) -> Attachment:
    """A photo comes in several sizes of the same picture."""
    if not isinstance(sizes, list) or not all(isinstance(size, Mapping) for size in sizes):
        raise Unreadable("photo")
    best = max(sizes, key=lambda size: (_number(size, "width") or 0) * (_number(size, "height") or 0))
    return _attachment({"mime_type": "image/jpeg", **best}, "image")


def _attachment(media: Json, kind: MediaKind) -> Attachment:
    content_type = _text(media, "mime_type")
    return Attachment(
        kind=_kind(content_type) if kind == "file" else kind,
        ref=_text(media, "file_id") or _missing("file_id"),
        name=_text(media, "file_name"),
        content_type=content_type,
        size=_number(media, "file_size"),
    )


def _kind(content_type: str) -> MediaKind:
    """A picture that was sent as a file, to spare its quality, is still a picture."""
    match content_type.partition("/")[0]:
        case "image":
            return "image"
        case "audio":
            return "audio"
        case "video":
            return "video"
    return "file"


def _location(message: Json) -> Location | None:
    if "location" not in message:
        return None
    pin = _object(message["location"], "location")
    latitude, longitude = _degrees(pin, "latitude", 90), _degrees(pin, "longitude", 180)
    accuracy = pin.get("horizontal_accuracy")
    return Location(latitude, longitude, float(accuracy) if _is_real(accuracy) else 0.0)


def _contact(message: Json) -> Contact | None:
    """Own only if the contact's user is the sender: anybody can forward anybody's card."""
    if "contact" not in message:
        return None
    card = _object(message["contact"], "contact")
    sender = _object(message.get("from"), "from")
    phone = _text(card, "phone_number") or _missing("phone_number")
    own = _is_int(card.get("user_id")) and card["user_id"] == _id(sender, "from.id")
    return Contact(phone, own)


def _sender(message: Json) -> str:
    who = message.get("from")
    if not isinstance(who, Mapping):
        return ""
    names = (who.get("first_name"), who.get("last_name"))
    return clean(" ".join(name for name in names if isinstance(name, str)))[:LONGEST_NAME]


def _object(value: object, place: str) -> Json:
    if not isinstance(value, Mapping):
        raise Unreadable(place)
    return value


def _text(holder: Json, name: str) -> str:
    value = holder.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(name)
    return clean(value)


def _number(holder: Json, name: str) -> int | None:
    value = holder.get(name)
    return value if _is_int(value) and 0 <= value <= LARGEST_ID else None


def _id(holder: Json, place: str) -> int:
    value = holder.get("id")
    if not _is_int(value) or abs(value) > LARGEST_ID:
        raise Unreadable(place)
    return value


def _degrees(pin: Json, name: str, most: int) -> float:
    value = pin.get(name)
    if not _is_real(value) or abs(value) > most:
        raise Unreadable(name)
    return float(value)


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_real(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _missing(name: str) -> NoReturn:
    raise Unreadable(name)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_STRICT = json.JSONDecoder(parse_constant=_refuse_constant)
