"""`lapordesk serve` as a process: told to stop, it leaves in order within seconds, whoever is connected."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from lapordesk.settings import PREFIX
from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.small_house import small_house

START_SECONDS = 120.0
STOP_SECONDS = 8.0
"""Less than uvicorn waits for a stream that nobody ends."""


class Serving:
    """The command, run until it is told to stop."""

    def __init__(self, folder: Path, bytecode: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "serve.log"
        given = {"DATA": folder, "DATABASE_URL": f"sqlite:///{folder}/lapordesk.db", "PORT": port}
        clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        # What Python compiled at the first start serves for the second.
        clean |= {"PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONDONTWRITEBYTECODE": ""}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lapordesk", "serve"],
                env=clean | {PREFIX + name: str(value) for name, value in given.items()},
                cwd=Path(__file__).parents[2],
                stdout=log,
                stderr=log,
            )

    def wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            try:
                httpx2.get(f"{self.url}/readyz").raise_for_status()
                return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise AssertionError("not ready")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """The exit code, and the seconds that it took."""
        since = time.monotonic()
        self.process.send_signal(how)
        return self.process.wait(30), time.monotonic() - since


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture
def folder(tmp_path: Path, databases: Databases) -> Path:
    """A data folder with a small house."""
    made = Path(databases.sqlite().removeprefix("sqlite:///"))
    made.rename(tmp_path / "lapordesk.db")
    store = Store(f"sqlite:///{tmp_path}/lapordesk.db", Keys.load(tmp_path / "keys"))
    small_house(store, tmp_path)
    store.close()
    return tmp_path


@pytest.fixture
def serving(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    made = Serving(folder, tmp_path_factory.getbasetemp() / "bytecode")
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()


def is_closed(folder: Path) -> bool:
    """SQLite takes its journal away when the last connection is closed."""
    return not (folder / "lapordesk.db-wal").exists()


def test_it_leaves_in_order_while_a_web_chat_is_open(serving: Serving, folder: Path) -> None:
    serving.wait()
    with httpx2.Client(base_url=serving.url) as client:
        client.get("/chat").raise_for_status()
        with client.stream("GET", "/chat/events?after=0") as page:
            assert page.headers["Content-Type"].startswith("text/event-stream")
            assert not is_closed(folder)
            code, seconds = serving.stop()
    assert (code, serving.log.read_text().count("Traceback")) == (0, 0)
    assert seconds < STOP_SECONDS
    assert is_closed(folder)


def test_ctrl_c_is_no_mishap(serving: Serving, folder: Path) -> None:
    serving.wait()
    code, seconds = serving.stop(signal.SIGINT)
    assert (code, serving.log.read_text().count("Traceback")) == (130, 0)
    assert seconds < STOP_SECONDS
    assert is_closed(folder)
