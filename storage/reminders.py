"""Who is to be reminded of what they owe: found by the ledger, the most overdue first, hundreds at a time.

Whoever was reminded is found no more at this step. What a report is closing just now is left to it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, or_, select, update

from core.elections.events import CampaignEvent
from core.elections.owed import ASKED_AFTER, ASKED_BEFORE, BEFORE, HOUR, PAST
from core.elections.reading import LONGEST_AFTER
from storage.scopes import inside_any
from storage.tables import IS_OPEN, AnyRow, campaign_event, expectation, holding, person, post

LATELY = HOUR
"""So long nobody above them may have them reminded once more."""
REMEMBERED = timedelta(days=14)
"""So long what is owed can be answered by the button of its reminder."""
LONGEST_EVENT = timedelta(hours=LONGEST_AFTER) + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Claim:
    """An open row of the ledger and who has to answer for it."""

    id: int
    post: int
    person: int
    form: str
    period: datetime
    due: datetime
    reminded: int
    waits_until: datetime | None
    event: CampaignEvent | None
    passes_at: datetime | None


class Reminders:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def people(self, zone: str, areas: Iterable[str], now: datetime, limit: int) -> list[int]:
        """Those who have a reason to be reminded now, the most overdue first; each once."""
        there = (post.c.zone == zone, inside_any(expectation.c.area, areas))
        rows: list[AnyRow] = []
        for query in (_overdue(0, now), _overdue(ASKED_BEFORE, now), _nearly_due(now), _after_event(now)):
            chosen = query.where(*there, *_wants(now)).limit(limit)
            rows += self.connection.execute(chosen).all()
        ordered = sorted(rows, key=lambda row: (row.due_at, row.post_id))
        return list(dict.fromkeys(int(row.person_id) for row in ordered))[:limit]

    def claims(self, people: Collection[int], now: datetime, *, lock: bool = False) -> list[Claim]:
        """All that they owe now, the most urgent first; `lock`: nobody closes it until we are done, and what
        somebody is closing just now is left out."""
        query = _CLAIMS.with_for_update(of=expectation, skip_locked=True) if lock else _CLAIMS
        asked = {"people": list(people), "now": now, "since": now - REMEMBERED}
        return [_claim(row) for row in self.connection.execute(query, asked)]

    def mark(self, rows: Sequence[int], now: datetime) -> None:
        """They were asked for: before they are due, or after; an hour, for good."""
        if rows:
            self.connection.execute(_MARK, {"rows": list(rows), "now": now})

    def unmark(self, person_id: int, made: datetime) -> None:
        """The reminder that was made then is not said: what else stood in it is asked for again."""
        self.connection.execute(_UNMARK, {"whom": person_id, "made": made})

    def postpone(self, posts: Collection[int], until: datetime, now: datetime) -> None:
        """What they owe now is asked for again from then on, and not before."""
        asked = {"posts": list(posts), "until": until, "now": now, "since": now - REMEMBERED}
        self.connection.execute(_POSTPONE, asked)

    def rearm(self, area: str, now: datetime) -> None:
        """The silent ones in the area are asked once more, unless they were within the hour."""
        asked = {"now": now, "past": now - PAST, "lately": now - LATELY}
        inside = (expectation.c.area > area, expectation.c.area < f"{area}/")
        self.connection.execute(_REARM.where(*inside), asked)

    def names(self, people: Collection[int]) -> Mapping[int, str]:
        rows = self.connection.execute(_NAMES, {"people": list(people)})
        return {row.id: row.name for row in rows}


_PERSON = (expectation.c.due_at, expectation.c.post_id, holding.c.person_id)
_HELD = (holding.c.post_id == expectation.c.post_id) & holding.c.until.is_(None)


def _asked(so_often: ColumnElement[bool]) -> Select[tuple[datetime, int, int]]:
    return (
        select(*_PERSON)
        .join_from(expectation, holding, _HELD)
        .join(post, post.c.id == expectation.c.post_id)
        .where(IS_OPEN, so_often)
        .order_by(expectation.c.due_at, expectation.c.post_id)
    )


def _overdue(reminded: int, now: datetime) -> Select[tuple[datetime, int, int]]:
    due = expectation.c.due_at
    return _asked(expectation.c.reminded == reminded).where(due > now - PAST, due <= now)


def _nearly_due(now: datetime) -> Select[tuple[datetime, int, int]]:
    due = expectation.c.due_at
    return _asked(expectation.c.reminded == 0).where(
        due > now, due <= now + BEFORE, expectation.c.event_id.is_(None)
    )


def _after_event(now: datetime) -> Select[tuple[datetime, int, int]]:
    """Events that are over, of which nobody was asked yet. The sum keeps SQLite from the index of the others:
    it went through all that is open for each part."""
    over = (campaign_event.c.ends_at <= now, campaign_event.c.starts_at > now - LONGEST_EVENT)
    theirs = expectation.c.event_id.in_(select(campaign_event.c.id).where(*over))
    return _asked(expectation.c.reminded + 0 == 0).where(theirs, expectation.c.due_at > now)


def _wants(now: datetime) -> tuple[ColumnElement[bool], ...]:
    waits, passes = expectation.c.waits_until, expectation.c.passes_at
    is_its_hour = or_(passes.is_(None), and_(passes > now, passes <= now + HOUR))
    return (expectation.c.period <= now, or_(waits.is_(None), waits <= now), is_its_hour)


def _claim(row: AnyRow) -> Claim:
    return Claim(
        row.id,
        row.post_id,
        row.person_id,
        row.form,
        row.period,
        row.due_at,
        row.reminded,
        row.waits_until,
        _event(row) if row.number is not None else None,
        row.passes_at,
    )


def _event(row: AnyRow) -> CampaignEvent:
    return CampaignEvent(
        row.number,
        row.village,
        row.place,
        row.starts_at,
        row.ends_at,
        row.organiser,
        row.method,
        row.pair,
        row.cancelled_at is not None,
    )


EVENT = (
    campaign_event.c.number,
    campaign_event.c.area.label("village"),
    campaign_event.c.place,
    campaign_event.c.starts_at,
    campaign_event.c.ends_at,
    campaign_event.c.organiser,
    campaign_event.c.method,
    campaign_event.c.pair,
    campaign_event.c.cancelled_at,
)
_NOW = bindparam("now", type_=expectation.c.due_at.type)
_SINCE = bindparam("since", type_=expectation.c.due_at.type)
_CLAIMS = (
    select(
        expectation.c.id,
        expectation.c.post_id,
        holding.c.person_id,
        expectation.c.form,
        expectation.c.period,
        expectation.c.due_at,
        expectation.c.reminded,
        expectation.c.waits_until,
        expectation.c.passes_at,
        *EVENT,
    )
    .join_from(holding, expectation, expectation.c.post_id == holding.c.post_id)
    .outerjoin(campaign_event, campaign_event.c.id == expectation.c.event_id)
    .where(
        holding.c.person_id.in_(bindparam("people", expanding=True)),
        holding.c.until.is_(None),
        IS_OPEN,
        expectation.c.period <= _NOW,
        expectation.c.due_at > _SINCE,
    )
    .order_by(expectation.c.due_at, expectation.c.post_id, expectation.c.id)
)
_STEP = case(
    (or_(expectation.c.due_at <= _NOW, expectation.c.passes_at.is_not(None)), ASKED_AFTER),
    else_=ASKED_BEFORE,
)
_MARK = (
    update(expectation)
    .where(expectation.c.id.in_(bindparam("rows", expanding=True)))
    .values(reminded=_STEP, reminded_at=_NOW)
)
_THEIRS = select(holding.c.post_id).where(holding.c.person_id == bindparam("whom"), holding.c.until.is_(None))
_UNMARK = (
    update(expectation)
    .where(
        expectation.c.post_id.in_(_THEIRS),
        IS_OPEN,
        expectation.c.reminded > 0,
        expectation.c.reminded_at == bindparam("made", type_=expectation.c.due_at.type),
    )
    .values(reminded=expectation.c.reminded - 1)
)
_POSTPONE = (
    update(expectation)
    .where(
        expectation.c.post_id.in_(bindparam("posts", expanding=True)),
        IS_OPEN,
        expectation.c.period <= _NOW,
        expectation.c.due_at > _SINCE,
    )
    .values(waits_until=bindparam("until", type_=expectation.c.due_at.type), reminded=0)
)
_REARM = (
    update(expectation)
    .where(
        IS_OPEN,
        expectation.c.due_at <= _NOW,
        expectation.c.due_at > bindparam("past", type_=expectation.c.due_at.type),
        or_(
            expectation.c.reminded_at.is_(None),
            expectation.c.reminded_at <= bindparam("lately", type_=expectation.c.due_at.type),
        ),
        or_(expectation.c.waits_until.is_(None), expectation.c.waits_until <= _NOW),
        or_(expectation.c.passes_at.is_(None), expectation.c.passes_at > _NOW),
    )
    .values(reminded=0)
)
_NAMES = select(person.c.id, person.c.name).where(person.c.id.in_(bindparam("people", expanding=True)))
