"""Whatever breaks: what was acknowledged is kept and counts once, every reply arrives and in its order.

Here in short; `hard_times.py` takes longer over it, and crashes PostgreSQL too. Both are for `make chaos`:
starting processes over and over takes minutes on a busy machine.
"""

from functools import partial
from pathlib import Path

from tests.chaos.hardship import endure, hardship
from tests.databases import Databases
from tests.standins.telegram import Trouble

PEOPLE = 8
TROUBLES: tuple[Trouble, ...] = ("429", "500", "502")
"""None that leaves open whether it arrived: two of those in a row, and a message is given up."""


async def test_a_bad_minute(databases: Databases, engine: str, tmp_path: Path) -> None:
    with hardship(databases, engine, tmp_path, PEOPLE, think=0.3) as hard:
        blows = [hard.leave, partial(hard.kill, "delivery"), hard.take_media_away, hard.fill_disk]
        await endure(hard, blows, rest=0.2, troubles=TROUBLES)
