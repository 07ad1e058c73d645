"""The processes of the benchmark and what they cost, read from /proc."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60.0
LOG_SHOWN = 2000
TICK = 1 / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(module: str, *arguments: str, port: int, log: Path, **environment: str) -> Iterator[int]:
    """A Python module that listens on the port, as a process of its own; gives its number.

    A healthy one has nothing to say: what it logged is shown.
    """
    command = [sys.executable, "-m", module, *arguments]
    with log.open("ab") as told:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=told, stderr=told)
    try:
        _wait_for(process, port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)
        sys.stderr.write(log.read_text()[-LOG_SHOWN:])


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def cpu_seconds(root: int) -> float:
    """What a process and all below it have used of the processor, those that ended included."""
    spent, children = _table()
    left, total = [root], 0.0
    while left:
        process = left.pop()
        total += spent.get(process, 0.0)
        left += children.get(process, ())
    return total


def _table() -> tuple[dict[int, float], Mapping[int, list[int]]]:
    """The time each process has used, and the children of each."""
    spent: dict[int, float] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = entry.read_text().partition(" (")
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields = rest.rpartition(") ")[2].split()
        spent[int(number)] = sum(map(int, fields[11:15])) * TICK
        children[int(fields[1])].append(int(number))
    return spent, children


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
