"""What came in, each message once: the unique provider id makes a second delivery find nothing to do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, func, or_, select, update

from core.model.messages import Channel, Incoming
from storage.keys import Keys
from storage.tables import inbox, outbox
from storage.upsert import insert_for


@dataclass(frozen=True, slots=True)
class Failure:
    """A message that could not be dealt with; its words stay sealed."""

    id: int
    channel: Channel
    account: str
    provider_id: str
    received_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that comes in, and the row of the address that it comes from."""

    incoming: Incoming
    now: datetime
    raw: bytes
    address_id: int | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it came, and when."""

    received_at: datetime
    raw: bytes


class Inbox:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def receive(
        self, incoming: Incoming, now: datetime, raw: bytes, address_id: int | None = None
    ) -> int | None:
        """Write the message down and give its row; None when it was seen before."""
        return self.receive_all([Arrival(incoming, now, raw, address_id)])[0]

    def receive_all(self, arrivals: Sequence[Arrival]) -> list[int | None]:
        """The same for several in one trip to the database, each at its place."""
        rows = [
            self._row(one.incoming, one.now, one.raw)
            | {"address_id": one.address_id, "state": "done", "reason": ""}
            for one in arrivals
        ]
        kept = self.connection.execute(_receive(self.connection.dialect.name), rows)
        numbers = {(row.channel, row.account, row.provider_id): int(row.id) for row in kept}
        # Of two that come together under one name, the second was seen before.
        return [numbers.pop(_name(one.incoming), None) for one in arrivals]

    def fail(self, incoming: Incoming, now: datetime, raw: bytes, reason: str) -> int | None:
        """Keep a message that raised, in a transaction of its own; None when it is kept already."""
        row = self._row(incoming, now, raw) | {"address_id": None, "state": "failed", "reason": reason}
        return self.connection.execute(_receive(self.connection.dialect.name), row).scalar()

    def belong(self, inbox_id: int, address_id: int) -> None:
        """Say from which address the message came, where `receive` could not."""
        self.connection.execute(_BELONG, {"inbox_id": inbox_id, "to": address_id})

    def failures(self) -> Iterator[Failure]:
        """What waits for a person or another try, the oldest first."""
        for row in self.connection.execute(_FAILURES):
            yield Failure(row.id, Channel(row.channel), *row[2:])

    def settle(self, inbox_id: int, now: datetime) -> None:
        """A failed message was dealt with after all."""
        self.connection.execute(_SETTLE, {"inbox_id": inbox_id})

    def count_failed(self) -> int:
        return self.connection.execute(_COUNT_FAILED).scalar_one()

    def forget(self, address_id: int, *, whole: bool = False) -> None:
        """The words of what came from there are erased; `whole`: also where it came from."""
        self.connection.execute(_FORGET_WORDS, {"whose": address_id})
        if whole:
            self.connection.execute(_FORGET_WHOSE, {"whose": address_id})

    def raw(self, inbox_id: int) -> bytes:
        """The message as it came; KeyError when its words were erased."""
        row = self.connection.execute(_RAW, {"inbox_id": inbox_id}).one()
        if row.raw_sealed is None:
            raise KeyError(inbox_id)
        return self.keys.columns.open(row.raw_sealed, *_where(row.channel, row.account, row.provider_id))

    def several(self, inbox_ids: Iterable[int]) -> dict[int, Heard]:
        """Messages as they came, by row; those whose words were erased are left out."""
        if not (ids := list(inbox_ids)):
            return {}
        return {
            row.id: Heard(
                row.received_at,
                self.keys.columns.open(row.raw_sealed, *_where(row.channel, row.account, row.provider_id)),
            )
            for row in self.connection.execute(_SEVERAL, {"several": ids})
        }

    def _row(self, incoming: Incoming, now: datetime, raw: bytes) -> dict[str, object]:
        channel, account = incoming.address.channel.value, incoming.address.account
        return {
            "channel": channel,
            "account": account,
            "provider_id": incoming.id,
            "received_at": now,
            "sent_at": incoming.sent_at,
            "raw_sealed": self.keys.columns.seal(raw, *_where(channel, account, incoming.id)),
        }


def _name(incoming: Incoming) -> tuple[str, str, str]:
    return incoming.address.channel.value, incoming.address.account, incoming.id


def _where(channel: str, account: str, provider_id: str) -> tuple[str, ...]:
    return ("inbox", "raw", channel, account, provider_id)


@cache
def _receive(engine: str) -> Executable:
    name = (inbox.c.channel, inbox.c.account, inbox.c.provider_id)
    return insert_for(engine, inbox).on_conflict_do_nothing().returning(inbox.c.id, *name)


_THIS = inbox.c.id == bindparam("inbox_id")
_FAILED = inbox.c.state == "failed"
_BELONG = update(inbox).where(_THIS).values(address_id=bindparam("to"))
_SETTLE = update(inbox).where(_THIS).values(state="done")
_COUNT_FAILED = select(func.count()).select_from(inbox).where(_FAILED)
_RAW = select(inbox.c.channel, inbox.c.account, inbox.c.provider_id, inbox.c.raw_sealed).where(_THIS)
_THEIRS = inbox.c.address_id == bindparam("whose")
_ANSWERED = select(outbox.c.inbox_id).where(outbox.c.address_id == bindparam("whose"))
"""A message that failed bears no address, but it was answered."""
_FORGET_WORDS = (
    update(inbox)
    .where(or_(_THEIRS, inbox.c.id.in_(_ANSWERED)), inbox.c.raw_sealed.is_not(None))
    .values(raw_sealed=None, state="done")
)
_FORGET_WHOSE = update(inbox).where(_THEIRS).values(address_id=None)
_SEVERAL = select(
    inbox.c.id,
    inbox.c.channel,
    inbox.c.account,
    inbox.c.provider_id,
    inbox.c.received_at,
    inbox.c.raw_sealed,
).where(inbox.c.id.in_(bindparam("several", expanding=True)), inbox.c.raw_sealed.is_not(None))
_FAILURES = (
    select(
        inbox.c.id,
        inbox.c.channel,
        inbox.c.account,
        inbox.c.provider_id,
        inbox.c.received_at,
        inbox.c.reason,
    )
    .where(_FAILED)
    .order_by(inbox.c.id)
)
