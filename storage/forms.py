"""Published forms: every version for good, as its author wrote it and as it was compiled."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.tables import form_version


class AlreadyPublished(Exception):
    """That version is published with other content: give the form a new version."""


@dataclass(frozen=True, slots=True)
class FormVersion:
    name: str
    version: str
    title: str
    kind: str
    published_at: datetime


class Forms:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def publish(
        self,
        form_json: str,
        name: str,
        version: str,
        title: str,
        source: bytes,
        now: datetime,
        kind: str = "report",
    ) -> bool:
        """Keep a version; False when the very same is there already, `AlreadyPublished` when another is."""
        known = self.connection.execute(_LOAD, {"of": name, "as_of": version}).scalar()
        if known is not None:
            if known != form_json:
                raise AlreadyPublished(f"{name} {version}: {AlreadyPublished.__doc__}")
            return False
        row = {"name": name, "version": version, "title": title, "kind": kind}
        row_content = {"compiled": form_json, "source": source, "published_at": now}
        self.connection.execute(_PUBLISH, row | row_content)
        return True

    def versions(self) -> list[FormVersion]:
        """Every published version, the oldest first: the last of a name is the one in use."""
        return [FormVersion(*row) for row in self.connection.execute(_VERSIONS)]

    def load(self, name: str, version: str) -> str:
        """The compiled form as JSON; KeyError when it was never published."""
        compiled = self.connection.execute(_LOAD, {"of": name, "as_of": version}).scalar()
        if compiled is None:
            raise KeyError(f"{name} {version}")
        return str(compiled)

    def source(self, name: str, version: str) -> bytes:
        """The workbook as it was published; KeyError when it never was."""
        source = self.connection.execute(_SOURCE, {"of": name, "as_of": version}).scalar()
        if source is None:
            raise KeyError(f"{name} {version}")
        return bytes(source)

    def stamp(self) -> str:
        """Changes when anything is published, so that compiled forms can be kept in memory."""
        return str(self.connection.execute(_STAMP).scalar() or 0)


_THIS = (form_version.c.name == bindparam("of"), form_version.c.version == bindparam("as_of"))
_PUBLISH = insert(form_version)
_LOAD = select(form_version.c.compiled).where(*_THIS)
_SOURCE = select(form_version.c.source).where(*_THIS)
_STAMP = select(func.max(form_version.c.id))
_VERSIONS = select(
    form_version.c.name,
    form_version.c.version,
    form_version.c.title,
    form_version.c.kind,
    form_version.c.published_at,
).order_by(form_version.c.id)
