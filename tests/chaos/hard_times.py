"""Many bad minutes: a hundred people, all that can break again and again, a platform that hangs.

For `make chaos`: minutes on each engine, too long for the tests of every day. It prints what was done.
"""

import random
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from time import monotonic

from tests.chaos.hardship import Hardship, endure, hardship
from tests.chaos.neighbours import compare
from tests.databases import Databases

PEOPLE, ROUNDS = 100, 4
PATIENCE = 400.0
"""Leases of minutes, and rests that grow: all of them as they are."""
TIMES_SLOWER = 2.0
NOISE = 0.1
"""Seconds that two measurements may differ by on a machine that does other things, too."""
ROLES = {"sqlite": ("all",), "postgres": ("web", "web", "delivery", "delivery", "delivery", "clock", "clock")}


async def test_ten_bad_minutes(databases: Databases, engine: str, tmp_path: Path) -> None:
    since = monotonic()
    with hardship(databases, engine, tmp_path, PEOPLE, think=2.0, roles=ROLES[engine]) as hard:
        blows = [hard.leave]
        for _ in range(ROUNDS):
            blows += _blows(hard)
        await endure(hard, blows, rest=1.0, patience=PATIENCE)
        said = f"{engine}: {len(hard.telegram.sent)} messages arrived, {hard.doubles()} of them twice"
        print(f"\n{said}, {monotonic() - since:.0f} s; {dict(hard.blows)}", flush=True)
        without, poisoned = await compare(hard)
        print(f"the others: {without}; beside a poisoned chat: {poisoned}", flush=True)
        assert poisoned.p50 <= TIMES_SLOWER * without.p50 + NOISE
        assert poisoned.p99 <= TIMES_SLOWER * without.p99 + NOISE


def _blows(hard: Hardship) -> list[Callable[[], Awaitable[None]]]:
    kills = [partial(hard.kill, role) for role in ("web", "delivery", "delivery", "clock")]
    blows = [*kills, hard.crash_database, hard.take_media_away, hard.fill_disk]
    return random.sample(blows, len(blows))
