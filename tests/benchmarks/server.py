"""`lapordesk serve` as it is, but that no chat has a pace of its own, that SQL statements are counted, and
that a Monday can be asked for.

A platform lets us write to one person about once a second: with that the benchmark would measure the pace.
"""

from datetime import datetime
from itertools import count

from sqlalchemy import Engine, event

from lapordesk.app import assemble, web
from lapordesk.serving import listen
from lapordesk.settings import read_settings
from tests.benchmarks.monday_round import go_round

STATEMENTS, MONDAY = "/statements", "/monday"


def main() -> None:
    settings, statements = read_settings(), count()
    event.listen(Engine, "before_cursor_execute", lambda *_: next(statements))
    with assemble(settings, chat_paces={}) as works:
        works.store.claim_writing()
        app = web(works)

        @app.get(STATEMENTS)
        async def count_of_statements() -> int:
            return next(statements)

        @app.get(MONDAY)
        async def monday(moment: datetime) -> str:
            return await go_round(works, moment)

        listen(app, settings)


if __name__ == "__main__":
    main()
