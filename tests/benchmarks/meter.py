"""What the server and the database beside it have used, read from /proc and from the server itself."""

import json
import os
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor; 0: there is none. `counted`: SQL statements, and seconds of each stage."""

    server: float
    database: float
    crowd: float
    counted: Mapping[str, float] = field(default_factory=dict)

    def __add__(self, other: "Spent") -> "Spent":
        counted = {
            name: self.counted.get(name, 0) + other.counted.get(name, 0)
            for name in {*self.counted, *other.counted}
        }
        return Spent(
            self.server + other.server, self.database + other.database, self.crowd + other.crowd, counted
        )

    def since(self, before: "Spent") -> "Spent":
        counted = {name: value - before.counted.get(name, 0) for name, value in self.counted.items()}
        return Spent(
            self.server - before.server, self.database - before.database, self.crowd - before.crowd, counted
        )


@dataclass(frozen=True, slots=True)
class Meter:
    servers: Sequence[int]
    """The numbers of their processes."""
    crowd: int
    database: int | None
    """PostgreSQL's first process; SQLite lives in the server."""
    counted: Sequence[str] = ()
    """Where each server tells what it has counted."""

    def read(self) -> Spent:
        return Spent(
            sum(map(cpu_seconds, self.servers)),
            cpu_seconds(self.database) if self.database else 0.0,
            cpu_seconds(self.crowd),
            sum((_told(address) for address in self.counted), Counter[str]()),
        )


def _told(address: str) -> Counter[str]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return Counter(json.loads(answer.read()))


def cpu_seconds(root: int) -> float:
    """What a process and all below it have used of the processor, those that ended included."""
    spent, children = _processes()
    left, total = [root], 0.0
    while left:
        process = left.pop()
        total += spent.get(process, 0.0)
        left += children.get(process, ())
    return total


def _processes() -> tuple[dict[int, float], Mapping[int, list[int]]]:
    """The time that each process has used, and the children of each (man 5 proc: /proc/pid/stat)."""
    spent: dict[int, float] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            number, _, rest = (entry / "stat").read_text().partition(" (")
        except (FileNotFoundError, ProcessLookupError):
            continue
        _state, parent, *fields = rest.rpartition(") ")[2].split()
        spent[int(number)] = sum(map(int, fields[9:13])) * TICK
        children[int(parent)].append(int(number))
    return spent, children
