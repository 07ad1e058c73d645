"""Files that are published: every version for good, as its author wrote it; the last is in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Connection, Table, insert, select


class OtherWords(Exception):
    """That version is published with other content: give it a new version."""


@dataclass(frozen=True, slots=True)
class Version:
    """One that was published; what its file says is read by whoever derives from this."""

    name: str
    version: str
    source: str
    published_at: datetime


V = TypeVar("V", bound=Version)


class Published(Generic[V]):
    """The rows of one kind of file, in a table with the columns of a Version."""

    def __init__(self, connection: Connection, table: Table, kind: type[V]) -> None:
        self.connection = connection
        self._table = table
        self._kind = kind

    def publish(self, source: str, name: str, version: str, now: datetime) -> bool:
        """Put a version in force; False when the very same is there already, `OtherWords` when another is."""
        known = next((one for one in self.versions(name) if one.version == version), None)
        if known is not None:
            if known.source != source:
                raise OtherWords(f"{name} {version}: {OtherWords.__doc__}")
            return False
        row = {"name": name, "version": version, "source": source, "published_at": now}
        self.connection.execute(insert(self._table), row)
        return True

    def versions(self, name: str | None = None) -> list[V]:
        """Every published version (of a name), the oldest first."""
        told = self._table.c
        query = select(told.name, told.version, told.source, told.published_at).order_by(told.id)
        every = [self._kind(*row) for row in self.connection.execute(query)]
        return [one for one in every if name in (None, one.name)]
