"""A transport for python-telegram-bot over aiohttp; it sends some four times as much as httpx does.

It also tells whether a request that failed had left the house:

    NotSent     no connection: the platform never saw it
    Unanswered  it left, and no whole answer came back: nobody knows what became of it
    Flooded     too fast; python-telegram-bot's own RetryAfter warns of its own deprecation when it is raised
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar, cast

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
UPLOAD_SECONDS = 120.0
CONNECTIONS = 40
CALL_TIMEOUT = aiohttp.ClientTimeout(total=CONNECT_SECONDS + READ_SECONDS, sock_connect=CONNECT_SECONDS)
"""Of a plain call one clock is enough: another for each piece that arrives is a twentieth of its cost."""
UNSAID_WAIT = 1.0
PIECE = 64 * 1024


class NotSent(NetworkError):
    """The request never left: it is safe to send it again."""


class Unanswered(TimedOut):
    """The request left, and no whole answer came back."""


class Flooded(NetworkError):
    """The platform asks to wait (429)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"asked to wait {seconds:g} s")
        self.seconds = seconds


class TooLarge(BadRequest):
    """The platform takes no file of that size (413)."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Parameters that are JSON already, in place of a RequestData; only `do_request` looks into it."""

    json_parameters: Mapping[str, object]
    contains_files: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Upload:
    """Parameters and a file beside them, in place of a RequestData."""

    json_parameters: Mapping[str, str]
    multipart_data: Mapping[str, tuple[str, bytes, str]]
    """Each file by its parameter: name, content, type."""
    contains_files: ClassVar[bool] = True


class AiohttpRequest(BaseRequest):
    """What python-telegram-bot asks of a transport. The session is opened with the first request."""

    __slots__ = ("_session",)

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._session = session

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        """Nothing to do: a session needs a running loop, so it waits for the first request."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Plain | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        body: aiohttp.FormData | aiohttp.JsonPayload | None
        if isinstance(request_data, Plain):
            body, timeout = aiohttp.JsonPayload(request_data.json_parameters), CALL_TIMEOUT
        else:
            uploading = bool(request_data and request_data.contains_files)
            body, timeout = _body(request_data), _timeout(read_timeout, uploading=uploading)
        with _told_apart():
            async with self.session.request(
                method, url, data=body, timeout=timeout, allow_redirects=False
            ) as response:
                answer = await response.read()
        if response.status == 429:
            raise Flooded(self._wait_asked(answer))
        if response.status == 413:
            raise TooLarge("Request Entity Too Large")
        return response.status, answer

    async def call(self, url: str, parameters: Mapping[str, object]) -> object:
        """Call a method, without the library's objects: making them costs more than the sending."""
        return await self.post(url, cast("RequestData", Plain(parameters)))

    async def upload(
        self, url: str, parameters: Mapping[str, object], field: str, name: str, content: bytes, kind: str
    ) -> object:
        """The same with a file, as multipart/form-data; there, what is no text is JSON."""
        told = {
            key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()
        }
        return await self.post(url, cast("RequestData", Upload(told, {field: (name, content, kind)})))

    async def stream(self, url: str) -> AsyncIterator[bytes]:
        """A file in pieces; NetworkError unless it is given at once with 200."""
        with _told_apart():
            async with self.session.get(url, timeout=_timeout(), allow_redirects=False) as response:
                if response.status != 200:
                    raise NetworkError(f"answered {response.status}")
                async for piece in response.content.iter_chunked(PIECE):
                    yield piece

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """As the original, which however logs what it cannot read: an answer may quote what was said."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    def _wait_asked(self, answer: bytes) -> float:
        try:
            parameters = self.parse_json_payload(answer).get("parameters")
        except TelegramError:
            return UNSAID_WAIT
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        return float(seconds) if isinstance(seconds, int | float) else UNSAID_WAIT


def _timeout(read: object = None, *, uploading: bool = False) -> aiohttp.ClientTimeout:
    wait = read if isinstance(read, int | float) else READ_SECONDS
    total = CONNECT_SECONDS + wait + (UPLOAD_SECONDS if uploading else wait)
    return aiohttp.ClientTimeout(total=total, connect=CONNECT_SECONDS, sock_read=wait)


def _body(data: RequestData | None) -> aiohttp.FormData | aiohttp.JsonPayload | None:
    if data is None:
        return None
    if not data.contains_files:
        return aiohttp.JsonPayload(data.json_parameters)
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, content_type) in data.multipart_data.items():
        # Bytes as such would be written in one go, and nothing else run meanwhile.
        whole = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, whole, filename=file_name, content_type=content_type)
    return form


@contextmanager
def _told_apart() -> Iterator[None]:
    """aiohttp's failures as python-telegram-bot's. Their own words may name the address, and so the token."""
    try:
        yield
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as trouble:
        raise NotSent(type(trouble).__name__) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
        raise Unanswered(type(trouble).__name__) from None
