"""Accounts at the web desk: set up once by a link, opened by a password and a second step.

invite ──link──▶ begin(password, code) ──▶ account + ten recovery codes ──▶ sign in, as often as they like
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.keys import Keys
from storage.staff import Member, as_member
from storage.tables import account, account_code, account_link, staff
from storage.totp import draw_secret

LINK_HOURS = 72
CODES, HALF = 10, 5
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Link:
    """An account to be set up: whose, and the secret that their app is given."""

    member: Member
    secret: bytes


@dataclass(frozen=True, slots=True)
class Account:
    member: Member
    password_hash: bytes
    secret: bytes | None
    """None where no second step is asked for: the demo's."""


class Accounts:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def invite(self, staff_id: int, now: datetime) -> str:
        """What stands in the link; one made before is good no longer. The account stands until it is used."""
        shown = secrets.token_urlsafe(32)
        self.connection.execute(_DROP_LINKS, {"whom": staff_id})
        row = {
            "link_hash": hashed(shown),
            "staff_id": staff_id,
            "totp_sealed": self._seal(draw_secret(), staff_id),
            "made_at": now,
            "expires_at": now + timedelta(hours=LINK_HOURS),
        }
        self.connection.execute(_ADD_LINK, row)
        return shown

    def link(self, shown: str, now: datetime) -> Link | None:
        """None for one that was used, is too old, or never was."""
        row = self.connection.execute(_LINK, {"this": hashed(shown), "now": now}).first()
        return Link(as_member(row), self._open(row.totp_sealed, row.id)) if row else None

    def begin(self, shown: str, password_hash: bytes, step: int, now: datetime) -> Sequence[str] | None:
        """Set the account up as the link says; its recovery codes, which can never be had again."""
        known = self.link(shown, now)
        used = self.connection.execute(_USE_LINK, {"this": hashed(shown), "now": now})
        if known is None or used.rowcount != 1:
            return None
        self._set(known.member.id, password_hash, known.secret, step, now)
        return self._draw_codes(known.member.id)

    def begin_plainly(self, staff_id: int, password_hash: bytes, now: datetime) -> None:
        """By password alone: for the demo, whose password everybody knows."""
        self._set(staff_id, password_hash, None, 0, now)

    def of(self, staff_id: int) -> Account | None:
        row = self.connection.execute(_OF, {"whom": staff_id}).first()
        if row is None:
            return None
        secret = self._open(row.totp_sealed, staff_id) if row.totp_sealed else None
        return Account(as_member(row), row.password_hash, secret)

    def take_step(self, staff_id: int, step: int) -> bool:
        """Each code opens once, and none after a later one."""
        return self.connection.execute(_STEP, {"whom": staff_id, "step": step}).rowcount == 1

    def take_code(self, staff_id: int, shown: str, now: datetime) -> bool:
        """A recovery code, once."""
        used = {"whom": staff_id, "this": self.keys.code(shown), "now": now}
        return self.connection.execute(_USE_CODE, used).rowcount == 1

    def codes_left(self, staff_id: int) -> int:
        return int(self.connection.execute(_LEFT, {"whom": staff_id}).scalar_one())

    def _set(
        self, staff_id: int, password_hash: bytes, secret: bytes | None, step: int, now: datetime
    ) -> None:
        self.connection.execute(_DROP, {"whom": staff_id})
        row = {
            "staff_id": staff_id,
            "password_hash": password_hash,
            "totp_sealed": self._seal(secret, staff_id) if secret else None,
            "last_step": step,
            "set_at": now,
        }
        self.connection.execute(_ADD, row)

    def _draw_codes(self, staff_id: int) -> list[str]:
        codes = [f"{_letters()}-{_letters()}" for _ in range(CODES)]
        self.connection.execute(_DROP_CODES, {"whom": staff_id})
        rows = [{"code_hmac": self.keys.code(one), "staff_id": staff_id} for one in codes]
        self.connection.execute(_ADD_CODE, rows)
        return codes

    def _seal(self, secret: bytes, staff_id: int) -> bytes:
        return self.keys.columns.seal(secret, "account", "totp", staff_id)

    def _open(self, sealed: bytes, staff_id: int) -> bytes:
        return self.keys.columns.open(sealed, "account", "totp", staff_id)


def hashed(shown: str) -> str:
    """A token of 256 drawn bits needs no salt and no stretching."""
    return hashlib.sha256(shown.encode(errors="replace")).hexdigest()


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))


_THEIRS = staff.c.ended_at.is_(None)
_ADD_LINK = insert(account_link)
_DROP_LINKS = delete(account_link).where(account_link.c.staff_id == bindparam("whom"))
_GOOD = (
    account_link.c.link_hash == bindparam("this"),
    account_link.c.used_at.is_(None),
    account_link.c.expires_at > bindparam("now"),
)
_LINK = select(staff, account_link.c.totp_sealed).join_from(account_link, staff).where(*_GOOD, _THEIRS)
_USE_LINK = update(account_link).where(*_GOOD).values(used_at=bindparam("now"))
_ADD = insert(account)
_DROP = delete(account).where(account.c.staff_id == bindparam("whom"))
_OF = (
    select(staff, account.c.password_hash, account.c.totp_sealed)
    .join_from(account, staff)
    .where(account.c.staff_id == bindparam("whom"), _THEIRS)
)
_STEP = (
    update(account)
    .where(account.c.staff_id == bindparam("whom"), account.c.last_step < bindparam("step"))
    .values(last_step=bindparam("step"))
)
_ADD_CODE = insert(account_code)
_DROP_CODES = delete(account_code).where(account_code.c.staff_id == bindparam("whom"))
_UNUSED = (account_code.c.staff_id == bindparam("whom"), account_code.c.used_at.is_(None))
_USE_CODE = (
    update(account_code)
    .where(*_UNUSED, account_code.c.code_hmac == bindparam("this"))
    .values(used_at=bindparam("now"))
)
_LEFT = select(func.count()).select_from(account_code).where(*_UNUSED)
