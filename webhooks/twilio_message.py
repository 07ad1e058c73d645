"""What Twilio posts, read: a form becomes an Incoming or a Receipt, or is Unreadable.

    MessageSid=SM1f…&From=whatsapp:+628000000012&To=whatsapp:+628000000900&Body=jam 7 lewat 20&NumMedia=0

The fields: https://www.twilio.com/docs/messaging/guides/webhook-request (new ones come without notice).
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal

from core.model.messages import Address, Attachment, Channel, Incoming, Location, MediaKind, Receipt
from webhooks.intake import Unreadable, clean

SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
PERSON = re.compile(r"\+[1-9][0-9]{6,14}")
OUR_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}")
"""E.164, or an SMS short code."""
WHATSAPP = "whatsapp:"
MOST_MEDIA = 10
MEDIA_KINDS: dict[str, MediaKind] = {"image": "image", "audio": "audio", "video": "video"}
STATUSES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
}


def read_message(form: Mapping[str, str], now: datetime) -> Incoming:
    """Twilio names no time of sending: the time of receiving stands for it."""
    return Incoming(
        id=message_sid(form),
        address=_address(form),
        sent_at=now,
        text=clean(form.get("Body", "")),
        choice=clean(form.get("ButtonPayload") or form.get("ListId") or ""),
        attachments=tuple(_attachments(form)),
        location=_location(form),
        sender=clean(form.get("ProfileName", "")),
    )


def read_receipt(form: Mapping[str, str], now: datetime) -> Receipt | None:
    """None for the steps before "sent", of which nobody needs to know."""
    status = STATUSES.get(form.get("MessageStatus", ""))
    if status is None:
        return None
    channel, our_number = _split(form.get("From", ""))
    _fits(OUR_NUMBER, our_number, "From")
    error = clean(form.get("ErrorCode", ""))
    return Receipt(channel, our_number, message_sid(form), status, now, error if error != "0" else "")


def message_sid(form: Mapping[str, str]) -> str:
    return _fits(SID, form.get("MessageSid", ""), "MessageSid")


def our_side(form: Mapping[str, str]) -> tuple[Channel, str]:
    """Channel and number of ours, as far as they can be made out."""
    return _split(clean(form.get("To", "")))


def _address(form: Mapping[str, str]) -> Address:
    channel, peer = _split(form.get("From", ""))
    ours, account = _split(form.get("To", ""))
    if ours is not channel:
        raise Unreadable("From and To are of two channels")
    return Address(channel, _fits(OUR_NUMBER, account, "To"), _fits(PERSON, peer, "From"))


def _split(address: str) -> tuple[Channel, str]:
    if address.startswith(WHATSAPP):
        return Channel.WHATSAPP, address.removeprefix(WHATSAPP)
    return Channel.SMS, address


def _attachments(form: Mapping[str, str]) -> Iterator[Attachment]:
    number = form.get("NumMedia") or "0"
    if not (number.isascii() and number.isdigit() and len(number) <= 2 and int(number) <= MOST_MEDIA):
        raise Unreadable("NumMedia")
    for index in range(int(number)):
        ref = clean(form.get(f"MediaUrl{index}", ""))
        if not ref:
            raise Unreadable("MediaUrl")
        content_type = clean(form.get(f"MediaContentType{index}", ""))
        yield Attachment(
            kind=MEDIA_KINDS.get(content_type.partition("/")[0], "file"), ref=ref, content_type=content_type
        )


def _location(form: Mapping[str, str]) -> Location | None:
    written = form.get("Latitude", ""), form.get("Longitude", "")
    if written == ("", ""):
        return None
    try:
        latitude, longitude = map(float, written)
    except ValueError:
        raise Unreadable("Latitude and Longitude") from None
    if not (math.isfinite(latitude + longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        raise Unreadable("Latitude and Longitude")
    return Location(latitude, longitude)


def _fits(pattern: re.Pattern[str], written: str, field: str) -> str:
    if not pattern.fullmatch(written):
        raise Unreadable(field)
    return written
