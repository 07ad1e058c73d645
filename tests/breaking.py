"""A database that dies at one exact moment: as a commit begins, or after it, before anybody was told.

with breaking(store, "INSERT INTO outbox", "after"):
    ...                                  # the first commit of a transaction that says so

On PostgreSQL the connection is cut, as when the server is stopped at once.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
from sqlalchemy import Connection, event
from sqlalchemy import Engine as Database

from storage.postgres import PostgresEngine
from storage.sqlite import SqliteEngine
from storage.store import Store

Moment = Literal["before", "after"]
"""The commit takes effect, or not; whoever waits for it is told of an error either way."""


@dataclass
class Broken:
    times: int = 0


@contextmanager
def breaking(store: Store, words: str, moment: Moment, times: int = 1) -> Iterator[Broken]:
    """The first commits of transactions with a statement that matches; counts how many broke."""
    database, broken = _written_to(store), Broken()
    dialect, marked = database.dialect, set[object]()
    commit = dialect.do_commit

    def mark(asked: Connection, _: Any, statement: str, *__: object) -> None:
        if re.search(words, statement, re.DOTALL):
            marked.add(asked.connection.driver_connection)

    def break_off(driver: Any) -> None:
        if driver.driver_connection not in marked or broken.times == times:
            return commit(driver)
        marked.discard(driver.driver_connection)
        broken.times += 1
        if moment == "after":
            commit(driver)
        _die(store, driver.driver_connection)
        raise _error(store)

    event.listen(database, "before_cursor_execute", mark)
    dialect.do_commit = break_off  # type: ignore[method-assign]
    try:
        yield broken
    finally:
        dialect.do_commit = commit  # type: ignore[method-assign]
        event.remove(database, "before_cursor_execute", mark)


def _written_to(store: Store) -> Database:
    engine = store.engine
    if isinstance(engine, SqliteEngine):
        return engine._writing
    assert isinstance(engine, PostgresEngine)
    return engine._database


def _die(store: Store, driver: object) -> None:
    if isinstance(driver, psycopg.Connection):
        with psycopg.connect(store.url, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", [driver.info.backend_pid])


def _error(store: Store) -> Exception:
    if isinstance(store.engine, PostgresEngine):
        return psycopg.errors.AdminShutdown("terminating connection due to administrator command")
    return sqlite3.OperationalError("disk I/O error")
