"""One try to tell another system: a signed POST, with no redirect followed and no private address reached.

A name is looked up for each connection, and the connection goes to an address that was looked at: it does not
help to let a name lead elsewhere after it was checked.
"""

from types import TracebackType

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.resolving import OnlyPrivate, PublicResolver
from core.hooks.trying import Answer
from core.model.internet import is_loopback
from storage.hook_addresses import NoHookAddress, checked

TIMEOUT = ClientTimeout(total=10, sock_connect=5)
LONGEST = 200
WHO = {"Content-Type": "application/json", "User-Agent": "LaporDesk", "Accept-Encoding": "identity"}


class HookSender:
    """To be entered once on the event loop that it serves."""

    def __init__(
        self,
        *,
        is_local: bool = False,
        resolver: AbstractResolver | None = None,
        timeout: ClientTimeout = TIMEOUT,
    ) -> None:
        self._is_local = is_local
        self._resolver = resolver
        self._timeout = timeout

    async def __aenter__(self) -> "HookSender":
        guarded = TCPConnector(resolver=PublicResolver(self._resolver), use_dns_cache=False, limit=0)
        self._outside = self._session(guarded)
        self._here = self._session(TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._outside.close()
        await self._here.close()

    async def send(self, address: str, body: str, signed: dict[str, str]) -> Answer:
        """What came back; `Answer(0, why)` where nothing did."""
        try:
            checked(address, is_local=self._is_local)
        except NoHookAddress as refused:
            return Answer(0, refused.why)
        try:
            return await self._post(URL(address, encoded=True), body.encode(), signed)
        except TimeoutError:
            return Answer(0, "timeout")
        except ClientConnectorError as trouble:
            return Answer(0, "private" if isinstance(trouble.os_error, OnlyPrivate) else "connection")
        except (ClientError, OSError, ValueError) as trouble:
            return Answer(0, type(trouble).__name__)

    async def _post(self, url: URL, body: bytes, signed: dict[str, str]) -> Answer:
        session = self._here if is_loopback(url.host or "") else self._outside
        async with session.post(url, data=body, headers=WHO | signed, allow_redirects=False) as came:
            said = "" if came.ok else _plain(await came.content.read(LONGEST))
            return Answer(came.status, said, _seconds(came.headers.get("Retry-After", "")))

    def _session(self, connector: TCPConnector) -> ClientSession:
        return ClientSession(
            connector=connector,
            timeout=self._timeout,
            auto_decompress=False,
            cookie_jar=DummyCookieJar(),
            trust_env=False,
        )


def _plain(said: bytes) -> str:
    """For one line of a page."""
    text = said.decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _seconds(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 7 else 0
