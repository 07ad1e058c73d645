"""Published lists of topics: every version for good, as its author wrote it; the last of all is in force."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from core.digests.topics import NO_TOPICS, TopicList, parse_topics
from storage.tables import topics_version


class OtherTopics(Exception):
    """That version is published with other content: give the list a new version."""


@dataclass(frozen=True, slots=True)
class TopicsVersion:
    name: str
    version: str
    source: str
    published_at: datetime

    @property
    def listed(self) -> TopicList:
        return parse_topics(self.source)


class Topics:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def publish(self, source: str, name: str, version: str, now: datetime) -> bool:
        """Put a version in force; False when the very same is there, `OtherTopics` when another is."""
        known = next((one for one in self.versions() if (one.name, one.version) == (name, version)), None)
        if known is not None:
            if known.source != source:
                raise OtherTopics(f"{name} {version}: {OtherTopics.__doc__}")
            return False
        row = {"name": name, "version": version, "source": source, "published_at": now}
        self.connection.execute(_PUBLISH, row)
        return True

    def versions(self, name: str | None = None) -> list[TopicsVersion]:
        """Every published version (of a name), the oldest first."""
        every = [TopicsVersion(*row) for row in self.connection.execute(_VERSIONS)]
        return [one for one in every if name in (None, one.name)]

    def at(self, moment: datetime) -> TopicList:
        """The list in force then; where there was none yet, the first that there ever was."""
        every = self.versions()
        known = [one for one in every if one.published_at <= moment] or every[:1]
        return known[-1].listed if known else NO_TOPICS


_PUBLISH = insert(topics_version)
_VERSIONS = select(
    topics_version.c.name,
    topics_version.c.version,
    topics_version.c.source,
    topics_version.c.published_at,
).order_by(topics_version.c.id)
