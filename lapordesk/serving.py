"""`lapordesk serve`: the doors on their port, and in a process of its own what delivers."""

import asyncio
import gc
import signal
from types import FrameType

import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from bot.channels.webchat import Hub
from lapordesk.app import Works, assemble, running, web
from lapordesk.logs import configure_logs
from lapordesk.meters import told_at
from lapordesk.settings import Settings

LITTER = 20_000
"""New objects after which garbage is looked for; a turn leaves next to none that is not freed at once."""


def serve(settings: Settings, role: str) -> None:
    """Run until told to stop; AlreadyServed when another process serves this SQLite file."""
    configure_logs()
    signal.signal(signal.SIGTERM, _leave)
    with assemble(settings) as works:
        works.store.claim_writing()
        if role in ("all", "web"):
            listen(web(works, role), settings, works.hub)
        else:
            with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
                runner.run(_until_told(works, role))


def listen(app: FastAPI, settings: Settings, hub: Hub | None = None) -> None:
    """Keep the doors open on the port until told to stop."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=10,
    )
    leave_in_peace()
    _Server(config, hub).run()


def leave_in_peace() -> None:
    """What is there when the doors open, stays: the garbage collector need not walk through it again and
    again; that took a fifth of every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(LITTER)


class _Server(uvicorn.Server):
    """Told to stop, it ends the streams of open web chats first: it would wait for them in vain."""

    def __init__(self, config: uvicorn.Config, hub: Hub | None) -> None:
        super().__init__(config)
        self.hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.hub is not None:
            self.hub.close()
        super().handle_exit(sig, frame)


def _leave(*_: object) -> None:
    """Python's own answer to SIGTERM would not close the store; uvicorn sends it once more at its end."""
    raise SystemExit(0)


async def _until_told(works: Works, role: str) -> None:
    told = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    leave_in_peace()
    settings = works.settings
    with told_at(settings.host, settings.metrics_port, works.registry):
        async with running(works, role):
            await told.wait()
