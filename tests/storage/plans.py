"""What a database would do for each statement, asked in the moment before it does it.

with planned(book.connection) as plans:
    book.areas.find("sidomulio")
assert scanned(plans) == set()           # no table was gone through from end to end
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event

from storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Plan:
    statement: str
    lines: str

    @property
    def scanned(self) -> set[str]:
        """The tables that are gone through from end to end: by themselves, or along an index of all rows."""
        if self.statement.startswith("INSERT") and " VALUES " in self.statement:
            return set()  # SQLite names where it would look for orphans, had a foreign key been broken before
        return {table for table, index in _SCAN.findall(self.lines) if index not in PARTIAL}


PARTIAL = {
    index.name
    for table in metadata.sorted_tables
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
"""They hold only what is still to be done."""
_SCAN = re.compile(r"(?:Seq Scan on|^SCAN) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", re.MULTILINE)


@contextmanager
def planned(connection: Connection) -> Iterator[list[Plan]]:
    """Every statement of that connection with its plan; what only frames a transaction is left out."""
    plans: list[Plan] = []
    is_sqlite = connection.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"

    def ask(
        asked: Connection, cursor: Any, statement: str, given: Any, context: object, is_many: bool
    ) -> None:
        if statement.split()[0] not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            return
        driver = asked.connection.driver_connection
        assert driver is not None
        rows = driver.execute(f"{explain} {statement}", given[0] if is_many else given).fetchall()
        plans.append(Plan(statement, "\n".join(str(row[3] if is_sqlite else row[0]) for row in rows)))

    event.listen(connection, "before_cursor_execute", ask)
    try:
        yield plans
    finally:
        event.remove(connection, "before_cursor_execute", ask)


def scanned(plans: list[Plan]) -> set[str]:
    return {table for plan in plans for table in plan.scanned}
