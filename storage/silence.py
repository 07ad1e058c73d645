"""Who is silent below somebody in the hierarchy, and what kept their reminder from them.

64.72.03 Samarinda Ulu: 7 posts silent, 1 of whom never wrote here, 1 whose reminder waits for WhatsApp
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from core.digests.digest import Silence
from core.digests.span import Span
from core.elections.silent import DAYS, Silent
from core.model.areas import Level, level_of
from core.model.messages import Channel
from core.model.zones import zone_of
from storage.areas import Areas, label
from storage.mailing import is_unsaid
from storage.reminders import LATELY
from storage.scopes import inside
from storage.tables import (
    IS_OPEN_NOW,
    IS_UNSAID_REMINDER,
    IS_WITHHELD,
    AnyRow,
    address,
    call,
    expectation,
    holding,
    outbox,
    post,
)
from storage.tallies import Tallies, is_still_awaited

LENGTHS = {Level.PROVINCE: 2, Level.REGENCY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13, Level.TPS: 17}
"""How long a code is at each level."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Which of the silent posts are wanted."""

    page: int = 0
    size: int = 5
    uncalled: bool = False
    """Only those whom nobody phoned today."""
    post: int | None = None
    """Besides, this very one."""


class SilentAreas:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def areas(self, zone: str, level: Level, moment: datetime) -> list[str]:
        """The areas of that level in the zone in which somebody is silent."""
        part = func.substr(expectation.c.area, 1, LENGTHS[level])
        query = (
            select(part)
            .join_from(expectation, post, post.c.id == expectation.c.post_id)
            .join(holding, and_(holding.c.post_id == post.c.id, holding.c.until.is_(None)))
            .where(
                IS_OPEN_NOW,
                post.c.zone == zone,
                expectation.c.due_at <= moment,
                expectation.c.due_at > moment - timedelta(days=DAYS + 1),
                is_still_awaited(moment),
                func.length(expectation.c.area) > LENGTHS[level],
            )
            .distinct()
        )
        return sorted(self.connection.execute(query).scalars())

    def read(self, area: str, moment: datetime, looked: Looked | None = None) -> Silent | None:
        """All of the area; None for no such area."""
        there = Areas(self.connection).get(area)
        if there is None:
            return None
        looked, span = looked or Looked(), _span(area, moment)
        counted = self.connection.execute(_counted(span)).all()
        return Silent(
            area,
            label(there),
            sum(row.silent for row in counted),
            self._shown(span, looked),
            self._parts(counted),
            unreachable=sum(row.unreachable for row in counted),
            withheld=sum(row.withheld for row in counted),
            failed=sum(row.failed for row in counted),
            postponed=sum(row.postponed for row in counted),
            recently=sum(row.recently for row in counted),
            asked=self._one(span, looked.post),
        )

    def _shown(self, span: Span, looked: Looked) -> tuple[Silence, ...]:
        only = [expectation.c.area != span.area]
        if looked.uncalled:
            only.append(~_is_called_since(_midnight(span)))
        until = (looked.page + 1) * looked.size
        # Two more than are shown: one may be phoned just now, the other says that there are further ones.
        found = Tallies(self.connection).silences(span, until + 2, only=[IS_OPEN_NOW, *only])
        return found[looked.page * looked.size :]

    def _one(self, span: Span, wanted: int | None) -> Silence | None:
        if wanted is None:
            return None
        only = (
            expectation.c.area != span.area,
            expectation.c.post_id == wanted,
        )
        return next(iter(Tallies(self.connection).silences(span, 1, only=only)), None)

    def _parts(self, counted: Sequence[AnyRow]) -> tuple[tuple[str, int], ...]:
        known = Areas(self.connection).several({row.part for row in counted})
        named = [(label(known[row.part]), int(row.silent)) for row in counted if row.part in known]
        return tuple(sorted(named, key=lambda one: (-one[1], one[0])))


def _span(area: str, moment: datetime) -> Span:
    today = moment.astimezone(ZoneInfo(zone_of(area))).date()
    return Span(area, today - timedelta(days=DAYS), DAYS + 1, moment)


def _midnight(span: Span) -> datetime:
    zone = ZoneInfo(zone_of(span.area))
    return datetime.combine(span.moment.astimezone(zone).date(), time.min, zone).astimezone(UTC)


def _counted(span: Span) -> Select[tuple[str, int]]:
    """How many posts are silent in each area one level below, and what is known of their reminders."""
    length = LENGTHS[list(Level)[list(Level).index(level_of(span.area)) + 1]]
    silent = _posts(span).subquery()
    flags = ("unreachable", "withheld", "failed", "postponed", "recently")
    part = func.substr(silent.c.area, 1, length).label("part")
    sums = (func.sum(silent.c[flag]).label(flag) for flag in flags)
    return select(part, func.count().label("silent"), *sums).group_by(part)


def _posts(span: Span) -> Select[tuple[object, ...]]:
    """Each silent post once. A flag of the reminder counts only for whom it could not reach by itself."""
    waits = func.max(expectation.c.waits_until) > span.moment
    lately = func.max(expectation.c.reminded_at) > span.moment - LATELY
    unreachable = ~_can_be_written_to()
    return (
        select(
            expectation.c.post_id,
            expectation.c.area,
            _one_if(unreachable).label("unreachable"),
            _one_if(_has_unsaid(IS_WITHHELD)).label("withheld"),
            _one_if(_has_unsaid(and_(outbox.c.state == "parked", ~is_unsaid()))).label("failed"),
            _one_if(and_(waits, ~unreachable)).label("postponed"),
            _one_if(
                and_(lately, ~unreachable, or_(func.max(expectation.c.waits_until).is_(None), ~waits))
            ).label("recently"),
        )
        .join_from(
            expectation,
            holding,
            and_(holding.c.post_id == expectation.c.post_id, holding.c.until.is_(None)),
        )
        .where(
            inside(expectation.c.area, span.area),
            expectation.c.area != span.area,
            IS_OPEN_NOW,
            expectation.c.due_at >= span.start,
            expectation.c.due_at <= span.moment,
            is_still_awaited(span.moment),
        )
        .group_by(expectation.c.post_id, expectation.c.area, holding.c.person_id)
    )


def _one_if(meant: ColumnElement[bool]) -> ColumnElement[int]:
    return case((meant, 1), else_=0)


def _can_be_written_to() -> ColumnElement[bool]:
    theirs = address.c.person_id == holding.c.person_id
    return exists().where(theirs, address.c.channel != Channel.TERMINAL.value).correlate(holding)


def _has_unsaid(kept: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(outbox.c.id)
        .join_from(address, outbox, outbox.c.address_id == address.c.id)
        .where(address.c.person_id == holding.c.person_id, IS_UNSAID_REMINDER, kept)
        .correlate(holding)
        .exists()
    )


def _is_called_since(moment: datetime) -> ColumnElement[bool]:
    called = exists().where(call.c.post_id == expectation.c.post_id, call.c.at >= moment)
    return called.correlate(expectation)
