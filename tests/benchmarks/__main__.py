"""`make bench`: what a turn costs with 200 people chatting at once, beside a bare FastAPI endpoint.

python -m tests.benchmarks [--quick] [--engine sqlite|postgres] [--people 200] [--posts 6274] [--answers 1000]
    [--processes 4] [--stages]
"""

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from storage.keys import Keys
from storage.store import Store
from tests.benchmarks import bare
from tests.benchmarks.crowd import Door, Order, serve_orders
from tests.benchmarks.figures import Figures, machine, table
from tests.benchmarks.history import settle
from tests.benchmarks.meter import Meter, Spent
from tests.benchmarks.processes import free_port, running
from tests.benchmarks.server import COUNTED
from tests.chaos.crowd import crowd
from tests.conversations.stage import PUBLIC, SECRET
from tests.databases import Databases
from webhooks.telegram import PATH, SECRET_HEADER, secret_for

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
    print(f"{asked.answers:,} answers stored, {asked.processes} processes on PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _crowd() as people:
        size = Size(asked.people, asked.posts, asked.answers, asked.processes)
        length = QUICK if asked.quick else WHOLE
        bench = Bench(Path(folder), people, size, length, stages=asked.stages)
        measured = {ENGINES[engine]: bench.both(engine) for engine in engines}
        bench.databases.close()
    print(table(measured))


class Crowd:
    """The process in which everybody else lives: the people, and the Bot API that brings them the replies."""

    def __init__(self, pipe: Connection, process: int) -> None:
        self._pipe = pipe
        self.process = process
        self.api_url, self.token = pipe.recv()

    @property
    def account(self) -> str:
        return str(self.token).partition(":")[0]

    def chat(self, order: Order, meter: Meter) -> Figures:
        """Let them chat; the meter is read when the window opens and when it closes."""
        self._pipe.send(order)
        before, after = self._read(meter), self._read(meter)
        return Figures(self._pipe.recv(), after.since(before))

    def _read(self, meter: Meter) -> Spent:
        try:
            self._pipe.recv()
        except EOFError:
            raise SystemExit("the crowd gave up: why, stands above") from None
        return meter.read()


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
        """LaporDesk on that engine, then the bare endpoint on the same one."""
        return self._lapordesk(engine), self._bare(engine)

    def _lapordesk(self, engine: str) -> Figures:
        ports = [free_port() for _ in range(self.size.processes if engine == "postgres" else 1)]
        with ExitStack() as open_here:
            servers = self.open(engine, ports, open_here)
            _tell(f"{ENGINES[engine]}: they warm up, then chat for {self.length.seconds:g} s")
            here = [f"http://127.0.0.1:{port}" for port in ports]
            headers = {SECRET_HEADER: secret_for(SECRET, self.people.account)}
            door = Door(tuple(one + PATH for one in here), headers)
            order = Order(door, self.size.people, self.length.seconds, self.length.warm_up)
            return self.people.chat(order, self._meter(engine, servers, [one + COUNTED for one in here]))

    def open(self, engine: str, ports: Sequence[int], open_here: ExitStack) -> list[int]:
        """Let the people settle in, and serve them at each port; gives the processes."""
        _tell(f"{ENGINES[engine]}: {self.size.people} people settle in")
        data, url = self.folder / engine, self.databases.fresh(engine)
        self._settle_in(data, url)
        return [open_here.enter_context(self._serving(data, url, port)) for port in ports]

    def _serving(self, data: Path, url: str, port: int) -> AbstractContextManager[int]:
        environment = self._environment(data, url, port)
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

    def _environment(self, data: Path, url: str, port: int) -> dict[str, str]:
        return {
            "LAPORDESK_DATA": str(data),
            "LAPORDESK_DATABASE_URL": url,
            "LAPORDESK_KEY_FILE": str(data / "keys"),
            "LAPORDESK_PORT": str(port),
            "LAPORDESK_PUBLIC_URL": PUBLIC,
            "LAPORDESK_TELEGRAM_TOKEN": self.people.token,
            "LAPORDESK_TELEGRAM_SECRET": SECRET,
            "LAPORDESK_TELEGRAM_API_URL": self.people.api_url,
            "LAPORDESK_TELEGRAM_PACE": str(self.pace),
        }

    def _database(self, engine: str) -> int | None:
        if engine == "sqlite":
            return None
        return int((self.databases.server.folder / "data" / "postmaster.pid").read_text().split()[0])


@contextmanager
def _crowd() -> Iterator[Crowd]:
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
