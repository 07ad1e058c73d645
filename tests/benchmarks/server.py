"""`lapordesk serve` as it is, but that no chat has a pace of its own, and that SQL statements are counted.

A platform lets us write to one person about once a second: with it the benchmark would measure that.
"""

from itertools import count

from sqlalchemy import Engine, event

from lapordesk.app import assemble, web
from lapordesk.serving import listen
from lapordesk.settings import read_settings

STATEMENTS = "/statements"


def main() -> None:
    settings, statements = read_settings(), count()
    event.listen(Engine, "before_cursor_execute", lambda *_: next(statements))
    with assemble(settings, chat_paces={}) as works:
        works.store.claim_writing()
        app = web(works)
        app.add_api_route(STATEMENTS, lambda: next(statements), include_in_schema=False)
        listen(app, settings)


if __name__ == "__main__":
    main()
