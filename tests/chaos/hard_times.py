"""Ten bad minutes, not one: a hundred people, whatever breaks again and again, and a platform that hangs.

For `make chaos`: minutes on each engine, too long for the tests of every day.
"""

import random
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from tests.chaos.hardship import SLOW, Hardship, endure, hardship
from tests.databases import Databases

PEOPLE, ROUNDS = 100, 4
ROLES = {"sqlite": ("all",), "postgres": ("web", "web", "delivery", "delivery", "delivery", "clock", "clock")}


async def test_ten_bad_minutes(databases: Databases, engine: str, tmp_path: Path) -> None:
    with hardship(databases, engine, tmp_path, PEOPLE, think=2.0, roles=ROLES[engine]) as hard:
        blows = [hard.leave]
        for _ in range(ROUNDS):
            blows += _blows(hard)
        await endure(hard, blows, rest=1.0, troubles=SLOW)


def _blows(hard: Hardship) -> list[Callable[[], Awaitable[None]]]:
    kills = [partial(hard.kill, role) for role in ("web", "delivery", "delivery", "clock")]
    blows = [*kills, hard.crash_database, hard.take_media_away, hard.fill_disk]
    return random.sample(blows, len(blows))
