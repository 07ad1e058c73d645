"""A process that does the Monday round when it is told to, as the clock would, beside a server or in it.

python -m tests.benchmarks.monday_round 2024-11-18T07:00:00+08:00
"""

import asyncio
import sys
from datetime import datetime

from lapordesk.app import Works, assemble
from lapordesk.settings import read_settings
from scheduler.monday import Monday

ZONE = "Asia/Makassar"


async def go_round(works: Works, moment: datetime) -> str:
    """All areas of the zone; what came of it."""
    round_ = Monday(works.evidence, works.settings.language, works.turns.clock)
    return await round_.send_all(ZONE, works.store, moment, moment)


def main() -> None:
    with assemble(read_settings()) as works:
        print("ready", flush=True)
        sys.stdin.readline()
        print(asyncio.run(go_round(works, datetime.fromisoformat(sys.argv[1]))))


if __name__ == "__main__":
    main()
