"""Who is in front of the page: a random token in a cookie, of which we keep only the hash.

Set-Cookie: lapordesk_chat=<43 letters>; HttpOnly; SameSite=Lax; Path=/chat      peer = sha256(token)
"""

import hashlib
import re
import secrets
from urllib.parse import urlsplit

from fastapi import Request, Response

from bot.channels.webchat import ACCOUNT
from core.model.messages import Address, Channel

COOKIE = "lapordesk_chat"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""32 bytes of chance."""
DAYS = 180


def visitor(request: Request) -> Address | None:
    """The visitor's address; None for a browser that was not given a cookie, or lost it."""
    token = request.cookies.get(COOKIE, "")
    return _address(token) if TOKEN.fullmatch(token) else None


def welcome(request: Request, response: Response, *, secure: bool) -> Address:
    """Give the browser its cookie, or make the one it has last longer."""
    token = request.cookies.get(COOKIE, "")
    if not TOKEN.fullmatch(token):
        token = secrets.token_urlsafe(32)
    response.set_cookie(
        COOKIE, token, max_age=DAYS * 86_400, path="/chat", secure=secure, httponly=True, samesite="lax"
    )
    return _address(token)


def is_foreign(request: Request) -> bool:
    """Did another site's page send this? A browser tells; what tells nothing is no browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("Host", "")


def _address(token: str) -> Address:
    return Address(Channel.WEBCHAT, ACCOUNT, hashlib.sha256(token.encode()).hexdigest())
