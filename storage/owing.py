"""Who owed something besides the silent: told late, or a post that nobody holds; how many are silent now.

late     filed or nihil after it was due, the latest told first
vacant   due and not told, and nobody holds the post, the oldest first
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from core.digests.digest import Silence
from core.digests.span import Span
from core.elections.silent import DAYS
from storage.scopes import inside
from storage.tables import IS_LATE, IS_OPEN_NOW, AnyRow, expectation, holding, person
from storage.tallies import Tallies

After = tuple[datetime, int]
"""The last one's moment and row."""


@dataclass(frozen=True, slots=True)
class Late:
    row: int
    post: int
    role: str
    area: str
    place: tuple[str, ...]
    holder: str
    """Who holds the post now; empty when nobody does."""
    form: str
    due: datetime
    told: datetime


@dataclass(frozen=True, slots=True)
class Vacant:
    post: int
    role: str
    area: str
    place: tuple[str, ...]
    owed: int
    since: datetime


class Owing:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def late(self, span: Span, limit: int, after: After | None = None) -> tuple[Late, ...]:
        rows = self.connection.execute(_late(span, limit, after)).all()
        places = Tallies(self.connection).places({row.area for row in rows})
        return tuple(
            Late(
                row.id,
                row.post_id,
                row.role,
                row.area,
                places[row.area],
                row.name or "",
                row.form,
                row.due_at,
                row.told_at,
            )
            for row in rows
        )

    def vacant(self, span: Span, limit: int, after: After | None = None) -> tuple[Vacant, ...]:
        rows: list[AnyRow] = list(self.connection.execute(_vacant(span, limit, after)))
        places = Tallies(self.connection).places({row.area for row in rows})
        return tuple(
            Vacant(row.post_id, row.role, row.area, places[row.area], row.owed, row.since) for row in rows
        )

    def silent(self, span: Span, limit: int, after: After | None = None) -> tuple[Silence, ...]:
        """As `Tallies.silences`, of a span that is seen now: what is open now, is owed."""
        return Tallies(self.connection).silences(span, limit, after, only=(IS_OPEN_NOW,))

    def silence_of(self, span: Span, post: int) -> Silence | None:
        """What a post below the area is silent about; None when it owes nothing."""
        only = (expectation.c.area != span.area, expectation.c.post_id == post)
        return next(iter(Tallies(self.connection).silences(span, 1, only=only)), None)

    def count_silent(self, area: str, now: datetime) -> int:
        """How many posts in the area are silent these days: as the evening's list counts them."""
        return int(self.connection.execute(_silent(area, now)).scalar_one())


def _within(span: Span) -> tuple[ColumnElement[bool], ...]:
    due = (expectation.c.due_at >= span.start, expectation.c.due_at < span.end)
    return (inside(expectation.c.area, span.area), *due)


_HELD = and_(holding.c.post_id == expectation.c.post_id, holding.c.until.is_(None))


def _late(span: Span, limit: int, after: After | None) -> Select[tuple[object, ...]]:
    query = (
        select(
            expectation.c.id,
            expectation.c.post_id,
            expectation.c.role,
            expectation.c.area,
            person.c.name,
            expectation.c.form,
            expectation.c.due_at,
            expectation.c.told_at,
        )
        .select_from(expectation)
        .outerjoin(holding, _HELD)
        .outerjoin(person, person.c.id == holding.c.person_id)
        .where(
            *_within(span),
            expectation.c.state.in_(("filed", "nihil")),
            IS_LATE,
            expectation.c.told_at <= span.moment,
        )
        .order_by(expectation.c.told_at.desc(), expectation.c.id.desc())
        .limit(limit)
    )
    if after is not None:
        moment, row = after
        same = and_(expectation.c.told_at == moment, expectation.c.id < row)
        query = query.where(or_(expectation.c.told_at < moment, same))
    return query


def _vacant(span: Span, limit: int, after: After | None) -> Select[tuple[object, ...]]:
    since = func.min(expectation.c.due_at)
    whose = (expectation.c.post_id, expectation.c.role, expectation.c.area)
    query = (
        select(*whose, since.label("since"), func.count().label("owed"))
        .where(
            *_within(span),
            IS_OPEN_NOW,
            expectation.c.due_at <= span.moment,
            ~exists().where(_HELD).correlate(expectation),
        )
        .group_by(*whose)
        .order_by(since, expectation.c.post_id)
        .limit(limit)
    )
    if after is not None:
        moment, post = after
        query = query.having(or_(since > moment, and_(since == moment, expectation.c.post_id > post)))
    return query


def _silent(area: str, now: datetime) -> Select[int]:
    return select(func.count(expectation.c.post_id.distinct())).where(
        IS_OPEN_NOW,
        expectation.c.due_at > now - timedelta(days=DAYS),
        expectation.c.due_at <= now,
        inside(expectation.c.area, area),
        exists().where(_HELD).correlate(expectation),
    )
