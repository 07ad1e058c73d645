"""Files that we send: kept sealed like evidence for thirty days, then erased.

file = book.enclosures.enclose(evidence, "rekap-64.72.png", "image/png", content, now)
Reply("Rekap pekan ini", files=(file,))
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select

from core.model.messages import Enclosure
from storage.evidence import Evidence, Sealed
from storage.keys import Keys
from storage.tables import enclosure

KEPT = timedelta(days=30)
MOST = 50_000_000
"""The largest that any platform takes."""
LONGEST_NAME = 60
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of ours, and where its sealed bytes lie."""

    enclosure: Enclosure
    path: str
    data_key: bytes


class Enclosures:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def enclose(
        self, evidence: Evidence, name: str, content_type: str, content: bytes, now: datetime
    ) -> Enclosure:
        """Keep a file that is to be sent; the same one may go along with any number of replies."""
        ref = secrets.token_hex(16)
        sealed = evidence.put(ref, content, MOST)
        file = Enclosure(safe_name(name), content_type, ref, sealed.size)
        self._add(file, sealed, now)
        return file

    def get(self, ref: str, now: datetime) -> Kept | None:
        """None when there is no such file, or none any more."""
        row = self.connection.execute(_GET, {"one": ref, "now": now}).first()
        if row is None:
            return None
        name = self.keys.open(row.name_sealed, "enclosure", "name", row.id)
        return Kept(Enclosure(name, row.content_type, row.id, row.size), row.path, row.data_key)

    def expired(self, now: datetime, limit: int) -> dict[str, str]:
        """The paths of those whose time is over, by their ids."""
        rows = self.connection.execute(_EXPIRED, {"now": now, "most": limit})
        return {row.id: row.path for row in rows}

    def drop(self, refs: Sequence[str]) -> None:
        """Forget their keys: nobody can open them any more."""
        if refs:
            self.connection.execute(_DROP, {"several": list(refs)})

    def known(self, shelf: str) -> set[str]:
        """The paths that begin so and that a row tells of."""
        return set(self.connection.execute(_KNOWN, {"shelf": f"{shelf}%"}).scalars())

    def _add(self, file: Enclosure, sealed: Sealed, now: datetime) -> None:
        row = {
            "id": file.ref,
            "name_sealed": self.keys.seal(file.name, "enclosure", "name", file.ref),
            "content_type": file.content_type,
            "size": sealed.size,
            "sha256": sealed.sha256,
            "path": sealed.path,
            "data_key": sealed.data_key,
            "made_at": now,
            "expires_at": now + KEPT,
        }
        self.connection.execute(_ADD, row)


def safe_name(name: str) -> str:
    """A name that every system, header and address takes as it is; the ending stays."""
    stem, dot, ending = UNSAFE.sub("-", name).strip("-.").rpartition(".")
    room = LONGEST_NAME - len(dot + ending)
    return f"{stem[:room].rstrip('-.')}{dot}{ending}"[:LONGEST_NAME] or "berkas"


_ADD = insert(enclosure)
_GET = select(
    enclosure.c.id,
    enclosure.c.name_sealed,
    enclosure.c.content_type,
    enclosure.c.size,
    enclosure.c.path,
    enclosure.c.data_key,
).where(enclosure.c.id == bindparam("one"), enclosure.c.expires_at > bindparam("now"))
_EXPIRED = (
    select(enclosure.c.id, enclosure.c.path)
    .where(enclosure.c.expires_at <= bindparam("now"))
    .order_by(enclosure.c.expires_at)
    .limit(bindparam("most"))
)
_DROP = delete(enclosure).where(enclosure.c.id.in_(bindparam("several", expanding=True)))
_KNOWN = select(enclosure.c.path).where(enclosure.c.path.like(bindparam("shelf")))
