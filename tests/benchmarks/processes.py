"""Servers as processes of their own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Databases

START_SECONDS = 60.0
LOG_SHOWN = 2000


@contextmanager
def running(module: str, *arguments: str, port: int, log: Path, **environment: str) -> Iterator[int]:
    """A Python module that listens on the port; gives the number of its process.

    What it logged is shown when something goes wrong.
    """
    command = [sys.executable, "-m", module, *arguments]
    with log.open("ab") as told:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=told, stderr=told)
    try:
        _wait_for(process, port)
        yield process.pid
    except BaseException:
        sys.stderr.write(log.read_text()[-LOG_SHOWN:])
        raise
    finally:
        process.terminate()
        process.wait(timeout=60)


def first_process(databases: Databases) -> int:
    """PostgreSQL's, below which all its others are."""
    return int((databases.server.folder / "data" / "postmaster.pid").read_text().split()[0])


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("it did not start")
        time.sleep(0.05)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
