"""`make bench`: what a turn costs with 200 people chatting at once, beside a bare FastAPI endpoint.

python -m tests.benchmarks [--quick] [--engine sqlite|postgres] [--people 200] [--posts 6274] [--answers 1000]
    [--processes 4] [--stages]
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from storage.keys import Keys
from storage.store import Store
from tests.benchmarks import bare
from tests.benchmarks.apart import Crowd, crowd_apart
from tests.benchmarks.crowd import Door, Order
from tests.benchmarks.figures import Figures, machine, table
from tests.benchmarks.history import settle
from tests.benchmarks.meter import Meter
from tests.benchmarks.processes import first_process, free_port, running
from tests.benchmarks.server import COUNTED
from tests.chaos.crowd import crowd
from tests.databases import Databases

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Length:
    """Seconds measured at LaporDesk and at the bare endpoint, and the most turns that warm a person up."""

    seconds: float
    bare_seconds: float
    warm_up: int


@dataclass(frozen=True, slots=True)
class Size:
    """Who chats, what is there before, and how many processes serve on PostgreSQL."""

    people: int
    posts: int
    answers: int
    processes: int


WHOLE, QUICK = Length(15, 6, 100), Length(4, 2, 5)


def main() -> None:
    asked = _asked()
    engines = [asked.engine] if asked.engine else list(ENGINES)
    print(f"LaporDesk · {machine()} · {asked.people} people at once, {asked.posts:,} posts,")
    print(f"{asked.answers:,} answers stored, processes on PostgreSQL: {asked.processes}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, crowd_apart() as people:
        size = Size(asked.people, asked.posts, asked.answers, asked.processes)
        length = QUICK if asked.quick else WHOLE
        bench = Bench(Path(folder), people, size, length, stages=asked.stages)
        measured = {ENGINES[engine]: bench.both(engine) for engine in engines}
        bench.databases.close()
    print(table(measured))


class Bench:
    def __init__(
        self,
        folder: Path,
        people: Crowd,
        size: Size,
        length: Length,
        pace: float = 10_000,
        *,
        stages: bool = False,
    ) -> None:
        self.folder = folder
        self.people = people
        self.size = size
        self.length = length
        self.pace = pace
        self.stages = stages
        self.databases = Databases(folder)

    def both(self, engine: str) -> tuple[Figures, Figures]:
        """LaporDesk on that engine, and the bare endpoint before and after it, since machines sway."""
        before = self._bare(engine)
        return self._lapordesk(engine), before + self._bare(engine)

    def _lapordesk(self, engine: str) -> Figures:
        ports = [free_port() for _ in range(self.size.processes if engine == "postgres" else 1)]
        with ExitStack() as open_here:
            servers = self.open(engine, ports, open_here)
            _tell(f"{ENGINES[engine]}: they warm up, then chat for {self.length.seconds:g} s")
            counted = [f"http://127.0.0.1:{port}{COUNTED}" for port in ports]
            door = self.people.door(*ports)
            order = Order(door, self.size.people, self.length.seconds, self.length.warm_up)
            return self.people.chat(order, self._meter(engine, servers, counted))

    def open(self, engine: str, ports: Sequence[int], open_here: ExitStack) -> list[int]:
        """Let the people settle in, and serve them at each port; gives the processes."""
        _tell(f"{ENGINES[engine]}: {self.size.people} people settle in")
        data, url = self.folder / engine, self.databases.fresh(engine)
        self._settle_in(data, url)
        return [open_here.enter_context(self._serving(data, url, port)) for port in ports]

    def _serving(self, data: Path, url: str, port: int) -> AbstractContextManager[int]:
        environment = self.people.environment(data, url, port, self.pace)
        asked = ["stages"] * self.stages
        return running("tests.benchmarks.server", *asked, port=port, log=data / f"log{port}", **environment)

    def _meter(self, engine: str, servers: Sequence[int], counted: Sequence[str] = ()) -> Meter:
        return Meter(servers, self.people.process, self._database(engine), counted)

    def _bare(self, engine: str) -> Figures:
        _tell(f"{ENGINES[engine]}: the bare endpoint, {self.length.bare_seconds:g} s")
        log, url, port = self.folder / "bare.log", self.databases.bare(engine), free_port()
        with running("tests.benchmarks.bare", url, str(port), port=port, log=log) as process:
            door = Door((f"http://127.0.0.1:{port}{bare.PATH}",), replies=False)
            order = Order(door, self.size.people, self.length.bare_seconds, QUICK.warm_up)
            return self.people.chat(order, self._meter(engine, [process]))

    def _settle_in(self, data: Path, url: str) -> None:
        store = Store(url, Keys.load(data / "keys"))
        crowd(store, self.people.account, self.size.people)
        settle(store, self.size.posts, self.size.answers)
        store.close()

    def _database(self, engine: str) -> int | None:
        return None if engine == "sqlite" else first_process(self.databases)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks", description="The cost of a turn.")
    parser.add_argument("--quick", action="store_true", help="a rough look, four seconds of each")
    parser.add_argument("--engine", choices=list(ENGINES), help="only this one")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--posts", type=int, default=6_274, help="with somebody in each; the country: 435296")
    parser.add_argument("--answers", type=int, default=1_000, help="stored before")
    parser.add_argument("--stages", action="store_true", help="time each stage, which costs time itself")
    parser.add_argument("--processes", type=int, default=1, help="that serve, on PostgreSQL")
    return parser.parse_args()


def _tell(what: str) -> None:
    print(what, file=sys.stderr)


if __name__ == "__main__":
    main()
