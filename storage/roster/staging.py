"""A roster's rows beside the tables that they are to change: a temporary table, gone with the transaction.

line name          phone  role  area               person  known_as  place  post  stays  before
2    Siti Aminah   9f…    ptps  64.72.03.1005.012  17      Siti             40    true
3    Contoh Budi   1c…    ptps  64.72.03.1005.013  2041              1      41    false  18

The left half is what the sheet says. The right half is found out: who that is and was called, who of several
chooses first, which seat they get, whether they hold it already, and else who does.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TypeVar

from sqlalchemy import Boolean, Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, Text

from core.model.zones import zone_of
from storage.keys import Keys
from storage.people import SEATS
from storage.roster.entries import Entry
from storage.tables.types import Code, Id

T = TypeVar("T")
PAGE = 2000

staged = Table(
    "staged",
    MetaData(),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("phone", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("role", String(16), nullable=False),
    Column("area", Code, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("seats", Integer),
    Column("person", Id),
    Column("known_as", Text),
    Column("place", Integer),
    Column("post", Id),
    Column("stays", Boolean, nullable=False),
    Column("before", Id),
    Index("ix_staged_post", "post"),
    Index("ix_staged_person", "person"),
    Index("ix_staged_area", "area", "role", "place"),
    prefixes=["TEMPORARY"],
)


def stage(connection: Connection, keys: Keys, entries: Iterable[Entry]) -> Iterator[int]:
    """Make the table and fill it; gives page by page how many rows it holds. `clear` takes it away."""
    staged.create(connection, checkfirst=False)
    many = 0
    for page in pages(entries, PAGE):
        connection.execute(staged.insert(), [_row(entry, keys) for entry in page])
        many += len(page)
        yield many
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE staged")  # autovacuum never sees a temporary table


def clear(connection: Connection) -> None:
    staged.drop(connection, checkfirst=False)


def pages(many: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    rest = iter(many)
    while page := list(islice(rest, size)):
        yield page


def _row(entry: Entry, keys: Keys) -> dict[str, object]:
    index = keys.index("phone", entry.phone)
    return {
        "line": entry.row,
        "name": entry.name,
        "phone": index,
        "sealed": keys.seal(entry.phone, "person", "phone", index),
        "role": entry.role.value,
        "area": entry.area,
        "zone": _zone(entry.area[:8]),
        "seats": SEATS.get(entry.role),
        "stays": False,
    }


_zone = cache(zone_of)
