"""Published procedures: every version for good, as its file says it; the last of a name is in force."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from core.cases.procedure import Procedure, Rulebook
from core.cases.procedures import parse_procedure
from storage.tables import procedure_version


class ProcedureChanged(Exception):
    """That version is published with other content: give the procedure a new version."""


@dataclass(frozen=True, slots=True)
class ProcedureVersion:
    name: str
    version: str
    law: str
    published_at: datetime


class Procedures:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def publish(self, source: str, procedure: Procedure, now: datetime) -> bool:
        """Keep a version, in force from now on; False when the very same is there already, `ProcedureChanged`
        when another is."""
        known = self.source(procedure.name, procedure.version)
        if known is not None:
            if known != source:
                raise ProcedureChanged(f"{procedure.name} {procedure.version}: {ProcedureChanged.__doc__}")
            return False
        row = {"name": procedure.name, "version": procedure.version, "law": procedure.law}
        self.connection.execute(_PUBLISH, row | {"source": source, "published_at": now})
        return True

    def current(self, name: str) -> Procedure | None:
        """The one in force, which new cases follow."""
        source = self.connection.execute(_CURRENT, {"of": name}).scalar()
        return None if source is None else parse_procedure(source)

    def get(self, name: str, version: str) -> Procedure | None:
        """Any version that was ever published."""
        source = self.source(name, version)
        return None if source is None else parse_procedure(source)

    def source(self, name: str, version: str) -> str | None:
        """The file as it was published."""
        source = self.connection.execute(_SOURCE, {"of": name, "as_of": version}).scalar()
        return None if source is None else str(source)

    def rulebook(self) -> Rulebook:
        """What the rules of cases ask; reads only what they ask for, while the transaction lasts."""
        return Rulebook(self.current, self.get)

    def every(self) -> list[Procedure]:
        """Every version that a case may follow."""
        return [parse_procedure(source) for source in self.connection.execute(_SOURCES).scalars()]

    def versions(self) -> list[ProcedureVersion]:
        """Every published version, the oldest first."""
        return [ProcedureVersion(*row) for row in self.connection.execute(_VERSIONS)]


_PUBLISH = insert(procedure_version)
_CURRENT = (
    select(procedure_version.c.source)
    .where(procedure_version.c.name == bindparam("of"))
    .order_by(procedure_version.c.id.desc())
    .limit(1)
)
_SOURCE = select(procedure_version.c.source).where(
    procedure_version.c.name == bindparam("of"), procedure_version.c.version == bindparam("as_of")
)
_SOURCES = select(procedure_version.c.source).order_by(procedure_version.c.id)
_VERSIONS = select(
    procedure_version.c.name,
    procedure_version.c.version,
    procedure_version.c.law,
    procedure_version.c.published_at,
).order_by(procedure_version.c.id)
