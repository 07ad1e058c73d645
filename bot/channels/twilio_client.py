"""The line to Twilio: the twilio library's REST client over one aiohttp session of ours, aimed by setting.

The library asks for https://api.twilio.com/… and https://content.twilio.com/…; the line puts our own
address in front of the path instead. What goes wrong on the way leaves here as SendFailed.
"""

import json
import logging
from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]
from yarl import URL

from bot.channels.base import SendFailed

API_URL = "https://api.twilio.com"
CONTENT_URL = "https://content.twilio.com"
TIMEOUT = ClientTimeout(total=30, sock_connect=5, sock_read=15)
TOO_MANY_REQUESTS = 429


class Line(AsyncHttpClient):  # type: ignore[misc]
    """One shared session; made at the first request, so that it belongs to the loop that runs."""

    def __init__(self, api_url: str, content_url: str = "") -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self._api_url = api_url.rstrip("/")
        self._content_url = (content_url or content_url_beside(api_url)).rstrip("/")
        self._session: ClientSession | None = None

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        sent_as = dict(headers or {})
        if auth:
            sent_as["Authorization"] = basic(*auth)
        try:
            async with self._open().request(
                method,
                self._aim(uri, params),
                data=_body(data, sent_as.get("Content-Type", "")),
                headers=sent_as,
                allow_redirects=False,
            ) as answer:
                words = await answer.text(errors="replace")
        except (ClientConnectorError, ConnectionTimeoutError) as trouble:
            raise SendFailed("twilio unreachable", "later") from trouble
        except (ClientError, TimeoutError) as trouble:
            raise SendFailed("twilio did not answer", "unknown") from trouble
        if answer.status == TOO_MANY_REQUESTS:
            raise SendFailed("too fast", "later", _seconds(answer.headers.get("Retry-After", "")))
        return Response(answer.status, words, answer.headers)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=TIMEOUT)
        return self._session

    def _aim(self, uri: str, params: Mapping[str, object] | None) -> URL:
        asked = URL(uri)
        base = self._content_url if (asked.host or "").startswith("content.") else self._api_url
        query = {name: str(value) for name, value in (params or {}).items() if value is not None}
        return URL(f"{base}{asked.raw_path_qs}", encoded=True).update_query(query)


def client(account_sid: str, auth_token: str, line: Line) -> Client:
    return Client(account_sid, auth_token, http_client=line)


def basic(account_sid: str, auth_token: str) -> str:
    return "Basic " + b64encode(f"{account_sid}:{auth_token}".encode()).decode()


def content_url_beside(api_url: str) -> str:
    """The Content API has a host of its own at Twilio; a stand-in serves both on one."""
    host = URL(api_url).host or ""
    return CONTENT_URL if host.endswith(".twilio.com") else api_url


def _body(data: Mapping[str, object] | None, content_type: str) -> bytes | None:
    # The library's own asynchronous client forgets that the Content API speaks JSON.
    if data is None:
        return None
    if content_type == "application/json":
        return json.dumps(data).encode()
    return urlencode(data, doseq=True).encode()


def _seconds(named: str) -> float:
    try:
        return max(0.0, min(float(named), 3600.0))
    except ValueError:
        return 0.0
