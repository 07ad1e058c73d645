"""SQLite: one connection that writes, in one thread, many jobs a commit; others only read.

A commit with `synchronous=FULL` waits for the disk, so up to 64 waiting jobs share one, each in a savepoint
of its own: a job that fails takes back only what it wrote. Nobody is told of success before the commit.
"""

import asyncio
import fcntl
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy import Engine as Database
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

T = TypeVar("T")
BATCH = 64
PATIENCE = 30.0
"""Seconds to wait for another process's short write."""


class AlreadyServed(Exception):
    """Another process serves this SQLite file: stop it first, or use PostgreSQL for several."""


@dataclass(eq=False, slots=True)
class Waiting:
    """A job and the one who waits for it."""

    job: Callable[[Connection], object]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[object]
    result: object = None
    error: Exception | None = None

    def settle(self) -> None:
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class SqliteEngine:
    """One file. `begin` and the writer thread take turns on the one writing connection."""

    def __init__(self, url: str) -> None:
        self.path = _path(url)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._writing = _database(url, begin="BEGIN IMMEDIATE", poolclass=StaticPool)
        self._reading = _database(url, begin="BEGIN", poolclass=QueuePool, pool_size=8, max_overflow=8)
        event.listen(self._reading, "connect", _only_read)
        self._turn = threading.Lock()
        self._jobs: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock_file: int | None = None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self._turn, self._writing.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._reading.connect() as connection:
            yield connection

    async def perform(self, job: Callable[[Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._start()
        self._jobs.put(Waiting(job, loop, future))  # type: ignore[arg-type]  # Waiting forgets T
        return await future

    def claim_writing(self) -> None:
        """Hold the lock file beside the database as long as this process lives; `kill -9` frees it too."""
        if self._lock_file is not None:
            return
        handle = os.open(_held(self.path), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise AlreadyServed(f"{AlreadyServed.__doc__} ({self.path})") from None
        self._lock_file = handle

    def close(self) -> None:
        """Finish the jobs that wait, then let go of the file."""
        with self._turn:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._jobs.put(None)
            thread.join()
        self._reading.dispose()
        self._writing.dispose()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="sqlite-writer", daemon=True)
            self._thread.start()

    def _write(self) -> None:
        open_for_more = True
        while open_for_more:
            batch, open_for_more = self._next_batch()
            if batch:
                self._commit(batch)
                _tell(batch)

    def _next_batch(self) -> tuple[list[Waiting], bool]:
        """Wait for one job, then take what else is there already; False once the engine closes."""
        batch: list[Waiting] = []
        waiting = self._jobs.get()
        while waiting is not None:
            batch.append(waiting)
            if len(batch) == BATCH:
                return batch, True
            try:
                waiting = self._jobs.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: list[Waiting]) -> None:
        try:
            with self._turn, self._writing.begin() as connection:
                for waiting in batch:
                    _run(connection, waiting)
        except sqlite3.Error as error:  # of a savepoint: whoever waits knows only SQLAlchemy's
            _fail(batch, OperationalError("SAVEPOINT", None, error))
        except Exception as error:
            _fail(batch, error)


def is_served(url: str) -> bool:
    """Does a process hold that database's lock file?"""
    try:
        with _held(_path(url)).open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _path(url: str) -> Path:
    return Path(make_url(url).database or "")


def _held(path: Path) -> Path:
    return path.with_name(f"{path.name}.serving")


def _run(connection: Connection, waiting: Waiting) -> None:
    """One job in its savepoint; raises only when the transaction itself is gone."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("SAVEPOINT job")
    try:
        waiting.result = waiting.job(connection)
    except Exception as error:
        waiting.error = error
        driver.execute("ROLLBACK TO job")
    driver.execute("RELEASE job")


def _fail(batch: list[Waiting], error: Exception) -> None:
    for waiting in batch:
        waiting.error = waiting.error or error


def _tell(batch: list[Waiting]) -> None:
    """Wake each event loop once for all of its jobs."""
    loops: dict[asyncio.AbstractEventLoop, list[Waiting]] = {}
    for waiting in batch:
        loops.setdefault(waiting.loop, []).append(waiting)
    for loop, told in loops.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, told)


def _settle(told: list[Waiting]) -> None:
    for waiting in told:
        waiting.settle()


def _database(url: str, begin: str, **pool: object) -> Database:
    arguments = {"isolation_level": None, "timeout": PATIENCE, "check_same_thread": False}
    database = create_engine(url, connect_args=arguments, **pool)
    event.listen(database, "connect", _durable)
    event.listen(database, "begin", lambda connection: connection.exec_driver_sql(begin))
    return database


def _durable(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = driver.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _only_read(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = driver.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()
