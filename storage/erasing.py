"""How words of ours are erased from the outbox: the row stays, its `reply_sealed` is empty.

secret, sent to a phone       erased in the same breath
secret, in the web chat       its page fetches it later: erased when its reader answered, or after an hour
said before a case was opened erased with it
"""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, false, select, update

from core.model.messages import Channel
from storage.tables import address, outbox


def erase(connection: Connection, address_id: int, before: datetime | None = None) -> None:
    """What was said there, or only before then; what is not sent yet becomes secret."""
    if before is not None:
        connection.execute(_SAID_BEFORE, {"to": address_id, "before": before})
        return
    connection.execute(_SAID, {"to": address_id})
    connection.execute(_UNSAID, {"to": address_id})


def erase_seen(connection: Connection, address_id: int) -> None:
    """What was secret there and counts as sent."""
    connection.execute(_SEEN, {"to": address_id})


def erase_secrets(connection: Connection, before: datetime) -> int:
    """Whatever is secret still, was put before then and will not be tried again."""
    return connection.execute(_LEFT, {"before": before}).rowcount


_channel = select(address.c.channel).where(address.c.id == outbox.c.address_id).scalar_subquery()
_ERASES = and_(outbox.c.secret, _channel != Channel.WEBCHAT.value)
UNLESS_SECRET = {
    "reply_sealed": case((_ERASES, b""), else_=outbox.c.reply_sealed),
    "secret": case((_ERASES, false()), else_=outbox.c.secret),
}
"""What becomes of the words when nothing more is to be sent."""
IS_WHOLE = outbox.c.reply_sealed != b""

_ERASED = {"reply_sealed": b"", "secret": False}
_THERE = outbox.c.address_id == bindparam("to")
_DONE = outbox.c.due_at.is_(None)
_SAID = update(outbox).where(_THERE, _DONE, IS_WHOLE).values(_ERASED)
_SAID_BEFORE = _SAID.where(outbox.c.created_at < bindparam("before"))
_UNSAID = update(outbox).where(_THERE, ~_DONE).values(secret=True)
_SEEN = update(outbox).where(_THERE, _DONE, outbox.c.secret).values(_ERASED)
_LEFT = (
    update(outbox).where(outbox.c.secret, _DONE, outbox.c.created_at < bindparam("before")).values(_ERASED)
)
