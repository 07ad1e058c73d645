"""`make bench`: what a turn costs with 200 people chatting at once, beside a bare FastAPI endpoint.

python -m tests.benchmarks [--quick] [--engine sqlite|postgres] [--people 200]
"""

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from storage.keys import Keys
from storage.store import Store
from tests.benchmarks import bare, server
from tests.benchmarks.crowd import Door, Order, serve_orders
from tests.benchmarks.figures import Figures, machine, table
from tests.benchmarks.meter import Meter, Spent
from tests.benchmarks.processes import free_port, running
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


WHOLE, QUICK = Length(15, 6, 100), Length(4, 2, 5)


def main() -> None:
    asked = _asked()
    engines = [asked.engine] if asked.engine else list(ENGINES)
    print(f"LaporDesk · {machine()} · {asked.people} people at once")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _crowd() as people:
        bench = Bench(Path(folder), people, asked.people, QUICK if asked.quick else WHOLE)
        measured = {ENGINES[engine]: bench.both(engine) for engine in engines}
        bench.databases.close()
    print(table(measured))


class Crowd:
    """The process in which everybody else lives: the people, and the Bot API that brings them the replies."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
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
    def __init__(self, folder: Path, people: Crowd, size: int, length: Length) -> None:
        self.folder = folder
        self.people = people
        self.size = size
        self.length = length
        self.databases = Databases(folder)

    def both(self, engine: str) -> tuple[Figures, Figures]:
        """LaporDesk on that engine, then the bare endpoint on the same one."""
        return self._lapordesk(engine), self._bare(engine)

    def _lapordesk(self, engine: str) -> Figures:
        _tell(f"{ENGINES[engine]}: {self.size} people settle in")
        data, url, port = self.folder / engine, self.databases.fresh(engine), free_port()
        self._settle_in(data, url)
        environment = self._environment(data, url, port)
        with running("tests.benchmarks.server", port=port, log=data / "log", **environment) as process:
            _tell(f"{ENGINES[engine]}: they warm up, then chat for {self.length.seconds:g} s")
            here, headers = (
                f"http://127.0.0.1:{port}",
                {SECRET_HEADER: secret_for(SECRET, self.people.account)},
            )
            order = Order(Door(here + PATH, headers), self.size, self.length.seconds, self.length.warm_up)
            return self.people.chat(order, Meter(process, self._database(engine), here + server.STATEMENTS))

    def _bare(self, engine: str) -> Figures:
        _tell(f"{ENGINES[engine]}: the bare endpoint, {self.length.bare_seconds:g} s")
        log, url, port = self.folder / "bare.log", self.databases.bare(engine), free_port()
        with running("tests.benchmarks.bare", url, str(port), port=port, log=log) as process:
            door = Door(f"http://127.0.0.1:{port}{bare.PATH}", replies=False)
            order = Order(door, self.size, self.length.bare_seconds, QUICK.warm_up)
            return self.people.chat(order, Meter(process, self._database(engine)))

    def _settle_in(self, data: Path, url: str) -> None:
        store = Store(url, Keys.load(data / "keys"))
        crowd(store, self.people.account, self.size)
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
            "LAPORDESK_TELEGRAM_PACE": "10000",
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
        yield Crowd(ours)
    finally:
        process.terminate()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks", description="The cost of a turn.")
    parser.add_argument("--quick", action="store_true", help="a rough look, four seconds of each")
    parser.add_argument("--engine", choices=list(ENGINES), help="only this one")
    parser.add_argument("--people", type=int, default=200)
    return parser.parse_args()


def _tell(what: str) -> None:
    print(what, file=sys.stderr)


if __name__ == "__main__":
    main()
