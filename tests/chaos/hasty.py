"""`lapordesk serve` in a process forked from one that has read all its code, and with little patience.

To start Python and read the code takes seconds of a busy machine's time, to fork a tenth of one. The waits of
a LaporDesk are as they are in relation to one another, but shorter: what a minute shows, a few seconds show.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from lapordesk.serving import serve
from lapordesk.settings import Settings
from tests.chaos.server import Server

HASTE: tuple[tuple[str, str, object], ...] = (
    ("bot.delivery", "LEASE_SECONDS", 6.0),
    ("bot.delivery", "LOST_SECONDS", 18.0),
    ("bot.delivery", "SEND_SECONDS", 3.0),
    ("bot.delivery", "STOP_SECONDS", 1.5),
    ("bot.lane", "PATIENCE", 2.0),
    ("bot.outcomes", "FIRST_WAIT", 1.0),
    ("bot.pace", "LONGEST_REST", 2.0),
    ("bot.shares", "BEAT_SECONDS", 0.5),
    ("bot.shares", "FENCE_SECONDS", 1.5),
    ("bot.shares", "SETTLE_SECONDS", 2.0),
    ("storage.processes", "LIVES", timedelta(seconds=3)),
    ("bot.evidence", "LEASE_SECONDS", 6.0),
    ("bot.evidence", "FETCH_SECONDS", 5.0),
    ("bot.evidence", "FIRST_WAIT", 1.0),
    ("bot.evidence", "REST_SECONDS", 1.0),
    ("bot.evidence", "STOP_SECONDS", 1.5),
)
"""By module. SIGTERM, `kill -9`, a crashed database and a full disk are as ever."""


class HastyServer(Server):
    def _spawn(self) -> "Forked":
        apart = multiprocessing.get_context("forkserver")
        apart.set_forkserver_preload([__name__])
        process = apart.Process(target=_serve, args=(self.environment, self.role, self.log), daemon=True)
        process.start()
        return Forked(process)


class Forked:
    """A forked process, spoken to like one of `subprocess`."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        assert process.pid is not None
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        assert self._process.exitcode is not None, "still running"
        return self._process.exitcode

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


def _serve(environment: Mapping[str, str], role: str, log: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as written:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(written.fileno(), stream.fileno())
    for module, name, value in HASTE:
        setattr(import_module(module), name, value)
    serve(Settings(_env_file=None), role)  # type: ignore[call-arg]
