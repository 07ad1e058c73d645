"""What a turn knows of the week that it is about."""

from dataclasses import dataclass
from datetime import date

from core.digests.digest import Confirmation, Digest, Silence, Topic
from core.digests.saying import WeekState
from core.digests.topics import TopicKind


@dataclass(frozen=True, slots=True)
class WeekKnown:
    """`area` is empty where nothing was found that the asker may look at: nobody learns which of the two."""

    area: str = ""
    name: str = ""
    level: str = ""
    week: date = date.min
    is_own: bool = False
    """They coordinate that very area."""
    digest: Digest | None = None
    silences: tuple[Silence, ...] = ()
    """A page of those who owe something, and one more where there are more."""
    silent: int = 0
    """How many posts do."""
    confirmation: Confirmation | None = None
    """As it was sent last."""
    remark: str = ""
    """The last note, sent or not."""
    topics: tuple[Topic, ...] = ()
    kinds: tuple[TopicKind, ...] = ()
    """The topics as their list has them."""
    among: tuple[tuple[str, str], ...] = ()
    """Several areas of that name: code and name of each."""

    @property
    def state(self) -> WeekState:
        return WeekState(self.area, self.level, self.week, self.confirmation, self.remark, self.topics)
