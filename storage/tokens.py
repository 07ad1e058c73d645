"""What a program or an officer shows to use the API; shown once when it is made, kept only as its HMAC.

ld_pQ3…   of staff 3, "register of Kukar", scopes cases:read papers, until 1 March
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.keys import Keys
from storage.staff import Member, as_member
from storage.tables import AnyRow, staff, token

SCOPES = (
    *("cases:read", "cases:write", "identity", "papers", "audit", "broadcast", "digests"),
    "reports:read",
)
"""What a token may be good for; `identity` asks for a custodian's passphrase besides."""
LONGEST_DAYS = 366
PREFIX = "ld_"
"""Says what it is to whoever finds one lying about, and to programs that look for such."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; not the token."""

    id: int
    staff_id: int
    label: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """A token that opens, and whose it is."""

    token: Token
    member: Member


class UnknownScope(ValueError):
    """There is no such scope."""


class Tokens:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def make(
        self, staff_id: int, scopes: Collection[str], days: int, label: str, now: datetime
    ) -> tuple[Token, str]:
        """A new token, and what is to be shown: it can never be had again."""
        if not scopes or not set(scopes) <= set(SCOPES):
            raise UnknownScope(" ".join(sorted(set(scopes) - set(SCOPES))))
        shown = PREFIX + secrets.token_urlsafe(32)
        row = {
            "staff_id": staff_id,
            "label": label,
            "token_hmac": self._mac(shown),
            "scopes": " ".join(one for one in SCOPES if one in scopes),
            "created_at": now,
            "expires_at": now + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
        }
        return _token(self.connection.execute(_MAKE, row).one()), shown

    def find(self, shown: str, now: datetime) -> Held | None:
        """The token if it still opens: not expired, not revoked, and its holder still works here."""
        row = self.connection.execute(_FIND, {"mac": self._mac(shown), "now": now}).first()
        if row is None:
            return None
        member = self.connection.execute(_HOLDER, {"whom": row.staff_id}).one()
        return Held(_token(row), as_member(member))

    def of(self, staff_id: int) -> list[Token]:
        return [_token(row) for row in self.connection.execute(_OF, {"whom": staff_id})]

    def revoke(self, token_id: int, now: datetime) -> Token | None:
        """It opens nothing from now on; None when there was no such token that did."""
        row = self.connection.execute(_REVOKE, {"one": token_id, "now": now}).first()
        return _token(row) if row else None

    def _mac(self, shown: str) -> str:
        return self.keys.index("token", shown)


def _token(row: AnyRow) -> Token:
    scopes = frozenset(row.scopes.split())
    return Token(row.id, row.staff_id, row.label, scopes, row.created_at, row.expires_at, row.revoked_at)


_TOKEN = (
    token.c.id,
    token.c.staff_id,
    token.c.label,
    token.c.scopes,
    token.c.created_at,
    token.c.expires_at,
    token.c.revoked_at,
)
_MAKE = insert(token).returning(*_TOKEN)
_FIND = (
    select(*_TOKEN)
    .join_from(token, staff)
    .where(
        token.c.token_hmac == bindparam("mac"),
        token.c.revoked_at.is_(None),
        token.c.expires_at > bindparam("now"),
        staff.c.ended_at.is_(None),
    )
)
_HOLDER = select(staff).where(staff.c.id == bindparam("whom"))
_OF = select(*_TOKEN).where(token.c.staff_id == bindparam("whom")).order_by(token.c.id)
_REVOKE = (
    update(token)
    .where(token.c.id == bindparam("one"), token.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
    .returning(*_TOKEN)
)
