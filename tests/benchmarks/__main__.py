"""`make bench`: what a turn costs with 200 people chatting at once, beside a bare FastAPI endpoint.

python -m tests.benchmarks [--quick] [--engine sqlite|postgres] [--people 200] [--profile]
"""

import argparse
import multiprocessing
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from storage.keys import Keys
from storage.store import Store
from tests.benchmarks import bare, server
from tests.benchmarks.crowd import Door, Observed, Order, serve_orders
from tests.benchmarks.figures import Figures, machine, table
from tests.benchmarks.processes import cpu_seconds, free_port, running
from tests.chaos.crowd import crowd
from tests.conversations.stage import SECRET
from tests.databases import Databases
from webhooks.telegram import PATH, SECRET_HEADER, secret_for

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Length:
    seconds: float
    bare_seconds: float
    warm_up: int


WHOLE, QUICK = Length(20, 8, 100), Length(3, 2, 5)


def main() -> None:
    asked = _asked()
    engines = [asked.engine] if asked.engine else list(ENGINES)
    print(f"LaporDesk · {machine()} · {asked.people} people at once")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _crowd_process() as people:
        bench = Bench(Path(folder), people, asked.people, QUICK if asked.quick else WHOLE)
        measured = {ENGINES[engine]: bench.engine(engine) for engine in engines}
        bench.databases.close()
    print(table(measured))


class Crowd:
    """The process in which everybody else lives."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.api_url, self.token = pipe.recv()

    def chat(self, order: Order, meter: "Meter") -> tuple[Observed, "Spent"]:
        self._pipe.send(order)
        assert self._pipe.recv() == "open"
        before = meter.read()
        assert self._pipe.recv() == "closed"
        after = meter.read()
        observed: Observed = self._pipe.recv()
        return observed, after.since(before)


@dataclass(frozen=True, slots=True)
class Spent:
    cpu: float
    database_cpu: float | None
    statements: int

    def since(self, before: "Spent") -> "Spent":
        database = None
        if self.database_cpu is not None and before.database_cpu is not None:
            database = self.database_cpu - before.database_cpu
        return Spent(self.cpu - before.cpu, database, self.statements - before.statements)


@dataclass(frozen=True, slots=True)
class Meter:
    """What the server, and the database beside it, have used so far."""

    process: int
    database: int | None
    statements: str = ""

    def read(self) -> Spent:
        database = cpu_seconds(self.database) if self.database else None
        return Spent(cpu_seconds(self.process), database, self._count())

    def _count(self) -> int:
        if not self.statements:
            return 0
        with urllib.request.urlopen(self.statements, timeout=30) as answer:
            return int(answer.read())


class Bench:
    def __init__(self, folder: Path, people: Crowd, size: int, length: Length) -> None:
        self.folder = folder
        self.people = people
        self.size = size
        self.length = length
        self.databases = Databases(folder)

    def engine(self, engine: str) -> tuple[Figures, Figures]:
        """LaporDesk on that engine, then the bare endpoint on the same one."""
        return self._lapordesk(engine), self._bare(engine)

    def _lapordesk(self, engine: str) -> Figures:
        _tell(f"{ENGINES[engine]}: {self.size} people settle in")
        account = self.people.token.partition(":")[0]
        url, port = self.databases.fresh(engine), free_port()
        data = self.folder / engine
        store = Store(url, Keys.load(data / "keys"))
        crowd(store, account, self.size)
        store.close()
        door = Door(f"http://127.0.0.1:{port}{PATH}", {SECRET_HEADER: secret_for(SECRET, account)})
        environment = self._environment(data, url, port)
        with running("tests.benchmarks.server", port=port, log=data / "log", **environment) as process:
            _tell(f"{ENGINES[engine]}: they chat for {self.length.seconds:g} s and some to warm up")
            statements = f"http://127.0.0.1:{port}{server.STATEMENTS}"
            meter = Meter(process, self._database(engine), statements)
            order = Order(door, self.size, self.length.seconds, self.length.warm_up)
            observed, spent = self.people.chat(order, meter)
        return Figures(observed, spent.cpu, spent.database_cpu, spent.statements)

    def _bare(self, engine: str) -> Figures:
        _tell(f"{ENGINES[engine]}: the bare endpoint, {self.length.bare_seconds:g} s")
        url, port = self.databases.bare(engine), free_port()
        with running(
            "tests.benchmarks.bare", url, str(port), port=port, log=self.folder / "bare.log"
        ) as process:
            door = Door(f"http://127.0.0.1:{port}{bare.PATH}", replies=False)
            order = Order(door, self.size, self.length.bare_seconds, 5)
            observed, spent = self.people.chat(order, Meter(process, self._database(engine)))
        return Figures(observed, spent.cpu, spent.database_cpu, len(observed.acknowledged))

    def _environment(self, data: Path, url: str, port: int) -> dict[str, str]:
        return {
            "LAPORDESK_DATA": str(data),
            "LAPORDESK_DATABASE_URL": url,
            "LAPORDESK_KEY_FILE": str(data / "keys"),
            "LAPORDESK_PORT": str(port),
            "LAPORDESK_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "LAPORDESK_TELEGRAM_TOKEN": self.people.token,
            "LAPORDESK_TELEGRAM_SECRET": SECRET,
            "LAPORDESK_TELEGRAM_API_URL": self.people.api_url,
            "LAPORDESK_TELEGRAM_PACE": "10000",
        }

    def _database(self, engine: str) -> int | None:
        """The number of PostgreSQL's first process; SQLite lives in the server."""
        if engine == "sqlite":
            return None
        return int((self.databases.server.folder / "data" / "postmaster.pid").read_text().split()[0])


@contextmanager
def _crowd_process() -> Iterator[Crowd]:
    apart = multiprocessing.get_context("spawn")
    ours, theirs = apart.Pipe()
    process = apart.Process(target=serve_orders, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Crowd(ours)
    finally:
        process.terminate()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a rough look in half a minute")
    parser.add_argument("--engine", choices=list(ENGINES), help="only this one")
    parser.add_argument("--people", type=int, default=200)
    return parser.parse_args()


def _tell(what: str) -> None:
    print(what, file=sys.stderr)


if __name__ == "__main__":
    main()
