"""Posts that nobody holds: how many of each role in an area, and which."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, case, exists, func, select

from core.model.people import Post, Role
from storage.people import placed_posts
from storage.scopes import inside
from storage.tables import holding, post


@dataclass(frozen=True, slots=True)
class Posts:
    """Of one role."""

    many: int
    vacant: int


class Vacancies:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def counts(self, area: str = "") -> Mapping[Role, Posts]:
        """Of every role that has posts in the area (everywhere when it is empty), the widest first."""
        rows = self.connection.execute(_COUNTED.where(inside(post.c.area, area)))
        counted = {Role(row.role): Posts(row.many, row.vacant) for row in rows}
        return {role: counted[role] for role in reversed(Role) if role in counted}

    def first(self, area: str = "", limit: int = 20) -> list[Post]:
        """The first of them by their area's code."""
        return placed_posts(
            self.connection,
            select(post.c.id)
            .where(inside(post.c.area, area), ~_HELD)
            .order_by(post.c.area, post.c.role, post.c.seat)
            .limit(limit),
        )


_HELD = exists().where(holding.c.post_id == post.c.id, holding.c.until.is_(None))
_NOW = (holding.c.post_id == post.c.id) & holding.c.until.is_(None)
_COUNTED = (
    select(
        post.c.role,
        func.count().label("many"),
        func.sum(case((holding.c.id.is_(None), 1), else_=0)).label("vacant"),
    )
    .join_from(post, holding, _NOW, isouter=True)
    .group_by(post.c.role)
)
