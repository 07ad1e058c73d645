"""`make bench`: what a turn costs with 200 people chatting at once, beside a bare FastAPI endpoint.

python -m tests.benchmarks [--quick] [--engine sqlite|postgres] [--people 200]
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from storage.keys import Keys
from storage.store import Store
from tests.benchmarks import bare, server
from tests.benchmarks.apart import Crowd, crowd_apart
from tests.benchmarks.crowd import Door, Order
from tests.benchmarks.figures import Figures, machine, table
from tests.benchmarks.meter import Meter
from tests.benchmarks.processes import first_process, free_port, running
from tests.chaos.crowd import crowd
from tests.databases import Databases

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
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, crowd_apart() as people:
        bench = Bench(Path(folder), people, asked.people, QUICK if asked.quick else WHOLE)
        measured = {ENGINES[engine]: bench.both(engine) for engine in engines}
        bench.databases.close()
    print(table(measured))


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
        environment = self.people.environment(data, url, port)
        with running("tests.benchmarks.server", port=port, log=data / "log", **environment) as process:
            _tell(f"{ENGINES[engine]}: they warm up, then chat for {self.length.seconds:g} s")
            order = Order(self.people.door(port), self.size, self.length.seconds, self.length.warm_up)
            statements = f"http://127.0.0.1:{port}{server.STATEMENTS}"
            return self.people.chat(order, Meter(process, self._database(engine), statements))

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

    def _database(self, engine: str) -> int | None:
        return None if engine == "sqlite" else first_process(self.databases)


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
