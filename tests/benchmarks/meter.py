"""What the server and the database beside it have used, read from /proc and from the server itself."""

import os
import urllib.request
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the processor, and SQL statements; 0: there is none, or nobody counted."""

    server: float
    database: float
    statements: int

    def since(self, before: "Spent") -> "Spent":
        return Spent(
            self.server - before.server, self.database - before.database, self.statements - before.statements
        )


@dataclass(frozen=True, slots=True)
class Meter:
    server: int
    """The number of its process."""
    database: int | None
    """PostgreSQL's first process; SQLite lives in the server."""
    statements: str = ""
    """Where the server tells how many SQL statements it has run."""

    def read(self) -> Spent:
        database = cpu_seconds(self.database) if self.database else 0.0
        return Spent(cpu_seconds(self.server), database, self._count() if self.statements else 0)

    def _count(self) -> int:
        with urllib.request.urlopen(self.statements, timeout=30) as answer:
            return int(answer.read())


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
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = entry.read_text().partition(" (")
        except (FileNotFoundError, ProcessLookupError):
            continue
        _state, parent, *fields = rest.rpartition(") ")[2].split()
        spent[int(number)] = sum(map(int, fields[9:13])) * TICK
        children[int(parent)].append(int(number))
    return spent, children
