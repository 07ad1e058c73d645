"""The moments of the timetable that somebody has dealt with: whoever inserts the row does the job."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, func, select, update

from storage.tables import tick
from storage.upsert import insert_for

FAILED = "failed"
"""How the outcome of a job begins that fell over."""


@dataclass(frozen=True, slots=True)
class Run:
    """The last moment of a job that somebody dealt with."""

    scheduled_for: datetime
    at: datetime
    outcome: str
    is_over: bool
    succeeded_at: datetime | None
    """When it last did what it should; None when it never has."""

    @property
    def is_well(self) -> bool:
        return not self.outcome.startswith(FAILED)


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

    def resume(self, job: str, scheduled_for: datetime) -> str | None:
        """What came so far of a job that is done in parts and not over; nobody else goes on with it until
        this transaction ends. None when it is over."""
        row = self.connection.execute(_RESUME, {"of": job, "for": scheduled_for}).first()
        return None if row is None or row.is_over else str(row.outcome)

    def note(self, job: str, scheduled_for: datetime, outcome: str, *, is_over: bool = True) -> None:
        """What came of it, in a word for whoever looks after the machine."""
        told = {"of": job, "for": scheduled_for, "came": outcome, "over": is_over}
        self.connection.execute(_NOTE, told)

    def outcome(self, job: str, scheduled_for: datetime) -> str:
        """What came of it; empty where nobody has dealt with that moment."""
        return str(self.connection.execute(_OUTCOME, {"of": job, "for": scheduled_for}).scalar() or "")

    def run(self, job: str) -> Run | None:
        """What the clock did for the job last; None when it never ran."""
        row = self.connection.execute(_RUN, {"of": job}).first()
        if row is None:
            return None
        done = self.connection.execute(_DONE, {"of": job}).scalar()
        return Run(row.scheduled_for, row.at, row.outcome, row.is_over, done)

    def last(self, job: str) -> datetime | None:
        last: datetime | None = self.connection.execute(_LAST, {"of": job}).scalar()
        return last


@cache
def _take(engine: str) -> Executable:
    return insert_for(engine, tick).on_conflict_do_nothing().returning(tick.c.job)


_NOTE = (
    update(tick)
    .where(tick.c.job == bindparam("of"), tick.c.scheduled_for == bindparam("for"))
    .values(outcome=bindparam("came"), is_over=bindparam("over"))
)
_RESUME = (
    select(tick.c.outcome, tick.c.is_over)
    .where(tick.c.job == bindparam("of"), tick.c.scheduled_for == bindparam("for"))
    .with_for_update()
)
_OUTCOME = select(tick.c.outcome).where(
    tick.c.job == bindparam("of"), tick.c.scheduled_for == bindparam("for")
)
_RUN = select(tick).where(tick.c.job == bindparam("of")).order_by(tick.c.scheduled_for.desc()).limit(1)
_DONE = (
    select(tick.c.at)
    .where(tick.c.job == bindparam("of"), tick.c.is_over, ~tick.c.outcome.startswith(FAILED))
    .order_by(tick.c.scheduled_for.desc())
    .limit(1)
)
_TAKEN = select(tick.c.job).where(tick.c.job == bindparam("of"), tick.c.scheduled_for == bindparam("for"))
_LAST = select(func.max(tick.c.scheduled_for)).where(tick.c.job == bindparam("of"))
