"""Our messages of one conversation, as they are read again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, case, select

from core.model.messages import Reply
from storage.erasing import IS_WHOLE
from storage.tables import outbox


@dataclass(frozen=True, slots=True)
class Spoken:
    """One of our messages in a conversation."""

    id: int
    reply: Reply
    state: str
    created_at: datetime
    held_until: datetime | None
    """It was never tried and waits for its hour; None when it has gone out, or may."""
    inbox_id: int | None
    """What it answers."""


_SPOKEN = select(
    outbox.c.id,
    outbox.c.reply_sealed,
    outbox.c.state,
    outbox.c.created_at,
    outbox.c.inbox_id,
    case((and_(outbox.c.state == "waiting", outbox.c.attempts == 0), outbox.c.due_at)).label("held_until"),
).where(outbox.c.address_id == bindparam("to"), IS_WHOLE)
CONVERSATION = (
    _SPOKEN.where(outbox.c.id > bindparam("after"), outbox.c.state != "dropped")
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
LATEST = _SPOKEN.order_by(outbox.c.id.desc()).limit(bindparam("most"))
