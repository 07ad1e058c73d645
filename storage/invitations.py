"""One-time codes that open a channel as a known person; only their HMAC is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.keys import Keys
from storage.tables import invitation


@dataclass(frozen=True, slots=True)
class Invitation:
    id: int
    person_id: int
    purpose: str
    expires_at: datetime


class Invitations:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def make(self, person_id: int, code: str, now: datetime, minutes: int, purpose: str = "channel") -> int:
        row = {
            "person_id": person_id,
            "purpose": purpose,
            "code_hmac": self.keys.code(code),
            "made_at": now,
            "expires_at": now + timedelta(minutes=minutes),
        }
        return int(self.connection.execute(_MAKE, row).scalar_one())

    def withdraw(self, person_id: int, purpose: str, now: datetime) -> None:
        """Their earlier ones for that purpose open nothing any more."""
        self.connection.execute(_WITHDRAW, {"whom": person_id, "what": purpose, "now": now})

    def find(self, code: str, now: datetime) -> Invitation | None:
        """The invitation that the code opens, if it may still be used."""
        row = self.connection.execute(_FIND, {"code": self.keys.code(code), "now": now}).first()
        return Invitation(*row) if row else None

    def use(self, invitation_id: int, now: datetime) -> bool:
        """Use it up; False when somebody was faster."""
        used = self.connection.execute(_USE, {"invitation": invitation_id, "now": now})
        return used.rowcount == 1


_MAKE = insert(invitation).returning(invitation.c.id)
_FIND = select(invitation.c.id, invitation.c.person_id, invitation.c.purpose, invitation.c.expires_at).where(
    invitation.c.code_hmac == bindparam("code"),
    invitation.c.used_at.is_(None),
    invitation.c.expires_at > bindparam("now"),
)
_USE = (
    update(invitation)
    .where(invitation.c.id == bindparam("invitation"), invitation.c.used_at.is_(None))
    .values(used_at=bindparam("now"))
)
_WITHDRAW = (
    update(invitation)
    .where(
        invitation.c.person_id == bindparam("whom"),
        invitation.c.purpose == bindparam("what"),
        invitation.c.used_at.is_(None),
        invitation.c.expires_at > bindparam("now"),
    )
    .values(expires_at=bindparam("now"))
)
