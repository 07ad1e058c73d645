"""Puts the rows of a backup into a database that was just built: COPY on PostgreSQL, INSERT on SQLite."""

from collections.abc import Iterator
from datetime import datetime

import psycopg
from psycopg import sql
from sqlalchemy import Connection, func, select, update
from sqlalchemy import insert as insert_into

from storage.backup.frames import ROWS, TABLE, Counts, FrameReader, read_rows
from storage.backup.refusals import BackupRefused
from storage.backup.rows import Layout
from storage.erasing import UNLESS_SECRET
from storage.tables import IS_TO_TELL, hook_delivery, outbox

HELD = "restored"
"""Why a message is parked that was waiting when the backup was taken."""


def load_tables(connection: Connection, frames: FrameReader, counts: Counts) -> None:
    for described in frames.take(TABLE):
        layout = Layout.read(described)
        counts.rows[layout.name] = _load(connection, layout, _batches(frames, layout))
    if not _is_postgres(connection) and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BackupRefused("damaged")


def settle_outbox(connection: Connection, now: datetime, *, hold: bool) -> int:
    """Nobody holds a lease any more. What was waiting is parked for a person to look at, or goes on waiting;
    gives how many rows it was."""
    connection.execute(
        update(outbox).where(outbox.c.state == "leased").values(state="waiting", due_at=now, holder="")
    )
    waiting = outbox.c.state == "waiting"
    if hold:
        parked = (
            update(outbox).where(waiting).values(**UNLESS_SECRET, state="parked", due_at=None, reason=HELD)
        )
        return connection.execute(parked).rowcount
    return connection.execute(select(func.count()).where(waiting)).scalar_one()


def settle_hooks(connection: Connection, now: datetime, *, hold: bool) -> None:
    """The same for what other systems are to be told: it is dropped, and can be sent again one by one."""
    held: dict[str, object] = {"state": "dropped", "due_at": None, "answer": HELD}
    going: dict[str, object] = {"state": "waiting", "due_at": now, "holder": ""}
    unsettled = IS_TO_TELL if hold else hook_delivery.c.state == "leased"
    connection.execute(update(hook_delivery).where(unsettled).values(**(held if hold else going)))


def _batches(frames: FrameReader, layout: Layout) -> Iterator[list[list[object]]]:
    for content in frames.take(ROWS):
        yield [layout.read_row(row) for row in read_rows(content)]


def _load(connection: Connection, layout: Layout, batches: Iterator[list[list[object]]]) -> int:
    if _is_postgres(connection):
        count = _copy(connection, layout, batches)
        _set_sequence(connection, layout)
        return count
    table, count = layout.table(), 0
    names = [name for name, _ in layout.columns]
    for rows in batches:
        connection.execute(insert_into(table), [dict(zip(names, row, strict=True)) for row in rows])
        count += len(rows)
    return count


def _copy(connection: Connection, layout: Layout, batches: Iterator[list[list[object]]]) -> int:
    """One statement a table: only at its end does PostgreSQL look where the rows point, at each other too."""
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in layout.columns)
    copying = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(layout.name), names)
    count = 0
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with driver.cursor() as cursor, cursor.copy(copying) as copy:
        for rows in batches:
            for row in rows:
                copy.write_row(row)
            count += len(rows)
    return count


def _set_sequence(connection: Connection, layout: Layout) -> None:
    """What numbers the rows goes on after the last of them; without a row or a sequence nothing happens."""
    if ("id", "int") in layout.columns:
        sequence = func.pg_get_serial_sequence(layout.name, "id")
        connection.execute(select(func.setval(sequence, func.max(layout.table().c.id))))


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
