"""WhatsApp's window: whoever has not written for a day is reached by approved templates alone, so many a day.

leased ──outside the window──▶ parked "window" ──they write──▶ waiting

A withheld message keeps its words, a secret one too, until it goes out or its words are erased.
https://www.twilio.com/docs/api/errors/63016
"""

from datetime import datetime, timedelta
from typing import Literal
from zlib import crc32

from sqlalchemy import Connection, and_, bindparam, exists, func, select, update

from storage.erasing import IS_WHOLE, UNLESS_SECRET
from storage.tables import IS_WITHHELD, address, approach, outbox
from storage.upsert import insert_into

WINDOW = timedelta(hours=24) - timedelta(minutes=2)
"""What is on its way to the platform must be there before the day is over."""
DAY = timedelta(hours=24)
REASON = "window"

Standing = Literal["open", "approached", "withheld"]


class Window:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def approach(
        self, outbox_id: int, address_id: int, now: datetime, most: int, *, announces: bool = False
    ) -> Standing:
        """May we write there? "open": anything, their window is open. "approached": a template, and they
        count among today's `most` unique people. "withheld": nothing now; it is parked until they write.

        Whom one announcement reached today is not knocked at by a second.
        """
        met = self.connection.execute(_MET, {"to": address_id}).one()
        if is_open(met.last_in_at, now):
            return "open"
        today = {"to": address_id, "our": met.account, "since": now - DAY}
        if announces and self.connection.execute(_HAS_KNOCKED, today).scalar():
            most = 0
        if most and self._has_room(met.account, today, most):
            self._note(address_id, met.account, now)
            return "approached"
        self.connection.execute(_WITHHOLD, {"row": outbox_id})
        return "withheld"

    def withhold(self, outbox_id: int, address_id: int, provider_id: str, now: datetime) -> None:
        """The announcement is with them, or was refused and has no id: the message waits, or goes out at once
        if they wrote meanwhile."""
        met = self.connection.execute(_MET, {"to": address_id}).one()
        if is_open(met.last_in_at, now):
            self.connection.execute(_GO, {"row": outbox_id, "now": now})
        else:
            self.connection.execute(_ANNOUNCED, {"row": outbox_id, "provider": provider_id or None})

    def approached(self, account: str, now: datetime) -> int:
        """How many unique people this number of ours wrote to first in the last 24 hours."""
        return self.connection.execute(_APPROACHED, {"our": account, "since": now - DAY}).scalar_one()

    def count_withheld(self) -> int:
        return self.connection.execute(_COUNT).scalar_one()

    def _has_room(self, account: str, today: dict[str, object], most: int) -> bool:
        if self.connection.dialect.name == "postgresql":
            # Two that count at the same time would both find the last place free.
            lock = crc32(f"approach {account}".encode())
            self.connection.execute(_ALONE, {"lock": lock})
        return self.connection.execute(_OTHERS, today).scalar_one() < most

    def _note(self, address_id: int, account: str, now: datetime) -> None:
        noting = insert_into(self.connection, approach)
        noted = noting.on_conflict_do_update(
            index_elements=[approach.c.address_id], set_={"at": noting.excluded.at}
        )
        self.connection.execute(noted, {"address_id": address_id, "account": account, "at": now})


def let_go(connection: Connection, address_id: int, now: datetime) -> None:
    """They write: what waited for it is due."""
    connection.execute(_LET_GO, {"to": address_id, "now": now})


def drop_withheld(connection: Connection, address_id: int, topic: str) -> None:
    """There is something newer to say, or nothing any more."""
    connection.execute(_DROP, {"to": address_id, "about": topic})


def is_open(last_in_at: datetime | None, now: datetime) -> bool:
    return last_in_at is not None and now - last_in_at < WINDOW


# Whoever writes in has this row until the end of their turn: then either they find what was withheld, or
# whoever withholds finds that they wrote.
_MET = (
    select(address.c.last_in_at, address.c.account)
    .where(address.c.id == bindparam("to"))
    .with_for_update(key_share=True)
)
_ALONE = select(func.pg_advisory_xact_lock(bindparam("lock")))
_TODAY = and_(approach.c.account == bindparam("our"), approach.c.at > bindparam("since"))
_APPROACHED = select(func.count()).select_from(approach).where(_TODAY)
_OTHERS = _APPROACHED.where(approach.c.address_id != bindparam("to"))
_THERE = outbox.c.address_id == bindparam("to")
_HAS_KNOCKED = select(
    exists().where(approach.c.address_id == bindparam("to"), _TODAY)
    & exists().where(_THERE, IS_WITHHELD, outbox.c.provider_id.is_not(None))
)
_HELD = {"state": "parked", "reason": REASON, "due_at": None}
_THIS = and_(outbox.c.id == bindparam("row"), outbox.c.due_at.is_not(None))
_WITHHOLD = update(outbox).where(_THIS).values(_HELD)
_ANNOUNCED = update(outbox).where(_THIS).values(_HELD | {"provider_id": bindparam("provider")})
_AT_ONCE = {"state": "waiting", "reason": "", "attempts": 0, "receipt": ""}
_GO = update(outbox).where(_THIS).values(_AT_ONCE | {"due_at": bindparam("now")})
_LET_GO = (
    update(outbox)
    .where(_THERE, IS_WITHHELD, IS_WHOLE)
    .values(_AT_ONCE | {"due_at": bindparam("now"), "provider_id": None})
)
_DROP = (
    update(outbox)
    .where(_THERE, IS_WITHHELD, outbox.c.topic == bindparam("about"))
    .values(**UNLESS_SECRET, state="dropped", reason="")
)
_COUNT = select(func.count()).select_from(outbox).where(IS_WITHHELD)
