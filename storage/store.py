"""The way in to what is remembered: one transaction per waking, on SQLite or PostgreSQL alike.

with store.begin() as book: ...        # reads and writes, commits at its end
with store.reading() as book: ...      # one consistent view, writes nothing
await store.perform(turn)              # turn(book) in a transaction, off the event loop
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

from sqlalchemy import Connection, inspect, make_url, select

from storage.book import Book
from storage.keys import Keys
from storage.postgres import PostgresEngine
from storage.sqlite import SqliteEngine
from storage.tables import setting
from storage.upsert import insert_into

T = TypeVar("T")


class StoreUnusable(Exception):
    """The database cannot be used as it is."""


class Engine(Protocol):
    """What SQLite and PostgreSQL do each in their own way."""

    def begin(self) -> AbstractContextManager[Connection]: ...

    def reading(self) -> AbstractContextManager[Connection]: ...

    def perform(self, job: Callable[[Connection], T]) -> Awaitable[T]: ...

    def claim_writing(self) -> None: ...

    def close(self) -> None: ...


class Store:
    """Opens a database that `storage/migrate.py` brought up to date; refuses one written with other keys."""

    def __init__(self, url: str, keys: Keys, *, pool: int = 8) -> None:
        self.url = url
        self.keys = keys
        self.engine: Engine = SqliteEngine(url) if is_sqlite(url) else PostgresEngine(url, pool)
        try:
            self._check()
        except BaseException:
            self.engine.close()
            raise

    @contextmanager
    def begin(self) -> Iterator[Book]:
        """One write transaction: committed at the end, rolled back by an exception."""
        with self.engine.begin() as connection:
            yield Book(connection, self.keys)

    @contextmanager
    def reading(self) -> Iterator[Book]:
        with self.engine.reading() as connection:
            yield Book(connection, self.keys)

    async def perform(self, job: Callable[[Book], T]) -> T:
        """Run the job in a transaction of its own and give its result once that is committed.

        The job may run twice when the database asks for it, so it does nothing but read and write the book.
        """
        keys = self.keys
        return await self.engine.perform(lambda connection: job(Book(connection, keys)))

    def claim_writing(self) -> None:
        """Say that this process serves; on SQLite only one may: `AlreadyServed` for a second."""
        self.engine.claim_writing()

    def close(self) -> None:
        self.engine.close()

    def _check(self) -> None:
        with self.engine.reading() as connection:
            if not inspect(connection).has_table(setting.name):
                raise StoreUnusable(
                    "the database is empty or older than this program: run `lapordesk migrate`"
                )
            known = _prints(connection)
        if known != self.keys.prints():
            self._introduce(known)

    def _introduce(self, known: dict[str, str]) -> None:
        """Note new keys in the database; refuse when it knows others than the file has."""
        prints = self.keys.prints()
        rows = [{"name": name, "value": value} for name, value in prints.items() if name not in known]
        with self.engine.begin() as connection:
            if rows:
                connection.execute(insert_into(connection, setting).on_conflict_do_nothing(), rows)
            if _prints(connection) != prints:
                raise StoreUnusable("the database was written with other keys than those in the key file")


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _prints(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(setting.c.name, setting.c.value).where(setting.c.name.like("keys.%")))
    return {row.name: row.value for row in rows}
