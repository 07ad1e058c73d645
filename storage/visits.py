"""Visits to the web desk: signed in with one browser, until it is ended, rests too long, or the role changes.

The browser holds the token; the database its SHA-256 alone.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.accounts import hashed
from storage.staff import Member, as_member
from storage.tables import AnyRow, staff, visit

IDLE = timedelta(minutes=45)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""So often at most it is written down that somebody is still there."""


@dataclass(frozen=True, slots=True)
class Visit:
    id: int
    member: Member
    browser: str
    begun_at: datetime
    seen_at: datetime

    def is_stale(self, now: datetime) -> bool:
        """Should it be written down that they are still there?"""
        return now - self.seen_at >= SEEN_EVERY


class Visits:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def begin(self, member: Member, browser: str, now: datetime) -> tuple[int, str]:
        """Its number, and the token for the browser."""
        shown = secrets.token_urlsafe(32)
        row = {
            "staff_id": member.id,
            "token_hash": hashed(shown),
            "role": member.role.value,
            "area": member.area,
            "browser": browser[:80],
            "begun_at": now,
            "seen_at": now,
        }
        return int(self.connection.execute(_BEGIN, row).scalar_one()), shown

    def find(self, shown: str, now: datetime) -> Visit | None:
        """Whose it is, while it lasts and they are who they were when it began."""
        row = self.connection.execute(_FIND, {"this": hashed(shown), **_since(now)}).first()
        return _visit(row) if row else None

    def see(self, visit_id: int, now: datetime) -> None:
        self.connection.execute(_SEE, {"one": visit_id, "now": now})

    def of(self, staff_id: int, now: datetime) -> list[Visit]:
        """Those that last, the one seen last in front."""
        return [_visit(row) for row in self.connection.execute(_OF, {"whom": staff_id, **_since(now)})]

    def end(self, visit_id: int, staff_id: int, now: datetime) -> bool:
        """One of their own; False when there is none like that."""
        ended = self.connection.execute(_END, {"one": visit_id, "whom": staff_id, "now": now})
        return ended.rowcount == 1

    def end_all(self, staff_id: int, now: datetime) -> None:
        self.connection.execute(_END_ALL, {"whom": staff_id, "now": now})


def _since(now: datetime) -> dict[str, datetime]:
    return {"idle": now - IDLE, "longest": now - LONGEST}


def _visit(row: AnyRow) -> Visit:
    return Visit(row.visit_id, as_member(row), row.browser, row.begun_at, row.seen_at)


_BEGIN = insert(visit).returning(visit.c.id)
_LASTS = (
    visit.c.ended_at.is_(None),
    visit.c.seen_at > bindparam("idle"),
    visit.c.begun_at > bindparam("longest"),
    visit.c.begun_at >= staff.c.created_at,
    visit.c.role == staff.c.role,
    visit.c.area == staff.c.area,
    staff.c.ended_at.is_(None),
)
_LASTING = (
    select(staff, visit.c.id.label("visit_id"), visit.c.browser, visit.c.begun_at, visit.c.seen_at)
    .join_from(visit, staff)
    .where(*_LASTS)
)
_FIND = _LASTING.where(visit.c.token_hash == bindparam("this"))
_OF = _LASTING.where(visit.c.staff_id == bindparam("whom")).order_by(visit.c.seen_at.desc(), visit.c.id)
_SEE = (
    update(visit)
    .where(visit.c.id == bindparam("one"), visit.c.ended_at.is_(None))
    .values(seen_at=bindparam("now"))
)
_END = (
    update(visit)
    .where(visit.c.id == bindparam("one"), visit.c.staff_id == bindparam("whom"), visit.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_END_ALL = (
    update(visit)
    .where(visit.c.staff_id == bindparam("whom"), visit.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
