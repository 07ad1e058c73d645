"""What was given up and waits for a person to look: counted by reason, and let go again.

What waits until its reader writes (`storage/window.py`) is not of them; secret words that were parked are
gone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from storage.erasing import IS_WHOLE
from storage.tables import IS_WITHHELD, address, outbox


@dataclass(frozen=True, slots=True)
class Held:
    """So many messages of one channel were given up for one reason; of some the words are erased."""

    channel: str
    reason: str
    count: int
    erased: int
    since: datetime


class HeldBack:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def counts(self) -> list[Held]:
        return [Held(*row) for row in self.connection.execute(_COUNTS)]

    def release(self, reason: str, now: datetime) -> int:
        """All of that reason are due now, and tried as if for the first time; gives how many."""
        return self.connection.execute(_RELEASE, {"why": reason, "now": now}).rowcount

    def drop(self, reason: str) -> int:
        """All of that reason need not be said any more; gives how many."""
        return self.connection.execute(_DROP, {"why": reason}).rowcount


_HELD = (outbox.c.state == "parked", ~IS_WITHHELD)
_COUNTS = (
    select(
        address.c.channel,
        outbox.c.reason,
        func.count(),
        func.count().filter(~IS_WHOLE),
        func.min(outbox.c.created_at),
    )
    .join_from(outbox, address)
    .where(*_HELD)
    .group_by(address.c.channel, outbox.c.reason)
    .order_by(address.c.channel, outbox.c.reason)
)
_THOSE = update(outbox).where(*_HELD, outbox.c.reason == bindparam("why"))
_RELEASE = _THOSE.where(IS_WHOLE).values(state="waiting", due_at=bindparam("now"), attempts=0, reason="")
_DROP = _THOSE.values(state="dropped")
