"""The moments of the timetable that somebody has dealt with: whoever inserts the row does the job."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, func, select, update

from storage.tables import tick
from storage.upsert import insert_for


class Ticks:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def take(self, job: str, scheduled_for: datetime, now: datetime) -> bool:
        """True for exactly one caller; the row stands only if the caller's transaction commits."""
        row = {"job": job, "scheduled_for": scheduled_for, "outcome": "", "at": now}
        taken = self.connection.execute(_take(self.connection.dialect.name), row).scalar()
        return taken is not None

    def is_taken(self, job: str, scheduled_for: datetime) -> bool:
        return self.connection.execute(_TAKEN, {"of": job, "for": scheduled_for}).first() is not None

    def note(self, job: str, scheduled_for: datetime, outcome: str) -> None:
        """What came of it, in a word for whoever looks after the machine."""
        self.connection.execute(_NOTE, {"of": job, "for": scheduled_for, "came": outcome})

    def last(self, job: str) -> datetime | None:
        last: datetime | None = self.connection.execute(_LAST, {"of": job}).scalar()
        return last


@cache
def _take(engine: str) -> Executable:
    return insert_for(engine, tick).on_conflict_do_nothing().returning(tick.c.job)


_NOTE = (
    update(tick)
    .where(tick.c.job == bindparam("of"), tick.c.scheduled_for == bindparam("for"))
    .values(outcome=bindparam("came"))
)
_TAKEN = select(tick.c.job).where(tick.c.job == bindparam("of"), tick.c.scheduled_for == bindparam("for"))
_LAST = select(func.max(tick.c.scheduled_for)).where(tick.c.job == bindparam("of"))
