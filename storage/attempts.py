"""How often a wrong tracking code was tried, from one address and from all; how many cases came from where.

address:55    3 wrong since 12:04      five within a quarter of an hour, then a rest
all         212 wrong since 12:00      beyond 300 somebody tries many: then an address has two
opened:55     2 since 09:30            cases opened within a day
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Literal

from sqlalchemy import Connection, Executable, bindparam, case, delete, select

from storage.tables import attempt
from storage.upsert import insert_for

WINDOW = timedelta(minutes=15)
DAY = timedelta(days=1)
TRIES = 5
TRIES_UNDER_ATTACK = 2
"""At least one, or whoever tries codes would shut out those who have one."""
BUDGET = 300
ALL = "all"


class Attempts:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def standing(self, address_id: int | str, now: datetime) -> Literal["open", "wait"]:
        """May another code be tried from there?"""
        wrong = self._counts([_owner(address_id), ALL], now - WINDOW)
        tries = TRIES if wrong.get(ALL, 0) < BUDGET else TRIES_UNDER_ATTACK
        return "open" if wrong.get(_owner(address_id), 0) < tries else "wait"

    def note(self, address_id: int | str, now: datetime) -> None:
        """A wrong code came from there."""
        for owner in (_owner(address_id), ALL):  # always in this order, so that two never block one another
            self._count(owner, now, WINDOW)

    def opened(self, address_id: int, now: datetime) -> None:
        """A case was opened from there."""
        self._count(_opener(address_id), now, DAY)

    def opened_since(self, address_id: int, since: datetime) -> int:
        return self._counts([_opener(address_id)], since).get(_opener(address_id), 0)

    def forget(self, address_id: int) -> None:
        owners = [_owner(address_id), _opener(address_id)]
        self.connection.execute(_FORGET, {"owners": owners})

    def tidy(self, now: datetime) -> None:
        """What is older than any window counts no more."""
        self.connection.execute(_TIDY, {"ended": now - DAY})

    def _count(self, owner: str, now: datetime, window: timedelta) -> None:
        row = {"owner": owner, "since": now, "wrong": 1, "begun": now - window}
        self.connection.execute(_count(self.connection.dialect.name), row)

    def _counts(self, owners: list[str], since: datetime) -> dict[str, int]:
        rows = self.connection.execute(_COUNTS, {"owners": owners, "begun": since})
        return {row.owner: row.wrong for row in rows}


def _owner(address_id: int | str) -> str:
    """Who tries from outside any chat has a name of their own: web:5f0c…"""
    return address_id if isinstance(address_id, str) else f"address:{address_id}"


def _opener(address_id: int) -> str:
    return f"opened:{address_id}"


@cache
def _count(engine: str) -> Executable:
    """One more; from one anew when the window has ended."""
    insert = insert_for(engine, attempt)
    ended = attempt.c.since <= bindparam("begun")
    return insert.on_conflict_do_update(
        index_elements=[attempt.c.owner],
        set_={
            "since": case((ended, insert.excluded.since), else_=attempt.c.since),
            "wrong": case((ended, 1), else_=attempt.c.wrong + 1),
        },
    )


_COUNTS = select(attempt.c.owner, attempt.c.wrong).where(
    attempt.c.owner.in_(bindparam("owners", expanding=True)), attempt.c.since > bindparam("begun")
)
_FORGET = delete(attempt).where(attempt.c.owner.in_(bindparam("owners", expanding=True)))
_TIDY = delete(attempt).where(attempt.c.since <= bindparam("ended"))
