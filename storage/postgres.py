"""PostgreSQL: a pool of connections, a thread for each, any number of processes beside this one."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")
TRIES = 4
CONNECT_SECONDS = 5
"""A host that does not answer at all is as good as away."""
OF_A_LIVING_HOST = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Seconds, seconds, times: a host that vanishes says no farewell, and would be waited for for two hours."""
UNHEARD = {"tcp_user_timeout": 25_000}
"""Milliseconds for which what was sent to it may stay without an answer of its network."""


class PostgresEngine:
    """A job that lost against another transaction, or its connection before the commit, runs again."""

    def __init__(self, url: str, pool: int) -> None:
        address = make_url(url).set(drivername="postgresql+psycopg")
        self.url = url
        self._database = create_engine(
            address,
            pool_size=pool,
            max_overflow=pool,
            pool_timeout=60,
            connect_args={"connect_timeout": CONNECT_SECONDS} | OF_A_LIVING_HOST | UNHEARD,
        )
        event.listen(self._database, "connect", _durable)
        self._threads = ThreadPoolExecutor(pool, thread_name_prefix="postgres")

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self._connected() as connection:
            yield connection
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._connected() as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    async def perform(self, job: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, job)

    def claim_writing(self) -> None:
        """Any number of processes may serve."""

    def close(self) -> None:
        self._threads.shutdown()
        self._database.dispose()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection that is known to live: one that idled in the pool may have died there."""
        connection = self._database.connect()
        try:
            try:
                connection.exec_driver_sql("SELECT 1")
                connection.rollback()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                connection.close()
                connection = self._database.connect()
            yield connection
        finally:
            connection.close()

    def _run(self, job: Callable[[Connection], T]) -> T:
        for left in reversed(range(TRIES)):
            with self._database.connect() as connection:
                try:
                    result = job(connection)
                except DBAPIError as error:
                    if left and _may_run_again(error):
                        continue
                    raise
                # From here on nothing is tried again: nobody knows whether a broken commit took effect,
                # and the platform's second delivery finds it out by the inbox.
                connection.commit()
                return result
        raise AssertionError("the last try returns or raises")


def _may_run_again(error: DBAPIError) -> bool:
    lost = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
    return error.connection_invalidated or isinstance(error.orig, lost)


def _durable(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = driver.cursor()
    cursor.execute("SET synchronous_commit = on")
    for name, value in OF_A_LIVING_HOST.items():  # the same on its side: of us it would wait as long
        cursor.execute(f"SET tcp_{name} = {value}")
    cursor.close()
    driver.commit()
