"""The crowd as a process of its own, and what a LaporDesk has to be told so that they find one another."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from tests.benchmarks.crowd import Door, Order, serve_orders
from tests.benchmarks.figures import Figures
from tests.benchmarks.meter import Meter, Spent
from tests.conversations.stage import PUBLIC, SECRET
from webhooks.telegram import PATH, SECRET_HEADER, secret_for


class Crowd:
    """The process in which everybody else lives: the people, and the Bot API that brings them the replies."""

    def __init__(self, pipe: Connection, process: int) -> None:
        self._pipe = pipe
        self.process = process
        self.api_url, self.token = pipe.recv()

    @property
    def account(self) -> str:
        return str(self.token).partition(":")[0]

    def door(self, *ports: int) -> Door:
        """That of a LaporDesk on this machine, which may be several processes."""
        headers = {SECRET_HEADER: secret_for(SECRET, self.account)}
        return Door(tuple(f"http://127.0.0.1:{port}{PATH}" for port in ports), headers)

    def chat(self, order: Order, meter: Meter, opened: Callable[[], object] = lambda: None) -> Figures:
        """Let them chat; the meter is read when the window opens and when it closes."""
        self._pipe.send(order)
        before = self._read(meter)
        opened()
        after = self._read(meter)
        return Figures(self._pipe.recv(), after.since(before))

    def environment(self, data: Path, url: str, port: int, pace: float = 10_000) -> dict[str, str]:
        return {
            "LAPORDESK_DATA": str(data),
            "LAPORDESK_DATABASE_URL": url,
            "LAPORDESK_KEY_FILE": str(data / "keys"),
            "LAPORDESK_PORT": str(port),
            "LAPORDESK_PUBLIC_URL": PUBLIC,
            "LAPORDESK_TELEGRAM_TOKEN": self.token,
            "LAPORDESK_TELEGRAM_SECRET": SECRET,
            "LAPORDESK_TELEGRAM_API_URL": self.api_url,
            "LAPORDESK_TELEGRAM_PACE": str(pace),
        }

    def _read(self, meter: Meter) -> Spent:
        try:
            self._pipe.recv()
        except EOFError:
            raise SystemExit("the crowd gave up: why, stands above") from None
        return meter.read()


@contextmanager
def crowd_apart() -> Iterator[Crowd]:
    apart = multiprocessing.get_context("spawn")
    ours, theirs = apart.Pipe()
    process = apart.Process(target=serve_orders, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        assert process.pid
        yield Crowd(ours, process.pid)
    finally:
        process.terminate()
