"""How an address and what was said there are forgotten, so that no row leads back to whoever wrote."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, case, delete, exists, or_, select, update

from storage.attempts import Attempts
from storage.cases.writing import reply_index
from storage.erasing import erase
from storage.inbox import Inbox
from storage.keys import Keys
from storage.sessions import Sessions
from storage.tables import address, case_file, media, outbox


def forget_talk(connection: Connection, keys: Keys, address_id: int, before: datetime | None = None) -> None:
    """Where a stranger's talk stood, and the words that were said, or those said before then."""
    Sessions(connection, keys).drop(f"address:{address_id}")
    Inbox(connection, keys).forget(address_id)
    erase(connection, address_id, before)


def forget_address(connection: Connection, keys: Keys, address_id: int) -> None:
    """All that hangs on the address, and itself, unless it is a person's or news of another case go there."""
    forget_talk(connection, keys, address_id)
    Inbox(connection, keys).forget(address_id, whole=True)
    Attempts(connection).forget(address_id)
    this = {"this": address_id}
    connection.execute(_DROP_SAID, this)
    connection.execute(_LEAVE_MEDIA, this)
    if connection.execute(_IS_NEEDED, this | {"index": reply_index(keys, address_id)}).first() is None:
        connection.execute(_DROP_UNSAID, this)
        connection.execute(_DROP, this)
    else:
        connection.execute(_KEEP, this)


_THIS = address.c.id == bindparam("this")
_THERE = outbox.c.address_id == bindparam("this")
_DROP_SAID = delete(outbox).where(_THERE, outbox.c.due_at.is_(None))
_DROP_UNSAID = delete(outbox).where(_THERE)
_LEAVE_MEDIA = (
    update(media)
    .where(media.c.address_id == bindparam("this"))
    .values(
        address_id=None,
        ref_sealed=None,
        due_at=None,
        state=case({"expected": "failed"}, value=media.c.state, else_=media.c.state),
    )
)
"""What was not fetched by now will not be."""
_OF_A_CASE = exists().where(case_file.c.reply_index == bindparam("index"))
_IS_NEEDED = select(address.c.id).where(_THIS, or_(address.c.person_id.is_not(None), _OF_A_CASE))
_DROP = delete(address).where(_THIS)
_KEEP = update(address).where(_THIS).values(forget_at=None)
