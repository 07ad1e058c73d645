"""Which processes live: each says so every few seconds, and who has been silent for a while is no more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, delete, select

from storage.tables import process
from storage.upsert import insert_for

LIVES = timedelta(seconds=8)
"""Without a word for so long, its work is taken over."""
REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Process:
    name: str
    role: str
    since: datetime
    seen_at: datetime


class Processes:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def beat(self, name: str, role: str, now: datetime) -> list[Process]:
        """This one lives; gives all of its role that do, by name."""
        row = {"name": name, "role": role, "since": now, "seen_at": now}
        self.connection.execute(_beat(self.connection.dialect.name), row)
        self.connection.execute(_FORGET, {"before": now - REMEMBERED})
        return [one for one in self.alive(now) if one.role == role]

    def alive(self, now: datetime) -> list[Process]:
        rows = self.connection.execute(_ALIVE, {"after": now - LIVES})
        return [Process(*row) for row in rows]

    def leave(self, name: str) -> None:
        """It goes in order: nobody need wait for it to be missed."""
        self.connection.execute(_LEAVE, {"gone": name})


@cache
def _beat(engine: str) -> Executable:
    here = insert_for(engine, process)
    return here.on_conflict_do_update(
        index_elements=[process.c.name], set_={"seen_at": here.excluded["seen_at"]}
    )


_ALIVE = (
    select(process.c.name, process.c.role, process.c.since, process.c.seen_at)
    .where(process.c.seen_at > bindparam("after"))
    .order_by(process.c.name)
)
_FORGET = delete(process).where(process.c.seen_at < bindparam("before"))
_LEAVE = delete(process).where(process.c.name == bindparam("gone"))
