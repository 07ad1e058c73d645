"""Views of the case list that an officer keeps: a filter under a name of theirs, sealed, for nobody else."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.keys import Keys
from storage.tables import saved_view

MOST = 20
LONGEST = 60


@dataclass(frozen=True, slots=True)
class View:
    id: int
    name: str
    query: str
    """As it stands in an address: state=diterima&mine=1"""


class Views:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def of(self, staff_id: int) -> list[View]:
        """Theirs, by name."""
        rows = self.connection.execute(_OF, {"whose": staff_id})
        found = [View(row.id, *self._opened(staff_id, row.content_sealed)) for row in rows]
        return sorted(found, key=lambda one: one.name.casefold())

    def keep(self, staff_id: int, name: str, query: str, now: datetime) -> bool:
        """In place of one of the same name; False when they have as many as there may be."""
        name = " ".join(name.split())[:LONGEST]
        mine = self.of(staff_id)
        for same in [one for one in mine if one.name.casefold() == name.casefold()]:
            self.drop(staff_id, same.id)
            mine.remove(same)
        if len(mine) >= MOST:
            return False
        sealed = self.keys.seal(json.dumps([name, query]), *_place(staff_id))
        self.connection.execute(_KEEP, {"staff_id": staff_id, "content_sealed": sealed, "made_at": now})
        return True

    def drop(self, staff_id: int, view_id: int) -> None:
        """One that is not theirs stays."""
        self.connection.execute(_DROP, {"whose": staff_id, "this": view_id})

    def _opened(self, staff_id: int, sealed: bytes) -> tuple[str, str]:
        name, query = json.loads(self.keys.open(sealed, *_place(staff_id)))
        return name, query


def _place(staff_id: int) -> tuple[str | int, ...]:
    return "saved_view", "content", staff_id


_OF = (
    select(saved_view.c.id, saved_view.c.content_sealed)
    .where(saved_view.c.staff_id == bindparam("whose"))
    .order_by(saved_view.c.id)
)
_KEEP = insert(saved_view)
_DROP = delete(saved_view).where(
    saved_view.c.staff_id == bindparam("whose"), saved_view.c.id == bindparam("this")
)
