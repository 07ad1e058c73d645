"""`lapordesk serve` in a process of its own, to be killed."""

import os
import random
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Protocol, Self

from tests.conversations.stage import SECRET
from tests.standins.telegram import TelegramStandin

START_SECONDS = 120.0


class Process(Protocol):
    @property
    def pid(self) -> int: ...

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def terminate(self) -> None: ...

    def send_signal(self, number: int, /) -> None: ...


class Server:
    def __init__(
        self, folder: Path, database_url: str, telegram: TelegramStandin, role: str = "all", **more: str
    ) -> None:
        self.role = role
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"serve-{role}-{self.port}.log"
        self.environment = os.environ | {
            "LAPORDESK_DATA": str(folder),
            "LAPORDESK_DATABASE_URL": database_url,
            "LAPORDESK_KEY_FILE": str(folder / "keys"),
            "LAPORDESK_PORT": str(self.port),
            "LAPORDESK_PUBLIC_URL": self.url,
            "LAPORDESK_TELEGRAM_TOKEN": telegram.token,
            "LAPORDESK_TELEGRAM_SECRET": SECRET,
            "LAPORDESK_TELEGRAM_API_URL": telegram.url,
            "LAPORDESK_TELEGRAM_PACE": "5000",
            # It is started again and again: what Python compiled once serves for all of them.
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
            **{f"LAPORDESK_{name}": value for name, value in more.items()},
        }
        self.process: Process | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.process = self._spawn()
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < deadline, "not ready"
            time.sleep(0.05)

    def kill(self) -> None:
        """`kill -9`: no farewell of any kind."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Told to leave, it does so in order; gives its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=30)

    def fill_disk(self, most: int) -> None:
        """No file of that process may grow beyond so many bytes: how a full disk looks from inside."""
        assert self.process is not None
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def empty_disk(self) -> None:
        self.fill_disk(resource.RLIM_INFINITY)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        """Its doors say so; without doors it is when it listens for being told to leave."""
        if self.role not in ("all", "web"):
            assert self.process is not None
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
            return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _spawn(self) -> Process:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "lapordesk", "serve", "--role", self.role],
                env=self.environment,
                stdout=log,
                stderr=log,
            )


def _free_port() -> int:
    """Below those that outgoing connections take: it is needed again after every kill."""
    while True:
        with socket.socket() as one, suppress(OSError):
            one.bind(("127.0.0.1", random.randrange(20_000, 30_000)))
            return int(one.getsockname()[1])
