"""Whatever breaks: what was acknowledged is kept and counts once, every reply arrives and in its order.

Here in short; `make chaos` takes longer over it (`hard_times.py`), and crashes PostgreSQL too.
"""

from functools import partial
from pathlib import Path

from tests.chaos.hardship import endure, hardship
from tests.databases import Databases
from tests.standins.telegram import Trouble

PEOPLE = 2
TROUBLES: tuple[Trouble, ...] = ("429", "500", "502")
"""None that leaves open whether it arrived: two of those in a row, and a message is given up."""


async def test_a_bad_minute(databases: Databases, engine: str, tmp_path: Path) -> None:
    with hardship(databases, engine, tmp_path, PEOPLE, think=0.1) as hard:
        blows = [hard.leave, partial(hard.kill, "delivery"), hard.fill_disk]
        await endure(hard, blows, rest=0.2, troubles=TROUBLES)
