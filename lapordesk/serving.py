"""`lapordesk serve`: the doors on their port, and in a process of its own what delivers."""

import asyncio
import signal

import uvicorn
from fastapi import FastAPI

from lapordesk.app import Works, assemble, running, web
from lapordesk.settings import Settings


def serve(settings: Settings, role: str) -> None:
    """Run until told to stop; AlreadyServed when another process serves this SQLite file."""
    with assemble(settings) as works:
        works.store.claim_writing()
        if role in ("all", "web"):
            listen(web(works, role), settings)
        else:
            asyncio.run(_until_told(works, role))


def listen(app: FastAPI, settings: Settings) -> None:
    """Keep the doors open on the port until told to stop."""
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )


async def _until_told(works: Works, role: str) -> None:
    told = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    async with running(works, role):
        await told.wait()
