"""Many rows into a table at once, as fast as the engine takes them, and made as the real path makes them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, Insert, Table, text

BATCH = 20_000

Rows = Iterable[Mapping[str, object]]


def without_checks(connection: Connection) -> None:
    """What is poured in is whole: PostgreSQL need not look each key up."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))


class Dry:
    """Tables without their indexes while they are filled; they are made anew at the end."""

    def __init__(self, connection: Connection, *tables: Table) -> None:
        self.connection = connection
        self.indexes = [index for table in tables for index in sorted(table.indexes, key=str)]

    def __enter__(self) -> None:
        for index in self.indexes:
            index.drop(self.connection)

    def __exit__(self, *failed: object) -> None:
        if failed == (None, None, None):
            for index in self.indexes:
                index.create(self.connection)


def pour(connection: Connection, table: Table, rows: Rows) -> None:
    """Each row has the same columns; what is not given is left to the table."""
    each = iter(rows)
    while batch := list(islice(each, BATCH)):
        names = list(batch[0])
        read = [_written(connection, table, name) for name in names]
        values = ([spell(row[name]) for name, spell in zip(names, read, strict=True)] for row in batch)
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(names))
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",
                [tuple(one) for one in values],
            )
        else:
            _copy(connection, table, names, values)


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Iterator[list[object]]) -> None:
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as into,
    ):
        for row in rows:
            into.write_row(row)


def _written(connection: Connection, table: Table, name: str) -> Callable[[object], object]:
    """How a value of that column is given to the driver."""
    spell = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return spell or (lambda value: value)


class Caught:
    """Stands where a connection stands, and keeps the rows that would be inserted, by table.

    So a case is made by the very code that makes it in service, and poured in with a thousand others.
    """

    def __init__(self, connection: Connection) -> None:
        self.dialect = connection.dialect
        self.rows: defaultdict[Table, list[Mapping[str, object]]] = defaultdict(list)
        self._last: Mapping[str, object] | None = None

    def execute(self, statement: object, given: object = None) -> "Caught":
        if isinstance(statement, Insert):
            rows = given if isinstance(given, list) else [given]
            self.rows[statement.table].extend(rows)  # type: ignore[index, arg-type]
            self._last = self.rows[statement.table][-1]  # type: ignore[index]
        return self

    def first(self) -> SimpleNamespace | None:
        """The row before, for what is chained to it."""
        return SimpleNamespace(**self._last) if self._last else None

    def scalar_one(self) -> bool:
        """Nobody listens: no other system is told."""
        return False

    def scalars(self) -> Sequence[object]:
        """Nothing is known yet of what is new."""
        return ()

    def emptied(self) -> dict[Table, list[Mapping[str, object]]]:
        caught, self.rows = dict(self.rows), defaultdict(list)
        return caught
