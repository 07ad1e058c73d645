"""A table's rows as JSON that either engine gives and takes: what a column holds is said beside its name.

area    [["code", "text"], ["name", "text"], …]       ["64", "Kalimantan Timur", …]
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    select,
)
from sqlalchemy.types import TypeEngine

from storage.tables import UTCDateTime

BATCH = 200

Value = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is written, and as what it is read back."""

    type: TypeEngine[Any]
    write: Value
    read: Value


@dataclass(frozen=True, slots=True)
class Layout:
    """A table as it was when the backup was taken."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, table: Table) -> "Layout":
        return cls(table.name, tuple((column.name, kind_of(column)) for column in table.columns))

    @classmethod
    def read(cls, content: bytes) -> "Layout":
        told = json.loads(content)
        return cls(told["name"], tuple((name, kind) for name, kind in told["columns"]))

    def written(self) -> bytes:
        return json.dumps({"name": self.name, "columns": self.columns}).encode()

    def table(self) -> Table:
        """Enough of it to insert into; it need not be the table that this program knows."""
        columns: list[Column[object]] = [Column(name, KINDS[kind].type) for name, kind in self.columns]
        return Table(self.name, MetaData(), *columns)

    def write(self, row: tuple[object, ...]) -> list[object]:
        return [_each(KINDS[kind].write, value) for (_, kind), value in zip(self.columns, row, strict=True)]

    def read_row(self, row: list[object]) -> list[object]:
        return [_each(KINDS[kind].read, value) for (_, kind), value in zip(self.columns, row, strict=True)]


def kind_of(column: Column[object]) -> str:
    for types, kind in _OF_TYPES:
        if isinstance(column.type, types):
            return kind
    raise TypeError(f"{column.table.name}.{column.name} is of a type that backups do not know")


def batches(connection: Connection, table: Table) -> Iterator[list[list[object]]]:
    """All rows in the order of their key; only a batch of them is in memory."""
    layout = Layout.of(table)
    streaming = connection.execution_options(stream_results=True, yield_per=BATCH)
    with streaming.execute(select(table).order_by(*table.primary_key.columns)) as result:
        rows = iter(result)
        while batch := [layout.write(tuple(row)) for row in islice(rows, BATCH)]:
            yield batch


def _each(change: Value, value: object) -> object:
    return None if value is None else change(value)


def _same(value: object) -> object:
    return value


def _letters(value: object) -> str:
    assert isinstance(value, bytes | memoryview)
    return base64.b64encode(value).decode()


def _bytes(value: object) -> bytes:
    return base64.b64decode(str(value), validate=True)


def _iso(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


KINDS = {
    "int": Kind(BigInteger(), _same, _same),
    "float": Kind(Float(), _same, _same),
    "text": Kind(Text(), _same, _same),
    "bool": Kind(Boolean(), _same, _same),
    "bytes": Kind(LargeBinary(), _letters, _bytes),
    "time": Kind(UTCDateTime(), _iso, lambda value: datetime.fromisoformat(str(value))),
    "date": Kind(Date(), _iso, lambda value: date.fromisoformat(str(value))),
}
_OF_TYPES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (UTCDateTime, "time"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (Boolean, "bool"),
    (Integer, "int"),
    (Float, "float"),
    (String, "text"),
)
