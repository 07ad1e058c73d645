"""What those who look after the house see of its clock and its channels.

The desk knows neither jobs nor channels: it is handed what can be told of them, and ways to ask.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Work:
    """A job of the clock."""

    name: str
    """reminders-makassar; `desk_clock.job.<the first part>` says what it does."""
    next_at: Callable[[datetime], datetime | None]


async def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Clockwork:
    works: Sequence[Work] = ()
    run: Callable[[str], Awaitable[None]] = _nothing
    """Do that job now; returns when it is done, its outcome stands in the timetable."""


@dataclass(frozen=True, slots=True)
class Door:
    """A channel of ours and one of its accounts."""

    channel: str
    account: str
    way: str = ""
    """How messages come in: webhook or polling; empty where there is nothing to say."""
    most: int = 0
    """How many people a day may be approached from it; 0: as many as one likes."""
    templates: Sequence[str] = ()
    """What its approved templates are for."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a platform says of a door of ours when it is asked."""

    channel: str
    account: str
    is_well: bool
    address: str = ""
    waiting: int = 0
    """Updates that it could not hand over yet."""
    error: str = ""
    """The last one that it met at our door, or why it did not answer."""
    error_at: datetime | None = None


async def _no_answers() -> Sequence[Answered]:
    return ()


@dataclass(frozen=True, slots=True)
class Channels:
    doors: Sequence[Door] = ()
    ask: Callable[[], Awaitable[Sequence[Answered]]] = _no_answers
    """Ask the platforms how they find our doors; takes as long as they do."""
    fallen: Callable[[], Sequence[str]] = tuple
    """The duties of this process that do not keep on their feet."""


@dataclass(frozen=True, slots=True)
class Overseen:
    clockwork: Clockwork = field(default_factory=Clockwork)
    channels: Channels = field(default_factory=Channels)
