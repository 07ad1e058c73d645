"""The second step of signing in: six digits that change every half minute (RFC 6238, SHA-1).

matching_step(secret, "287082", now)  ->  the step it is of, or None
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

SECONDS, DIGITS, LEEWAY = 30, 6, 1
"""A clock that is half a minute off is let in."""
SECRET = 20


def draw_secret() -> bytes:
    return secrets.token_bytes(SECRET)


def written(secret: bytes) -> str:
    """As it is typed into an app, in groups of four: JBSW Y3DP …"""
    letters = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address(secret: bytes, email: str, issuer: str) -> str:
    """What an app reads from a QR code (the key URI format of Google Authenticator)."""
    label = quote(f"{issuer}:{email}", safe="@")
    told = {"secret": written(secret).replace(" ", ""), "issuer": issuer, "digits": DIGITS, "period": SECONDS}
    return f"otpauth://totp/{label}?{urlencode(told, quote_via=quote)}"


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // SECONDS


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    mac = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = mac[-1] & 0x0F
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def matching_step(secret: bytes, shown: str, now: datetime) -> int | None:
    """Of which step that code is, the newest first; None when it is of none near now."""
    digits = "".join(shown.split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) == DIGITS):
        return None
    around = range(step_of(now) + LEEWAY, step_of(now) - LEEWAY - 1, -1)
    return next((step for step in around if hmac.compare_digest(code(secret, step), digits)), None)
