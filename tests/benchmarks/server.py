"""`lapordesk serve` as it is, but that no chat has a pace of its own, that SQL statements and the time of
each stage are counted, and that a Monday can be asked for.

A platform lets us write to one person about once a second: with that the benchmark would measure the pace.
"""

import sys
from datetime import datetime
from itertools import count

from sqlalchemy import Engine, event

from lapordesk.app import assemble, web
from lapordesk.serving import listen
from lapordesk.settings import read_settings
from tests.benchmarks.monday_round import go_round
from tests.benchmarks.stages import Stopwatch

COUNTED, MONDAY = "/counted", "/monday"


def main() -> None:
    settings, statements = read_settings(), count()
    spent = Stopwatch().spent if "stages" in sys.argv else {}
    event.listen(Engine, "before_cursor_execute", lambda *_: next(statements))
    with assemble(settings, chat_paces={}) as works:
        works.store.claim_writing()
        app = web(works)

        @app.get(COUNTED)
        async def counted() -> dict[str, float]:
            return {"statements": next(statements), **spent}

        @app.get(MONDAY)
        async def monday(moment: datetime) -> str:
            return await go_round(works, moment)

        listen(app, settings)


if __name__ == "__main__":
    main()
