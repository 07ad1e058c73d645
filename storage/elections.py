"""Published elections: every version for good, as its author wrote it; the last of a name is in force."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from core.elections.election import Election
from core.elections.reading import parse_election
from storage.tables import election_version


class OtherWords(Exception):
    """That version is published with other content: give the election a new version."""


@dataclass(frozen=True, slots=True)
class ElectionVersion:
    name: str
    version: str
    source: str
    published_at: datetime

    @property
    def election(self) -> Election:
        return parse_election(self.source)


class Elections:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def publish(self, source: str, name: str, version: str, now: datetime) -> bool:
        """Keep a version; False when the very same is there already, `OtherWords` when another is."""
        known = next((one for one in self.versions() if (one.name, one.version) == (name, version)), None)
        if known is not None:
            if known.source != source:
                raise OtherWords(f"{name} {version}: {OtherWords.__doc__}")
            return False
        row = {"name": name, "version": version, "source": source, "published_at": now}
        self.connection.execute(_PUBLISH, row)
        return True

    def versions(self, name: str | None = None) -> list[ElectionVersion]:
        """Every published version (of a name), the oldest first."""
        every = [ElectionVersion(*row) for row in self.connection.execute(_VERSIONS)]
        return [one for one in every if name in (None, one.name)]

    def in_force(self) -> list[Election]:
        """The last version of each name."""
        return [one.election for one in {one.name: one for one in self.versions()}.values()]

    def known_since(self, name: str, duty: str) -> datetime | None:
        """When a version with that duty was first published; nobody owed it before."""
        return next((one.published_at for one in self.versions(name) if _has(one.election, duty)), None)


def _has(election: Election, duty: str) -> bool:
    return any(one.name == duty for one in election.duties)


_PUBLISH = insert(election_version)
_VERSIONS = select(
    election_version.c.name,
    election_version.c.version,
    election_version.c.source,
    election_version.c.published_at,
).order_by(election_version.c.id)
