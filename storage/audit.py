"""What was done with cases and secrets, for good: each row carries a hash over itself and the row before.

  7  2024-11-27 00:30:00  person:20  case.moved     K-7K2-M9Q  {"move":"registrasi"}  9c1f… → 03ab…
  8  2024-11-27 00:31:12  staff:3    identity.open  K-7K2-M9Q  {"reason":"…"}         03ab… → 77d0…

The hash is an HMAC under a key that is not in the database: whoever can change rows cannot mend the chain.
Rows cut off at the end leave no gap; they are missed by a head that was noted elsewhere.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    LargeBinary,
    Text,
    bindparam,
    cast,
    func,
    insert,
    select,
)

from storage.keys import Keys
from storage.tables import AnyRow, audit

BATCH = 1000
LOCK = 0x6C617564
"""PostgreSQL's lock on the end of the chain."""
WRITTEN = "%Y-%m-%d %H:%M:%S.%f"
"""How a moment enters the hash; SQLite stores it so, PostgreSQL is asked for it so."""


@dataclass(frozen=True, slots=True)
class Entry:
    number: int
    at: datetime
    actor: str
    act: str
    subject: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    count: int
    """How many rows hold."""
    head: str
    """The hash of the last of them; empty for an empty log."""
    broken_at: int | None
    """The number of the first row that was altered, put in, or follows one that was taken away."""
    met: bool = True
    """The head that was asked for is there."""


class Audit:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def write(self, actor: str, act: str, subject: str, details: Mapping[str, str], now: datetime) -> None:
        """Add a row; on PostgreSQL nobody else adds one until this transaction ends."""
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(_ALONE)
        last = self.connection.execute(_HEAD).first()
        number, previous = (last.id + 1, last.hash) if last else (1, "")
        told = json.dumps(dict(details), sort_keys=True, separators=(",", ":"))
        at = now.astimezone(UTC).strftime(WRITTEN)
        row = {"id": number, "at": now, "actor": actor, "act": act, "subject": subject, "details": told}
        chained = self._hash(number, previous, at, actor, act, subject, told)
        self.connection.execute(_ADD, row | {"previous": previous, "hash": chained})

    def verify(self, head: str = "") -> Verdict:
        """Go through all of it, a batch at a time; is it whole, and is that head in it?"""
        return self._verify(-1, "", head)

    def verify_last(self, many: int) -> Verdict:
        """The newest rows alone, for a look in passing; `count` is of these."""
        head = self.connection.execute(_HEAD).first()
        before = max(0, head.id - many) if head else 0
        known = self.connection.execute(_HASH, {"number": before}).scalar() or ""
        verdict = self._verify(before or -1, known, "")
        return replace(verdict, count=verdict.count - before)

    def _verify(self, after: int, last: str, head: str) -> Verdict:
        count, met = max(0, after), not head
        for row in self._rows(after):
            number, previous, chained, *rest = map(_text, row)
            right = self._hash(count + 1, last, *rest)
            if number != str(count + 1) or previous != last or not hmac.compare_digest(right, chained):
                return Verdict(count, last, count + 1, met)
            count, last = count + 1, chained
            met = met or chained == head
        return Verdict(count, last, None, met)

    def of(self, subject: str) -> list[Entry]:
        rows = self.connection.execute(_OF, {"whose": subject})
        return [
            Entry(row.id, row.at, row.actor, row.act, row.subject, json.loads(row.details)) for row in rows
        ]

    def _rows(self, last: int) -> Iterator[AnyRow]:
        """All after that one; -1: all."""
        while rows := self.connection.execute(_next(self.connection.dialect.name), {"after": last}).all():
            yield from rows
            last = int(rows[-1][0])

    def _hash(self, number: int, *rest: str) -> str:
        content = json.dumps([number, *rest], separators=(",", ":"))
        return hmac.new(self.keys.audit_key, content.encode(), hashlib.sha256).hexdigest()


def _text(value: object) -> str:
    """A byte that was changed may be no letter any more: it must be found all the same."""
    return value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value)


@cache
def _next(engine: str) -> Executable:
    """The rows as they are hashed: on SQLite, which stores whatever it is given, byte for byte."""
    at: ColumnElement[object] = cast(audit.c.at, LargeBinary)
    columns: list[ColumnElement[object]] = [cast(cast(one, Text), LargeBinary) for one in _COLUMNS]
    if engine == "postgresql":
        at = func.to_char(func.timezone("UTC", audit.c.at), "YYYY-MM-DD HH24:MI:SS.US")
        columns = list(_COLUMNS)
    number, previous, chained, *rest = columns
    following = select(number, previous, chained, at, *rest).where(audit.c.id > bindparam("after"))
    return following.order_by(audit.c.id).limit(BATCH)


_COLUMNS = (
    audit.c.id,
    audit.c.previous,
    audit.c.hash,
    audit.c.actor,
    audit.c.act,
    audit.c.subject,
    audit.c.details,
)
_ALONE = select(func.pg_advisory_xact_lock(LOCK))
_HEAD = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
_HASH = select(audit.c.hash).where(audit.c.id == bindparam("number"))
_ADD = insert(audit)
_OF = (
    select(audit.c.id, audit.c.at, audit.c.actor, audit.c.act, audit.c.subject, audit.c.details)
    .where(audit.c.subject == bindparam("whose"))
    .order_by(audit.c.id)
)
