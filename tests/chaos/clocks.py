"""Three clock processes that are told the time, and killed."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from time import monotonic, sleep

from tests.chaos.clockwork import tick

LONGEST = 0.5
"""Seconds: nobody waits longer before a kill."""
PATIENCE = 60.0


class Clockwork:
    """One of the clocks: a process, and another one once that is killed. What they need is imported once."""

    def __init__(self, url: str, key_file: Path, folder: Path) -> None:
        self._given = (url, key_file, folder)
        self._apart = multiprocessing.get_context("forkserver")
        self._apart.set_forkserver_preload([tick.__module__])
        self.process, self.pipe = self._begin()

    def tell(self, number: int, moment: datetime) -> None:
        self.pipe.send((number, moment))

    def until_done(self, number: int) -> None:
        assert self.pipe.poll(PATIENCE), "a clock stands still"
        assert self.pipe.recv() == number

    def kill(self) -> bool:
        """Was it still at work?"""
        was_done = self.pipe.poll()
        self.process.kill()
        self._end()
        self.process, self.pipe = self._begin()
        return not was_done

    def stop(self) -> None:
        self.pipe.send(None)
        self._end()

    def _begin(self) -> tuple[ForkServerProcess, Connection]:
        ours, theirs = self._apart.Pipe()
        process = self._apart.Process(target=tick, args=(theirs, *self._given), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def _end(self) -> None:
        self.process.join(PATIENCE)
        self.process.close()
        self.pipe.close()


@dataclass
class Clockworks:
    running: list[Clockwork]
    chance: Random
    told: int = 0
    killed: int = 0
    at_work: int = 0
    """So many of the killed had not ended what they were told."""
    _took: float = 0.0

    def tell(self, moment: datetime, *, kill: bool) -> None:
        """All are told the time at once; one may be killed at it, and who takes its place is told too."""
        self.told += 1
        began = monotonic()
        for one in self.running:
            one.tell(self.told, moment)
        if kill:
            self._kill_one(moment)
        for one in self.running:
            one.until_done(self.told)
        if not kill:
            self._took = monotonic() - began

    def _kill_one(self, moment: datetime) -> None:
        """At any instant of as long as they took before."""
        unlucky = self.chance.choice(self.running)
        sleep(self.chance.uniform(0, min(self._took, LONGEST)))
        self.killed += 1
        self.at_work += unlucky.kill()
        unlucky.tell(self.told, moment)


@contextmanager
def clockworks(chance: Random, url: str, key_file: Path, folder: Path) -> Iterator[Clockworks]:
    running = [Clockwork(url, key_file, folder) for _ in range(3)]
    try:
        yield Clockworks(running, chance)
    finally:
        for one in running:
            one.stop()
