"""Where another system may be told: an https address on the open Internet, with no password in it."""

from urllib.parse import urlsplit

from core.model.internet import is_literal, is_loopback, is_public

LONGEST = 500


class NoHookAddress(ValueError):
    """Nobody can be told there; `why` is "https", "user", "private" or "address"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def checked(written: str, *, is_local: bool = False) -> str:
    """The address, if it may be one; `is_local`: on this machine, without https, is good, too.

    Where a name leads is looked at when it is told: it may lead elsewhere by then.
    """
    address = written.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise NoHookAddress("address") from None
    if not host or len(address) > LONGEST or not address.isascii() or not address.isprintable():
        raise NoHookAddress("address")
    if " " in address or "\\" in address:
        raise NoHookAddress("address")
    if parts.username is not None or parts.password is not None:
        raise NoHookAddress("user")
    if is_local and is_loopback(host) and parts.scheme in ("http", "https"):
        return address
    if parts.scheme != "https":
        raise NoHookAddress("https")
    if host == "localhost" or (is_literal(host) and not is_public(host)):
        raise NoHookAddress("private")
    return address


def is_at_home(public_url: str) -> bool:
    """Is this LaporDesk on somebody's own machine, to be tried out or worked on?"""
    return not public_url.startswith("https://")
