"""What a form of ours sent: only from a page of ours, and with the mark of the visit that it was shown to.

A browser says where a form stood (Sec-Fetch-Site, Origin); one that says neither is not let in.
"""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import Request

from desk.pages.room import COOKIE, Room, the_room
from desk.refused import Refused

Sent = Mapping[str, str]
FIELDS, LONGEST = 40, 20_000
MARK = "csrf"


def mark_of(token: str) -> str:
    """What each form of a visit carries; it does not tell the token."""
    return hmac.new(token.encode(), b"desk form", hashlib.sha256).hexdigest()


async def read_sent(request: Request) -> Sent:
    """The fields of a form without a visit: the origin alone is looked at."""
    if not is_from_here(request, the_room(request)):
        raise Refused(403, "elsewhere_sent")
    fields: dict[str, str] = {}
    async with request.form(max_files=0, max_fields=FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields[name] = value[:LONGEST].replace("\x00", "").replace("\r\n", "\n")
    return fields


async def read_marked(request: Request) -> Sent:
    """The fields of a form that was shown to this very visit."""
    sent = await read_sent(request)
    if not is_marked(request, sent):
        raise Refused(403, "elsewhere_sent")
    return sent


def is_marked(request: Request, sent: Sent) -> bool:
    wanted = mark_of(request.cookies.get(COOKIE, ""))
    return hmac.compare_digest(sent.get(MARK, "").encode(), wanted.encode())


def is_from_here(request: Request, room: Room) -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    if site not in (None, "same-origin"):
        return False
    return origin is None or urlsplit(origin).netloc in _hosts(request, room)


def _hosts(request: Request, room: Room) -> set[str]:
    named = {request.headers.get("Host", ""), urlsplit(room.address).netloc}
    return {host for host in named if host}
