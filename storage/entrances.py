"""Links to the desk that are sent to a member's own chat: whose chat that is, and each link once.

the account page ◀──code── the chat        afterwards        the door ──link──▶ the chat
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.accounts import hashed
from storage.tables import entrance_link, staff, staff_chat

LINK_MINUTES = 10


class Entrances:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def link_chat(self, staff_id: int, person_id: int, now: datetime) -> None:
        """From now on their links go to the chat of that person of the roster."""
        self.unlink_chat(staff_id)
        row = {"staff_id": staff_id, "person_id": person_id, "linked_at": now}
        self.connection.execute(_LINK_CHAT, row)

    def unlink_chat(self, staff_id: int) -> None:
        """A link that is on its way opens nothing any more either."""
        for drop in (_UNLINK_CHAT, _DROP):
            self.connection.execute(drop, {"whom": staff_id})

    def person_of(self, staff_id: int) -> int | None:
        return self.connection.execute(_PERSON, {"whom": staff_id}).scalar()

    def make(self, staff_id: int, now: datetime) -> str:
        """What stands in the link; one made before is good no longer."""
        shown = secrets.token_urlsafe(32)
        self.connection.execute(_DROP, {"whom": staff_id})
        times = {"made_at": now, "expires_at": now + timedelta(minutes=LINK_MINUTES)}
        self.connection.execute(_ADD, {"link_hash": hashed(shown), "staff_id": staff_id, **times})
        return shown

    def whose(self, shown: str, now: datetime) -> int | None:
        """None for one that was used, is too old, or never was."""
        return self.connection.execute(_WHOSE, {"this": hashed(shown), "now": now}).scalar()

    def use(self, shown: str, now: datetime) -> bool:
        """Use it up; False when somebody was faster."""
        return self.connection.execute(_USE, {"this": hashed(shown), "now": now}).rowcount == 1


_LINK_CHAT = insert(staff_chat)
_UNLINK_CHAT = delete(staff_chat).where(staff_chat.c.staff_id == bindparam("whom"))
_PERSON = select(staff_chat.c.person_id).where(staff_chat.c.staff_id == bindparam("whom"))
_ADD = insert(entrance_link)
_DROP = delete(entrance_link).where(entrance_link.c.staff_id == bindparam("whom"))
_GOOD = (
    entrance_link.c.link_hash == bindparam("this"),
    entrance_link.c.used_at.is_(None),
    entrance_link.c.expires_at > bindparam("now"),
)
_WHOSE = select(staff.c.id).join_from(entrance_link, staff).where(*_GOOD, staff.c.ended_at.is_(None))
_USE = update(entrance_link).where(*_GOOD).values(used_at=bindparam("now"))
