"""INSERT … ON CONFLICT, which SQLAlchemy spells once for each engine."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    return insert_for(connection.dialect.name, table)


def add_counted(connection: Connection, adding: Insert) -> int:
    """Do an INSERT that leaves known rows alone; gives how many it added, which only this option keeps."""
    counted = adding.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return int(connection.execute(counted).rowcount)


def insert_for(engine: str, table: Table) -> Insert:
    return postgresql.insert(table) if engine == "postgresql" else sqlite.insert(table)
