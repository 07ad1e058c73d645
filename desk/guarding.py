"""Headers that guard every answer of an application; a stream stays a stream."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Guard:
    """Puts the headers on every answer. `lenient`: what a route set on purpose is left."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str], *, lenient: bool = False) -> None:
        self.app = app
        self.headers = headers
        self.lenient = lenient

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, guarded)

    def _put(self, headers: MutableHeaders) -> None:
        for name, value in self.headers.items():
            if not (self.lenient and name in headers):
                headers[name] = value
