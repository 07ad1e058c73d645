"""How each channel does: when somebody last wrote, what went out lately, what is stuck and why.

Only the latest messages are looked at, so that ten million old ones cost nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, literal_column, select, update

from storage.erasing import IS_WHOLE, UNLESS_SECRET
from storage.tables import IS_WITHHELD, address, inbox, outbox

LATEST = 2_000
"""So many messages, of all channels, tell how they do."""
AT_ONCE = 5_000
"""So many parked ones are let go at a time."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Of one account, among the latest messages."""

    heard_at: datetime | None = None
    sent_at: datetime | None = None
    states: Mapping[str, int] = field(default_factory=dict)
    """How many of ours stand in each state."""


@dataclass(frozen=True, slots=True)
class Parked:
    """Messages given up for one reason."""

    reason: str
    many: int
    readable: int
    """Of them still have their words: only those can go out."""
    oldest: datetime


class TrafficLook:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def lately(self) -> Mapping[tuple[str, str], Traffic]:
        """By channel and account."""
        heard = {(row.channel, row.account): row.at for row in self.connection.execute(_HEARD)}
        states: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        sent: dict[tuple[str, str], datetime | None] = {}
        for row in self.connection.execute(_SAID):
            key = (row.channel, row.account)
            states[key][row.state] = row.many
            sent[key] = max(filter(None, (row.at, sent.get(key))), default=None)
        keys = heard.keys() | states.keys()
        return {key: Traffic(heard.get(key), sent.get(key), states.get(key, {})) for key in keys}

    def parked(self) -> list[Parked]:
        """What a person has to look at, by why it was given up, the most first."""
        rows = self.connection.execute(_PARKED)
        found = [Parked(row.reason, row.many, row.readable, row.oldest) for row in rows]
        return sorted(found, key=lambda one: (-one.many, one.reason))

    def release(self, reason: str, now: datetime) -> int:
        """Those go out after all, some thousands at a time; gives how many. Erased words stay erased."""
        return self._settle(reason, state="waiting", due_at=now, attempts=0, reason="", readable=True)

    def dismiss(self, reason: str) -> int:
        """They are not said any more."""
        return self._settle(reason, **UNLESS_SECRET, state="dropped", due_at=None, readable=False)

    def _settle(self, why: str, *, readable: bool, **values: object) -> int:
        chosen = _THESE.where(IS_WHOLE) if readable else _THESE
        rows = list(self.connection.execute(chosen, {"why": why}).scalars())
        if rows:
            self.connection.execute(update(outbox).where(outbox.c.id.in_(rows)).values(**values))
        return len(rows)


_GIVEN_UP = (outbox.c.state == literal_column("'parked'"), ~IS_WITHHELD)
"""Spelled as in the index, so that both engines use it."""
_LATEST_IN = select(inbox.c.id).order_by(inbox.c.id.desc()).limit(LATEST).subquery()
_HEARD = (
    select(inbox.c.channel, inbox.c.account, func.max(inbox.c.received_at).label("at"))
    .join(_LATEST_IN, _LATEST_IN.c.id == inbox.c.id)
    .group_by(inbox.c.channel, inbox.c.account)
)
_LATEST_OUT = select(outbox.c.id).order_by(outbox.c.id.desc()).limit(LATEST).subquery()
_SAID = (
    select(
        address.c.channel,
        address.c.account,
        outbox.c.state,
        func.count().label("many"),
        func.max(outbox.c.sent_at).label("at"),
    )
    .join(_LATEST_OUT, _LATEST_OUT.c.id == outbox.c.id)
    .join(address, address.c.id == outbox.c.address_id)
    .group_by(address.c.channel, address.c.account, outbox.c.state)
)
_PARKED = (
    select(
        outbox.c.reason,
        func.count().label("many"),
        func.sum(case((IS_WHOLE, 1), else_=0)).label("readable"),
        func.min(outbox.c.created_at).label("oldest"),
    )
    .where(*_GIVEN_UP)
    .group_by(outbox.c.reason)
)
_THESE = (
    select(outbox.c.id)
    .where(*_GIVEN_UP, outbox.c.reason == bindparam("why"))
    .order_by(outbox.c.id)
    .limit(AT_ONCE)
)
