"""What waits to go out and what was given up, by channel: gauges for whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select

from core.model.messages import Channel
from storage.tables import IS_WITHHELD, outbox


@dataclass(slots=True)
class Backlog:
    waiting: int = 0
    parked: int = 0
    """A person has to look at them."""
    oldest: datetime | None = None
    """Since when the oldest that may go out has been waiting."""


def backlogs(connection: Connection, now: datetime) -> dict[str, Backlog]:
    """By the name of the channel, also where there is nothing."""
    found = {channel.value: Backlog() for channel in Channel}
    for account, many, oldest in connection.execute(_WAITING, {"now": now}):
        of = found.setdefault(_channel(account), Backlog())
        of.waiting += many
        of.oldest = min(filter(None, (of.oldest, oldest)), default=None)
    for account, many in connection.execute(_PARKED):
        found.setdefault(_channel(account), Backlog()).parked += many
    return found


def _channel(account: str) -> str:
    return account.partition(":")[0]


_UNTRIED = outbox.c.attempts == 0
_SINCE = case((_UNTRIED, outbox.c.due_at), else_=outbox.c.created_at)
_MAY_GO = case((~_UNTRIED, _SINCE), (outbox.c.due_at <= bindparam("now"), _SINCE))
"""One that is held for its hour does not wait; one that failed and is to be tried again does."""
_WAITING = (
    select(outbox.c.account, func.count(), func.min(_MAY_GO))
    .where(outbox.c.due_at.is_not(None))
    .group_by(outbox.c.account)
)
_PARKED = (
    select(outbox.c.account, func.count())
    .where(outbox.c.state == "parked", ~IS_WITHHELD)
    .group_by(outbox.c.account)
)
