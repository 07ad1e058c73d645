"""What stands around every route of the API: headers on each answer, a bound on what is sent."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 64 * 1024
NO_UPLOADS: Mapping[str, int] = {}
GUARDS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Vary": "Accept-Language, Authorization",
}


class Limit:
    """Reads no more of a body than may come; the handlers of the application say that it was too much."""

    def __init__(self, app: ASGIApp, uploads: Mapping[str, int] = NO_UPLOADS) -> None:
        self.app = app
        self.uploads = uploads
        """Where files are brought, by the path inside the application, and how much may come there."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        most = left = self._most(scope)

        async def limited() -> Message:
            nonlocal left
            if told.isdecimal() and int(told[:12]) > most:
                raise HTTPException(413)
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        await self.app(scope, limited, send)

    def _most(self, scope: Scope) -> int:
        inner = str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))
        return self.uploads.get(inner, BODY_LIMIT)
