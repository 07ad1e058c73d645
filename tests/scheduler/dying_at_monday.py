"""A clock in its own process, killed in the middle of a Monday: URL KEYFILE FOLDER, then where it dies.

put   the third area's files and rows are there, and not yet committed
done  two areas are over, the third has not begun
"""

import asyncio
import os
import signal
import sys
from datetime import UTC
from pathlib import Path

from scheduler.monday import Monday, Prepared
from scheduler.ticker import Ticker
from storage.evidence import Evidence
from storage.keys import Keys
from storage.outbox import Outbox
from storage.store import Store
from storage.vaults import Folder
from tests.storage.duties import wita

AREAS_DONE = 2


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, keyfile: str, folder: str, where: str) -> None:
    store = Store(url, Keys.load(Path(keyfile)))
    made = Monday(Evidence(Folder(Path(folder)), store.keys), "id", lambda: wita(25, 7).astimezone(UTC))
    areas: list[str] = []
    prepare, put = Monday._prepare, Outbox.put

    def prepare_or_die(self: Monday, *rest: object) -> Prepared | None:
        areas.append(str(rest[1]))
        if where == "done" and len(areas) > AREAS_DONE:
            die()
        return prepare(self, *rest)  # type: ignore[arg-type]

    def put_and_die(self: Outbox, *rest: object, **more: object) -> int:
        row = put(self, *rest, **more)  # type: ignore[arg-type]
        if where == "put" and len(areas) > AREAS_DONE:
            die()
        return row

    Monday._prepare = prepare_or_die  # type: ignore[method-assign, assignment]
    Outbox.put = put_and_die  # type: ignore[method-assign, assignment]
    asyncio.run(Ticker(store, made.rounds(), lambda: wita(25, 7).astimezone(UTC)).look())


if __name__ == "__main__":
    main(*sys.argv[1:])
