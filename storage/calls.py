"""Who was phoned about their silence, when and by whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.tables import call


@dataclass(frozen=True, slots=True)
class Call:
    post: int
    by: str
    """`person:12`, `staff:3`."""
    at: datetime
    note: str


class Calls:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def note(self, post_id: int, by: str, now: datetime, note: str = "") -> None:
        self.connection.execute(_NOTE, {"post_id": post_id, "by": by, "at": now, "note": note})

    def of(self, post_id: int) -> list[Call]:
        """The newest first."""
        rows = self.connection.execute(_OF, {"of": post_id})
        return [Call(row.post_id, row.by, row.at, row.note) for row in rows]

    def latest(self, posts: Collection[int]) -> dict[int, Call]:
        """The last call to each of them."""
        rows = self.connection.execute(_LATEST, {"posts": list(posts)}) if posts else ()
        return {row.post_id: Call(row.post_id, row.by, row.at, row.note) for row in rows}

    def last(self, posts: Collection[int], moment: datetime) -> dict[int, datetime]:
        """When each of them was last phoned, up to that moment."""
        if not posts:
            return {}
        rows = self.connection.execute(_LAST, {"posts": list(posts), "moment": moment})
        return {row.post_id: row.last for row in rows}


_NOTE = insert(call)
_OF = select(call).where(call.c.post_id == bindparam("of")).order_by(call.c.at.desc(), call.c.id.desc())
_LAST = (
    select(call.c.post_id, func.max(call.c.at).label("last"))
    .where(
        call.c.post_id.in_(bindparam("posts", expanding=True)),
        call.c.at <= bindparam("moment", type_=call.c.at.type),
    )
    .group_by(call.c.post_id)
)
_LATEST = (
    select(call).where(call.c.post_id.in_(bindparam("posts", expanding=True))).order_by(call.c.at, call.c.id)
)
