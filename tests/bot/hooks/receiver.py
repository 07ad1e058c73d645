"""Another body's system on this machine: it checks signatures by the specification, answers as told."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Received:
    event: str
    moment: int
    signatures: tuple[str, ...]
    body: str
    headers: dict[str, str]

    def is_signed_by(self, secret: str) -> bool:
        key = base64.b64decode(secret.split("_", 1)[1])
        content = ".".join((self.event, str(self.moment), self.body)).encode()
        wanted = b"v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256))
        return any(hmac.compare_digest(wanted, one.encode()) for one in self.signatures)


Answering = int | str | None
"""A status; "redirect"; "hang"; None: the connection is cut."""


@dataclass(eq=False, slots=True)
class Receiver:
    address: str = ""
    answers: list[Answering] = field(default_factory=list)
    """One after the other; afterwards 204."""
    received: list[Received] = field(default_factory=list)
    elsewhere: int = 0
    """Requests to where a redirect led."""
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, is_so: Callable[["Receiver"], bool]) -> None:
        async with asyncio.timeout(15):
            while not is_so(self):
                await asyncio.sleep(0.01)

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode()
        told = request.headers
        signatures = tuple(told["webhook-signature"].split(" "))
        moment = int(told["webhook-timestamp"])
        self.received.append(Received(told["webhook-id"], moment, signatures, body, dict(told)))
        match next(chain(self.answers[:1], repeat(204))):
            case "hang":
                self.answers.pop(0)
                await self.let_go.wait()
                return web.Response(status=200)
            case "redirect":
                self.answers.pop(0)
                return web.Response(status=302, headers={"Location": "/elsewhere"})
            case None:
                self.answers.pop(0)
                assert request.transport
                request.transport.abort()
                return web.Response()
            case status:
                del self.answers[:1]
                assert isinstance(status, int)
                return web.Response(status=status, text="" if status < 300 else f"tidak {'x' * 900}")

    async def take_elsewhere(self, _: web.Request) -> web.Response:
        self.elsewhere += 1
        return web.Response(status=204)


@asynccontextmanager
async def receiving(*answers: Answering) -> AsyncIterator[Receiver]:
    receiver = Receiver(answers=list(answers))
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    app.router.add_route("*", "/elsewhere", receiver.take_elsewhere)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    receiver.address = f"http://127.0.0.1:{port}/hook"
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        await runner.cleanup()
