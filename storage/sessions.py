"""Where each conversation stands, sealed; the row is also the lock that puts a person's turns in a row."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, delete, select

from storage.keys import Keys
from storage.tables import AnyRow, session
from storage.upsert import insert_for

BATCH = 500


class Sessions:
    """An owner is "person:12", or "address:55" while nobody is known there."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def open(self, owner: str) -> str | None:
        """The state as JSON, and the lock on it until the transaction ends; None where there is none."""
        return self.open_all([owner])[owner]

    def open_all(self, owners: Iterable[str]) -> dict[str, str | None]:
        """The same for several: one trip to the database."""
        wanted = [{"owner": owner} for owner in sorted(set(owners))]
        found = self.connection.execute(_open(self.connection.dialect.name), wanted)
        return {row.owner: self._state(row) for row in found}

    def peek(self, owner: str) -> str | None:
        """The same without the lock, for whoever only looks."""
        sealed = self.connection.execute(_PEEK, {"whose": owner}).scalar()
        return None if sealed is None else self.keys.open(sealed, "session", "state", owner)

    def keep(self, owner: str, state: str, now: datetime) -> None:
        self.keep_all([(owner, state, now)])

    def keep_all(self, states: Iterable[tuple[str, str, datetime]]) -> None:
        """Owner, state and time of each: one trip to the database."""
        rows = [
            {
                "owner": owner,
                "state_sealed": self.keys.seal(state, "session", "state", owner),
                "updated_at": now,
            }
            for owner, state, now in states
        ]
        self.connection.execute(_keep(self.connection.dialect.name), rows)

    def drop(self, owner: str) -> None:
        self.connection.execute(_DROP, {"whose": owner})

    def carry(self, from_owner: str, to_owner: str, now: datetime) -> None:
        """Give a conversation to its rightful owner, unless that one is in the middle of another."""
        state, standing = self.open(from_owner), self.open(to_owner)
        if state is not None and standing is None:
            self.keep(to_owner, state, now)
        self.drop(from_owner)

    def quiet(self, since: datetime, until: datetime) -> Iterator[tuple[str, str]]:
        """Owner and state of what was last touched from `since` to `until`; nothing is locked by it."""
        last = ""
        while rows := self.connection.execute(_QUIET, {"after": last, "since": since, "until": until}).all():
            for row in rows:
                yield row.owner, self.keys.open(row.state_sealed, "session", "state", row.owner)
            last = rows[-1].owner

    def _state(self, row: AnyRow) -> str | None:
        sealed = row.state_sealed
        return None if sealed is None else self.keys.open(sealed, "session", "state", row.owner)


@cache
def _open(engine: str) -> Executable:
    """Inserting what is missing locks also a conversation that has not begun yet."""
    return (
        insert_for(engine, session)
        .on_conflict_do_update(index_elements=[session.c.owner], set_={"owner": session.c.owner})
        .returning(session.c.owner, session.c.state_sealed)
    )


@cache
def _keep(engine: str) -> Executable:
    insert = insert_for(engine, session)
    taken = {"state_sealed": insert.excluded.state_sealed, "updated_at": insert.excluded.updated_at}
    return insert.on_conflict_do_update(index_elements=[session.c.owner], set_=taken)


_PEEK = select(session.c.state_sealed).where(session.c.owner == bindparam("whose"))
_DROP = delete(session).where(session.c.owner == bindparam("whose"))
_QUIET = (
    select(session.c.owner, session.c.state_sealed)
    .where(
        session.c.owner > bindparam("after"),
        session.c.updated_at.between(bindparam("since"), bindparam("until")),
        session.c.state_sealed.is_not(None),
    )
    .order_by(session.c.owner)
    .limit(BATCH)
)
