"""Many messages at once into the outbox: reminders and broadcasts, a few statements for a thousand of them.

A reminder of what is owed stands under the topic `owed`, at most one unsaid for each address.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from core.model.messages import Channel, Reply
from storage.claiming import ACCOUNT
from storage.erasing import UNLESS_SECRET
from storage.keys import Keys
from storage.scopes import inside_any
from storage.tables import IS_UNSAID_REMINDER, IS_WITHHELD, address, holding, outbox, post
from storage.written import write_reply

OWED = "owed"
PATIENT = 6
"""What may have to wait for the morning has a queue of its own: it holds up no news."""
PUSHED = (Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS)
"""What rings in somebody's pocket; the web chat is read when they come back."""


@dataclass(frozen=True, slots=True)
class Letter:
    address_id: int
    reply: Reply
    due: datetime


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached."""

    address_id: int
    channel: Channel
    language: str


class Mailing:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def ways(self, people: Collection[int]) -> dict[int, Way]:
        """Where each of them last wrote from, the web chat only where there is nothing else."""
        found: dict[int, Way] = {}
        for row in self.connection.execute(_WAYS, {"people": list(people)}):
            way = Way(row.id, Channel(row.channel), row.language)
            known = found.get(row.person_id)
            if known is None or (known.channel not in PUSHED and way.channel in PUSHED):
                found[row.person_id] = way
        return found

    def put_all(
        self,
        letters: Sequence[Letter],
        topic: str,
        now: datetime,
        broadcast_id: int | None = None,
        priority: int = PATIENT,
    ) -> None:
        """Each of them from its due time on, after whatever answers them."""
        if not letters:
            return
        fixed = {
            "topic": topic,
            "priority": priority,
            "state": "waiting",
            "created_at": now,
            "secret": False,
        }
        fixed |= {"holder": "", "attempts": 0, "parts_done": 0, "receipt": "", "reason": ""}
        fixed |= {"broadcast_id": broadcast_id}
        rows = [
            fixed
            | {
                "address_id": one.address_id,
                "of_address": one.address_id,
                "due_at": one.due,
                "reply_sealed": self.keys.seal(write_reply(one.reply), "outbox", "reply", one.address_id),
            }
            for one in letters
        ]
        self.connection.execute(insert(outbox).values(account=ACCOUNT), rows)

    def replace_reminders(self, addresses: Collection[int]) -> None:
        """A new reminder of theirs says what the unsaid one did."""
        if addresses:
            self.connection.execute(_REPLACE, {"there": list(addresses)})

    def stop_reminder(self, person_id: int) -> datetime | None:
        """Their unsaid reminder is not said any more, also when somebody is about to send it: whoever does
        finds nothing to try again. When it was made, if there was one."""
        stop = _stop(self.connection.dialect.name)
        made = self.connection.execute(stop, {"whom": person_id}).scalars().all()
        return max(made) if made else None

    def hold(self, zone: str, open_areas: Iterable[str], until: datetime) -> int:
        """What is patient and for people of the zone who may not be written to now goes out then."""
        there = (
            select(holding.c.id)
            .join_from(holding, post)
            .where(
                holding.c.person_id == address.c.person_id,
                holding.c.until.is_(None),
                post.c.zone == zone,
                ~inside_any(post.c.area, open_areas),
            )
        )
        theirs = exists().where(address.c.id == outbox.c.address_id, there.exists())
        held = update(outbox).where(
            outbox.c.priority == PATIENT,
            outbox.c.due_at.is_not(None),
            outbox.c.due_at < until,
            outbox.c.state == "waiting",
            theirs,
        )
        return int(self.connection.execute(held.values(due_at=until)).rowcount)


def is_unsaid() -> ColumnElement[bool]:
    """It may still go out: waiting, leased, or withheld until they write."""
    return or_(outbox.c.state.in_(("waiting", "leased")), IS_WITHHELD)


_WAYS = (
    select(address.c.id, address.c.channel, address.c.person_id, address.c.language)
    .where(
        address.c.person_id.in_(bindparam("people", expanding=True)),
        address.c.channel != Channel.TERMINAL.value,
    )
    .order_by(address.c.last_in_at.desc().nulls_last(), address.c.id)
)
_DROPPED = {**UNLESS_SECRET, "state": "dropped", "due_at": None}
_REPLACE = (
    update(outbox)
    .where(
        and_(IS_UNSAID_REMINDER, outbox.c.address_id.in_(bindparam("there", expanding=True))),
        or_(outbox.c.state == "waiting", IS_WITHHELD),
    )
    .values(_DROPPED)
)


@cache
def _stop(engine: str) -> Executable:
    """On PostgreSQL by an array: just after many were reminded it knows nothing of them yet, and as a join it
    would go through all of those for each report that is filed."""
    theirs = select(address.c.id).where(address.c.person_id == bindparam("whom"))
    as_array = func.any(func.array(theirs.scalar_subquery()))
    there = outbox.c.address_id == as_array if engine == "postgresql" else outbox.c.address_id.in_(theirs)
    stopped = update(outbox).where(IS_UNSAID_REMINDER, there, is_unsaid())
    return stopped.values(_DROPPED).returning(outbox.c.created_at)
