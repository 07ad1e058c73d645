"""The rooms of the desk, in the order in which they are offered, and who has a key to them."""

from dataclasses import dataclass

from core.model.people import OVERSEERS, Role


@dataclass(frozen=True, slots=True)
class RoomEntry:
    path: str
    name: str
    is_daily: bool = True
    """The others stand behind "More"."""
    keys: frozenset[Role] = frozenset(Role)

    @property
    def title(self) -> str:
        """The key of what it is called."""
        return f"desk.room.{self.name}"


ENTRIES = (
    RoomEntry("/", "today"),
    RoomEntry("/cases", "cases"),
    RoomEntry("/reports", "reports"),
    RoomEntry("/owed", "owed"),
    RoomEntry("/monday", "monday"),
    RoomEntry("/people", "people"),
    RoomEntry("/analysis", "analysis", is_daily=False),
    RoomEntry("/broadcasts", "broadcasts", is_daily=False),
    RoomEntry("/forms", "forms", is_daily=False),
    RoomEntry("/procedures", "procedures", is_daily=False),
    RoomEntry("/wall", "wall", is_daily=False),
    RoomEntry("/clock", "clock", is_daily=False, keys=OVERSEERS),
    RoomEntry("/channels", "channels", is_daily=False, keys=OVERSEERS),
    RoomEntry("/staff", "staff", is_daily=False, keys=OVERSEERS),
    RoomEntry("/audit", "audit", is_daily=False, keys=OVERSEERS),
    RoomEntry("/settings", "settings", is_daily=False, keys=OVERSEERS),
)


def rooms_of(role: Role, is_daily: bool) -> tuple[RoomEntry, ...]:
    return tuple(entry for entry in ENTRIES if role in entry.keys and entry.is_daily is is_daily)


def is_here(entry: RoomEntry, path: str) -> bool:
    """Whether a page belongs to the room."""
    inner = path.rstrip("/") or "/"
    return inner == entry.path or (entry.path != "/" and inner.startswith(f"{entry.path}/"))
