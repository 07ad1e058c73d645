"""Who works at the desk and with the API: an e-mail address, one role in one area, until it ends."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from core.model.areas import Level
from core.model.cases import Actor
from core.model.people import Role
from storage.areas import Areas
from storage.hooks import stop_those_of
from storage.tables import (
    AnyRow,
    account,
    account_code,
    account_link,
    entrance_link,
    staff,
    staff_chat,
    token,
    visit,
)

LEVELS: dict[Role, Level | None] = {
    Role.PANWASCAM: Level.DISTRICT,
    Role.KABKOTA: Level.REGENCY,
    Role.PROVINSI: Level.PROVINCE,
    Role.RI: None,
}
"""Who may work at the desk, and what kind of area is theirs; None: the whole country, written as ""."""
EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,180}\.[^@\s.\x00-\x1f]{2,}")
LONGEST_NAME = 120


class NotStaff(Exception):
    """Nobody can be taken in so; `why` is "email", "name", "role", "area", "level" or "there"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Member:
    """One who works here. `ended_at` is set for those who did."""

    id: int
    email: str
    name: str
    role: Role
    area: str
    created_at: datetime
    ended_at: datetime | None

    @property
    def actor(self) -> Actor:
        return Actor("staff", self.id, ((self.role, self.area),))


class Staff:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, email: str, name: str, role: Role, area: str, now: datetime) -> Member:
        """Take somebody in, or take back one who had left; `NotStaff` for what cannot be."""
        email, name = _spelled(email), " ".join(name.split())
        self._check(email, name, role, area)
        known = self._find(email)
        if known and known.ended_at is None:
            raise NotStaff("there")
        row = {"email": email, "name": name, "role": role.value, "area": area, "created_at": now}
        if known:
            again = {f"new_{key}": value for key, value in row.items() if key != "email"}
            self.connection.execute(_TAKE_BACK, again | {"whom": known.id})
        else:
            self.connection.execute(_ADD, row)
        return self._there(email)

    def get(self, staff_id: int) -> Member | None:
        """Them, also when they have left: what they did stays written."""
        row = self.connection.execute(_GET, {"wanted": staff_id}).first()
        return as_member(row) if row else None

    def by_email(self, email: str) -> Member | None:
        """Who works here now under that address."""
        found = self._find(_spelled(email))
        return found if found and found.ended_at is None else None

    def every(self) -> list[Member]:
        """All, also those who left, by their address."""
        return [as_member(row) for row in self.connection.execute(_EVERY)]

    def end(self, staff_id: int, now: datetime) -> None:
        """They work here no longer: no token, visit or account of theirs opens anything from now on, and no
        other system is told anything in their name."""
        self.connection.execute(_END, {"whom": staff_id, "now": now})
        self.connection.execute(_REVOKE_ALL, {"whom": staff_id, "now": now})
        self.connection.execute(_LEAVE, {"whom": staff_id, "now": now})
        stop_those_of(self.connection, staff_id, now)
        for forget in _FORGET:
            self.connection.execute(forget, {"whom": staff_id})

    def _check(self, email: str, name: str, role: Role, area: str) -> None:
        if not EMAIL.fullmatch(email) or len(email) > 254:
            raise NotStaff("email")
        if len(name) > LONGEST_NAME:
            raise NotStaff("name")
        if role not in LEVELS:
            raise NotStaff("role")
        there = Areas(self.connection).get(area) if area else None
        if there is None and (area or LEVELS[role] is not None):
            raise NotStaff("area")
        if (there.level if there else None) is not LEVELS[role]:
            raise NotStaff("level")

    def _find(self, email: str) -> Member | None:
        row = self.connection.execute(_BY_EMAIL, {"wanted": email}).first()
        return as_member(row) if row else None

    def _there(self, email: str) -> Member:
        return as_member(self.connection.execute(_BY_EMAIL, {"wanted": email}).one())


def _spelled(email: str) -> str:
    return email.strip().lower()


def as_member(row: AnyRow) -> Member:
    return Member(row.id, row.email, row.name, Role(row.role), row.area, row.created_at, row.ended_at)


_GET = select(staff).where(staff.c.id == bindparam("wanted"))
_BY_EMAIL = select(staff).where(staff.c.email == bindparam("wanted"))
_EVERY = select(staff).order_by(staff.c.email)
_ADD = insert(staff)
_TAKE_BACK = (
    update(staff)
    .where(staff.c.id == bindparam("whom"))
    .values(
        name=bindparam("new_name"),
        role=bindparam("new_role"),
        area=bindparam("new_area"),
        created_at=bindparam("new_created_at"),
        ended_at=None,
    )
)
_END = (
    update(staff)
    .where(staff.c.id == bindparam("whom"), staff.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_REVOKE_ALL = (
    update(token)
    .where(token.c.staff_id == bindparam("whom"), token.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)
_LEAVE = (
    update(visit)
    .where(visit.c.staff_id == bindparam("whom"), visit.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_FORGET = tuple(
    delete(one).where(one.c.staff_id == bindparam("whom"))
    for one in (account_code, account_link, account, staff_chat, entrance_link)
)
"""Whoever comes back sets a password anew."""
