"""Whatever breaks: what was acknowledged is kept and counts once, every reply arrives and in its order.

Here in short, by processes of little patience; `hard_times.py` takes longer over it.
"""

from functools import partial
from pathlib import Path

import pytest

from tests.chaos.hardship import endure, hardship
from tests.chaos.hasty import HastyServer
from tests.databases import Databases

PEOPLE = 6


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_a_bad_minute(databases: Databases, engine: str, tmp_path: Path) -> None:
    with hardship(databases, engine, tmp_path, PEOPLE, think=0.2, kind=HastyServer) as hard:
        blows = [
            hard.leave,
            partial(hard.kill, "web"),
            partial(hard.fill_disk, 0.8),
            partial(hard.kill, "delivery"),
            hard.crash_database,
            partial(hard.take_media_away, 0.8),
            partial(hard.kill, "clock"),
        ]
        await endure(hard, blows, rest=0.1)
