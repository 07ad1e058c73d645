"""Pictures and files that people sent through Twilio: fetched from the account's own address, then deleted.

Twilio answers with a redirect to its store. Our credentials stay behind, and no hop may lead to a private
address (https://www.twilio.com/docs/messaging/api/media-resource).
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector
from yarl import URL

from bot.channels.base import FetchFailed
from bot.channels.twilio_client import basic
from bot.resolving import PublicResolver
from core.model.internet import is_literal, is_loopback, is_public

TIMEOUT = ClientTimeout(total=300, sock_connect=5, sock_read=15)
PIECE = 64 * 1024
HOPS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
GONE = 410
FOUND = 200
PASSING = frozenset({401, 403, 404, 408, 425, 429})
"""404 too: the webhook may come before the media is there."""


class TwilioMedia:
    def __init__(self, account_sid: str, auth_token: str, api_url: str) -> None:
        own = f"{api_url.rstrip('/')}/2010-04-01/Accounts/{account_sid}/Messages/"
        self._own = re.compile(re.escape(own) + r"(SM|MM)[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32}")
        self._credentials = {"Authorization": basic(account_sid, auth_token)}
        self._trusting = is_loopback(URL(api_url).host or "")
        self._session: ClientSession | None = None
        self._elsewhere: ClientSession | None = None

    async def fetch(self, ref: str, limit: int) -> AsyncIterator[bytes]:
        try:
            async with self._follow(self._checked(ref)) as answer:
                _check(answer, limit)
                taken = 0
                async for piece in answer.content.iter_chunked(PIECE):
                    taken += len(piece)
                    if taken > limit:
                        raise FetchFailed("too large", again=False)
                    yield piece
        except (ClientError, TimeoutError, OSError) as trouble:
            raise FetchFailed(f"not fetched: {type(trouble).__name__}", again=True) from trouble

    async def discard(self, ref: str) -> None:
        """Delete it at Twilio, which keeps media until told otherwise; already gone is as good."""
        url = self._checked(ref)
        try:
            async with self._at_twilio().delete(
                url, headers=self._credentials, allow_redirects=False
            ) as answer:
                status = answer.status
        except (ClientError, TimeoutError, OSError) as trouble:
            raise FetchFailed(f"not deleted: {type(trouble).__name__}", again=True) from trouble
        if status not in {200, 202, 204, 404, GONE}:
            raise FetchFailed(f"not deleted: {status}", again=status in PASSING or status >= 500)

    async def close(self) -> None:
        for session in (self._session, self._elsewhere):
            if session is not None:
                await session.close()
        self._session = self._elsewhere = None

    def _checked(self, ref: str) -> URL:
        if not self._own.fullmatch(ref):
            raise FetchFailed("not an address of this account", again=False)
        return URL(ref)

    @asynccontextmanager
    async def _follow(self, url: URL) -> AsyncIterator[ClientResponse]:
        session = self._at_twilio()
        headers = self._credentials
        for _ in range(HOPS + 1):
            async with session.get(url, headers=headers, allow_redirects=False) as answer:
                if answer.status not in REDIRECTS:
                    yield answer
                    return
                url = self._next(url, answer.headers.get("Location", ""))
            session, headers = self._at_store(), {}
        raise FetchFailed("redirected too often", again=False)

    def _next(self, url: URL, location: str) -> URL:
        try:
            hop = url.join(URL(location)).with_user(None)
            host = hop.host or ""
        except ValueError as trouble:
            raise FetchFailed("redirected nowhere", again=False) from trouble
        if not self._trusting and (hop.scheme != "https" or (is_literal(host) and not is_public(host))):
            raise FetchFailed("redirected to an address that is not public", again=False)
        return hop

    def _at_twilio(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=TIMEOUT, auto_decompress=False)
        return self._session

    def _at_store(self) -> ClientSession:
        # A session of its own: its resolver refuses private addresses, and it never knew the credentials.
        if self._elsewhere is None:
            resolver = None if self._trusting else PublicResolver()
            connector = TCPConnector(resolver=resolver)
            self._elsewhere = ClientSession(timeout=TIMEOUT, connector=connector, auto_decompress=False)
        return self._elsewhere


def _check(answer: ClientResponse, limit: int) -> None:
    if answer.status != FOUND:
        again = answer.status in PASSING or answer.status >= 500
        raise FetchFailed(f"answered {answer.status}", again=again)
    if (answer.content_length or 0) > limit:
        raise FetchFailed("too large", again=False)
