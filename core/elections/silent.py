"""Who in an area owes something that is past due, as the coordinator above them is told of it."""

from dataclasses import dataclass, field

from core.digests.digest import Silence
from core.model.areas import within
from core.model.people import Person, Role

ABOVE = frozenset({Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI, Role.RI})
"""Whose task it is to look after those below."""
DAYS = 3
"""So long somebody stands in the evening's list, unless they report."""


@dataclass(frozen=True, slots=True)
class Silent:
    area: str
    name: str
    total: int
    """Posts that are held and silent."""
    shown: tuple[Silence, ...] = ()
    """Some of them, the most overdue first."""
    parts: tuple[tuple[str, int], ...] = field(default=())
    """The areas below with how many each, the most first."""
    unreachable: int = 0
    """Nobody knows where to write to them: they never wrote here."""
    withheld: int = 0
    """Their reminder waits: WhatsApp's window is shut, or today's number of people is reached."""
    failed: int = 0
    """It could not be delivered."""
    postponed: int = 0
    """They asked to be left in peace until tomorrow."""
    recently: int = 0
    """They were reminded within the hour."""
    asked: Silence | None = None
    """The one that a tap is about, if still silent."""

    @property
    def to_be_reminded(self) -> int:
        return max(0, self.total - self.unreachable - self.postponed - self.recently)


def looks_after(person: Person, area: str) -> bool:
    """Does one of their seats lie above or at the area?"""
    return any(post.role in ABOVE and within(area, post.area) for post in person.posts)
