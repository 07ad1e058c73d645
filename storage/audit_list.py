"""The audit log as it is leafed through: the newest first, of one subject, one actor, one kind of act."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from storage.audit import Entry
from storage.tables import AnyRow, audit


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which rows are wanted; what is empty does not narrow."""

    subject: str = ""
    actor: str = ""
    act: str = ""
    before: int = 0
    """Only rows with a smaller number; 0: from the newest on."""
    limit: int = 50


class AuditList:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find(self, leaf: Leaf) -> list[Entry]:
        return [_entry(row) for row in self.connection.execute(wanted(leaf))]


def wanted(leaf: Leaf) -> Select[tuple[object, ...]]:
    """Each of the three has an index that ends in the row's number."""
    query: Select[tuple[object, ...]] = select(*_COLUMNS)
    for column, value in (
        (audit.c.subject, leaf.subject),
        (audit.c.actor, leaf.actor),
        (audit.c.act, leaf.act),
    ):
        query = query.where(column == value) if value else query
    query = query.where(audit.c.id < leaf.before) if leaf.before else query
    return query.order_by(audit.c.id.desc()).limit(leaf.limit)


def _entry(row: AnyRow) -> Entry:
    return Entry(row.id, row.at, row.actor, row.act, row.subject, json.loads(row.details))


_COLUMNS = (audit.c.id, audit.c.at, audit.c.actor, audit.c.act, audit.c.subject, audit.c.details)
