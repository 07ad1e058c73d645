"""Published elections: the last version of a name is in force."""

from datetime import datetime

from sqlalchemy import Connection

from core.elections.election import Election
from core.elections.reading import parse_election
from storage.published import Published, Version
from storage.tables import election_version


class ElectionVersion(Version):
    __slots__ = ()

    @property
    def election(self) -> Election:
        return parse_election(self.source)


class Elections(Published[ElectionVersion]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, election_version, ElectionVersion)

    def in_force(self) -> list[Election]:
        """The last version of each name."""
        return [one.election for one in {one.name: one for one in self.versions()}.values()]

    def known_since(self, name: str, duty: str) -> datetime | None:
        """When a version with that duty was first published; nobody owed it before."""
        return next((one.published_at for one in self.versions(name) if _has(one.election, duty)), None)


def _has(election: Election, duty: str) -> bool:
    return any(one.name == duty for one in election.duties)
