"""`make bench-day`: voting day of a province, hour by hour in minutes: backlog, memory and waiting.

python -m tests.benchmarks.day [--engine sqlite|postgres] [--people 6274] [--begin 1200] [--think 20]
    [--pace 30] [--processes 4]
"""

import argparse
import multiprocessing
import re
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.__main__ import Bench, Length, Size
from tests.benchmarks.apart import Crowd
from tests.benchmarks.figures import machine, percentile
from tests.benchmarks.meter import cpu_seconds
from tests.benchmarks.people import DayOrder, Lived, serve_day
from tests.benchmarks.processes import free_port

LOOKS = 10
"""While people begin; the curve goes on until the last has told all."""
WAITING = r"^lapordesk_{}_waiting (\S+)$"


@dataclass(frozen=True, slots=True)
class Look:
    """The house at a moment: what waits to go out and to be fetched, memory in MB, processor's seconds."""

    at: float
    messages: int
    pictures: int
    memory: float
    cpu: float


def main() -> None:
    asked = _asked()
    print(
        f"LaporDesk · {machine()} · {asked.people:,} people begin within {asked.begin:g} s, "
        f"think {asked.think:g} s, {asked.engine}, {asked.processes} processes"
    )
    ours, theirs = (apart := multiprocessing.get_context("spawn")).Pipe()
    process = apart.Process(target=serve_day, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    assert process.pid
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as open_here:
        size = Size(asked.people, 0, 0, asked.processes)
        bench = Bench(Path(folder), Crowd(ours, process.pid), size, Length(0, 0, 0), pace=asked.pace)
        open_here.callback(bench.databases.close)
        open_here.callback(process.terminate)
        ports = [free_port() for _ in range(asked.processes)]
        servers = bench.open(asked.engine, ports, open_here)
        ours.send(DayOrder(bench.people.door(*ports), asked.people, asked.begin, asked.think))
        looks: list[Look] = []
        began = time.perf_counter()
        while not ours.poll(asked.begin / LOOKS):
            looks.append(_look(began, servers, ports[0]))
        looks.append(_look(began, servers, ports[0]))
        lived: Lived = ours.recv()
    for line in _curve(looks, lived):
        print(line)


def _look(began: float, servers: list[int], port: int) -> Look:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        told = answer.read().decode()
    memory = sum(_resident(server) for server in servers)
    spent = sum(map(cpu_seconds, servers))
    at = time.perf_counter() - began
    return Look(at, _waiting(told, "outbox"), _waiting(told, "evidence"), memory, spent)


def _waiting(told: str, where: str) -> int:
    found = re.search(WAITING.format(where), told, re.MULTILINE)
    assert found, f"nothing is told of {where}"
    return int(float(found[1]))


def _resident(process: int) -> float:
    """Megabytes (man 5 proc: VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _curve(looks: list[Look], lived: Lived) -> Iterator[str]:
    heads = ("turns/s", "waiting", "pictures", "MB", "CPU ms", "p50 ms", "p99 ms")
    yield f"{'minute':>7}" + "".join(f"{head:>9}" for head in heads)
    before = Look(0.0, 0, 0, 0.0, looks[0].cpu)
    for look in looks:
        waits = [wait for at, wait in lived.replies if before.at <= at < look.at]
        turns = len(waits) + sum(before.at <= at < look.at for at, _ in lived.pictures)
        if turns:
            cpu = 1000 * (look.cpu - before.cpu) / turns
            yield (
                f"{look.at / 60:7.1f}{turns / (look.at - before.at):9.0f}{look.messages:9}{look.pictures:9}"
                f"{look.memory:9.0f}{cpu:9.2f}{_ms(waits, 50):9.0f}{_ms(waits, 99):9.0f}"
            )
        before = look
    told = [wait for _, wait in lived.pictures]
    pictures = f"p50 {_ms(told, 50):.0f} ms, p99 {_ms(told, 99):.0f} ms"
    yield f"{lived.finished:,} people told all; replies to a picture {pictures}"


def _ms(waits: list[float], percent: int) -> float:
    return 1000 * percentile(waits, percent) if waits else 0.0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks.day", description="Voting day of a province.")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--people", type=int, default=6_274)
    parser.add_argument("--begin", type=float, default=1_200.0, help="seconds within which they begin")
    parser.add_argument("--think", type=float, default=20.0, help="seconds between a reply and the next word")
    parser.add_argument(
        "--pace", type=float, default=10_000.0, help="messages a second of the bot; really 30"
    )
    parser.add_argument("--processes", type=int, default=1, help="that serve, on PostgreSQL")
    return parser.parse_args()


if __name__ == "__main__":
    main()
