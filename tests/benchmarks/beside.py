"""Turns a second while a Monday is counted, drawn and written down beside them, on the same database.

alone            the server by itself
beside           the round in a process of its own, as `lapordesk serve --role clock`
within           the round in the server's process, as in a LaporDesk of one process
alone again      what else the machine does may have changed meanwhile: far from 1, the others say little
"""

import os
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.channels.webchat import ACCOUNT
from core.forms.written import to_json
from core.model.areas import Level
from core.model.messages import Address, Channel
from core.model.people import Role
from storage.store import Store
from tests.benchmarks.apart import Crowd
from tests.benchmarks.crowd import Order
from tests.benchmarks.figures import ROWS, Figures
from tests.benchmarks.meter import Meter
from tests.benchmarks.processes import free_port, running
from tests.benchmarks.server import MONDAY
from tests.chaos.crowd import enrol
from tests.conversations.stage import bundled_forms

WARM_UP = 5
WEEK = timedelta(days=7)
ROLES = {Level.PROVINCE: Role.PROVINSI, Level.REGENCY: Role.KABKOTA, Level.DISTRICT: Role.PANWASCAM}
SHOWN = ("turns a second", "CPU ms a turn, server", "reply there, p50 ms", "reply there, p99 ms")
PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Beside:
    people: Crowd
    size: int
    seconds: float

    def settle(self, store: Store, codes: list[str], now: datetime) -> None:
        """Four crowds, one after the other, and a coordinator with a web chat in each of the areas."""
        with store.begin() as book:
            for form, source in bundled_forms():
                book.forms.publish(to_json(form), form.name, form.version, form.name, source, now)
        enrol(store, self.people.account, 4 * self.size)
        with store.begin() as book:
            for code in codes:
                area = book.areas.get(code)
                assert area
                person = book.people.save("Koordinator Contoh", None, now)
                book.people.assign(person, ROLES[area.level], code, now)
                met = book.addresses.meet(Address(Channel.WEBCHAT, ACCOUNT, f"koordinator {code}"), now)
                book.addresses.link(met.id, person)

    def measure(
        self, data: Path, url: str, database: int | None, moment: datetime
    ) -> Iterator[tuple[str, Figures]]:
        port = free_port()
        environment = self.people.environment(data, url, port)
        with running("tests.benchmarks.server", port=port, log=data / "log", **environment) as process:
            meter = Meter([process], self.people.process, database)
            door = self.people.door(port)

            def order(number: int) -> Order:
                return Order(door, self.size, self.seconds, WARM_UP, number * self.size)

            yield "alone", self.people.chat(order(0), meter)
            with _round_beside(environment, moment) as beside:
                yield "beside", self.people.chat(order(1), meter, beside.begin)
            within = _Within(f"http://127.0.0.1:{port}{MONDAY}", moment - WEEK)
            yield "within", self.people.chat(order(2), meter, within.begin)
            within.end()
            yield "alone again", self.people.chat(order(3), meter)


class _Beside:
    """It is asked for with a line, once it has everything imported."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        self._process = process

    def begin(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def end(self) -> None:
        assert self._process.poll() is None, "the round was over before the window: let it be shorter"
        told, _ = self._process.communicate(timeout=PATIENCE)
        assert "failed" not in told, told
        print(f"{'':10} {told.strip()}", file=sys.stderr)


@contextmanager
def _round_beside(environment: dict[str, str], moment: datetime) -> Iterator[_Beside]:
    command = [sys.executable, "-m", "tests.benchmarks.monday_round", moment.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=os.environ | environment, text=True, **pipes) as process:  # type: ignore[call-overload]
        beside = _Beside(process)
        yield beside
        beside.end()


class _Within:
    def __init__(self, url: str, moment: datetime) -> None:
        self._url = f"{url}?{urllib.parse.urlencode({'moment': moment.isoformat()})}"
        self._thread = threading.Thread(target=self._ask)
        self._told = ""

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        assert self._thread.is_alive(), "the round was over before the window: let it be shorter"
        self._thread.join(PATIENCE)
        assert self._told, "the round fell over"
        assert "failed" not in self._told, self._told
        print(f"{'':10} {self._told}", file=sys.stderr)

    def _ask(self) -> None:
        with urllib.request.urlopen(self._url, timeout=PATIENCE) as answer:
            self._told = answer.read().decode()


def table(measured: dict[str, Figures]) -> Iterator[str]:
    """Each figure alone, with the round, and how many times as much it is then."""
    alone = measured["alone"]
    for name in SHOWN:
        base = ROWS[name](alone)
        told = [f"{name:24} alone {base:8,.1f}"]
        told += [
            f"{how} {ROWS[name](one):8,.1f} ({ROWS[name](one) / base:.2f})"
            for how, one in measured.items()
            if one is not alone
        ]
        yield "   ".join(told)
