"""Whence a request comes: only to tell one caller's wrong tries from another's, and kept nowhere."""

import hashlib
import hmac
import ipaddress
from collections import OrderedDict

from fastapi import Request

REMEMBERED = 20_000


def caller(request: Request) -> str:
    """The caller's network address; behind a proxy on this machine the one that the proxy saw."""
    peer = request.client.host if request.client else ""
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if passed_on and _is_here(peer) and _is_address(passed_on):
        return _network(passed_on)
    return _network(peer)


def hidden(seen: str, key: bytes) -> str:
    """What the database may know of a caller: not where they are, only that it is the same one."""
    return hmac.new(key, b"caller\x1f" + seen.encode(), hashlib.sha256).hexdigest()[:24]


class Failures:
    """Counts each caller's failures; too many in a while, and they have to wait until it is over."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait(self, who: str, now: float) -> int:
        """Seconds until they may try again; 0: now."""
        since, count = self._seen.get(who, (now, 0))
        left = since + self._seconds - now
        return max(1, round(left)) if count >= self._most and left > 0 else 0

    def note(self, who: str, now: float) -> None:
        since, count = self._seen.pop(who, (now, 0))
        is_over = now - since >= self._seconds
        self._seen[who] = (now, 1) if is_over else (since, count + 1)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


def _is_here(peer: str) -> bool:
    return _is_address(peer) and ipaddress.ip_address(peer).is_loopback


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _network(seen: str) -> str:
    """One household has a whole /64 of IPv6 addresses to try from."""
    if not _is_address(seen) or ipaddress.ip_address(seen).version == 4:
        return seen
    return str(ipaddress.ip_network(f"{seen.partition('%')[0]}/64", strict=False))
