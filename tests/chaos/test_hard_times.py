"""Whatever breaks: what was acknowledged is kept and counts once, every reply arrives and in its order.

Here in short; `make chaos` takes longer over it (`hard_times.py`), and crashes PostgreSQL too.
"""

from functools import partial
from pathlib import Path

from tests.chaos.hardship import endure, hardship
from tests.databases import Databases

PEOPLE = 8


async def test_a_bad_minute(databases: Databases, engine: str, tmp_path: Path) -> None:
    with hardship(databases, engine, tmp_path, PEOPLE, think=0.3) as hard:
        blows = [hard.leave, partial(hard.kill, "delivery"), hard.take_media_away, hard.fill_disk]
        blows += [partial(hard.kill, "web"), partial(hard.kill, "clock")]
        await endure(hard, blows, rest=0.2)
