"""What a platform tells of a message after it took it, found by the id that it gave the message or a part."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, select, update

from core.model.messages import Receipt
from storage.erasing import IS_WHOLE
from storage.tables import address, outbox, outbox_part
from storage.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of which message; None: the last."""

    outbox_id: int
    part: int | None


def note(connection: Connection, receipt: Receipt) -> bool:
    """Keep what was told; an older word never replaces a newer. False when nothing changed."""
    told = _of(receipt) | {
        "status": receipt.status,
        "rank": _RANK[receipt.status],
        "at": receipt.at,
        "error": receipt.error,
    }
    return connection.execute(_RECEIPT, told).rowcount > 0


def is_known(connection: Connection, receipt: Receipt) -> bool:
    """Is it about a message of ours, or a part of one? What is just being sent may not be written down."""
    told = _of(receipt)
    return any(connection.execute(about, told).first() for about in (_WHOLE, _PART))


def withhold(connection: Connection, receipt: Receipt) -> bool:
    """Their window was closed, and the platform told so only now: all of it waits until they write."""
    return connection.execute(_WITHHOLD, _of(receipt)).rowcount > 0


def take_place(connection: Connection, receipt: Receipt, *, is_new: bool) -> Place | None:
    """Which of our messages it tells of, or which part of one; asked a second time, none."""
    if is_new:
        return Place(connection.execute(_WHOLE, _of(receipt)).scalar_one(), None)
    row = connection.execute(_PART, _of(receipt)).first()
    if row is None:
        return None
    connection.execute(_TAKE, {"whole": row.outbox_id, "this": row.part})
    return Place(row.outbox_id, row.part)


def keep_part(connection: Connection, outbox_id: int, part: int, provider_id: str, now: datetime) -> None:
    row = {"outbox_id": outbox_id, "part": part, "provider_id": provider_id, "sent_at": now}
    connection.execute(insert_into(connection, outbox_part).on_conflict_do_nothing(), row)


def forget_parts(connection: Connection, before: datetime) -> int:
    """Nothing is told any more of what was sent so long ago."""
    return connection.execute(_FORGET, {"before": before}).rowcount


def _of(receipt: Receipt) -> dict[str, object]:
    return {"provider": receipt.provider_id, "on": receipt.channel.value, "our": receipt.account}


_RANK = {"sent": 1, "delivered": 2, "read": 3, "failed": 2}
_THERE = outbox.c.address_id.in_(
    select(address.c.id).where(address.c.channel == bindparam("on"), address.c.account == bindparam("our"))
)
_THIS = (outbox.c.provider_id == bindparam("provider"), _THERE)
_REASON = case((outbox.c.state == "parked", outbox.c.reason), else_=bindparam("error"))
"""A message that waits for them keeps why, whatever becomes of what announced it."""
_RECEIPT = (
    update(outbox)
    .where(*_THIS, case(_RANK, value=outbox.c.receipt, else_=0) < bindparam("rank"))
    .values(receipt=bindparam("status"), receipt_at=bindparam("at"), reason=_REASON)
)
_WITHHOLD = (
    update(outbox)
    .where(*_THIS, outbox.c.state == "sent", IS_WHOLE)
    .values(state="parked", reason="window", parts_done=0)
)
_WHOLE = select(outbox.c.id).where(*_THIS)
_PART = (
    select(outbox_part.c.outbox_id, outbox_part.c.part)
    .join(outbox, outbox.c.id == outbox_part.c.outbox_id)
    .where(outbox_part.c.provider_id == bindparam("provider"), _THERE)
)
_TAKE = delete(outbox_part).where(
    outbox_part.c.outbox_id == bindparam("whole"), outbox_part.c.part == bindparam("this")
)
_FORGET = delete(outbox_part).where(outbox_part.c.sent_at < bindparam("before"))
