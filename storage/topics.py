"""Published lists of topics: the last of all is in force."""

from datetime import datetime

from sqlalchemy import Connection

from core.digests.topics import NO_TOPICS, TopicList, parse_topics
from storage.published import Published, Version
from storage.tables import topics_version


class TopicsVersion(Version):
    __slots__ = ()

    @property
    def listed(self) -> TopicList:
        return parse_topics(self.source)


class Topics(Published[TopicsVersion]):
    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, topics_version, TopicsVersion)

    def at(self, moment: datetime) -> TopicList:
        """The list in force then; where there was none yet, the first that there ever was."""
        every = self.versions()
        known = [one for one in every if one.published_at <= moment] or every[:1]
        return known[-1].listed if known else NO_TOPICS
