"""Campaign events: a schedule that is brought again changes what is known, and who owes a report of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Select, bindparam, delete, insert, literal, select, update

from core.elections.election import Duty, Election
from core.elections.events import CampaignEvent
from core.model.areas import within
from core.model.people import Role
from storage.scopes import inside
from storage.tables import AnyRow, campaign_event, expectation, post
from storage.upsert import add_counted, insert_into

PARTS = {Role.PKD: 4, Role.PANWASCAM: 3, Role.KABKOTA: 2, Role.PROVINSI: 1}
"""How many parts of the village's code name the area of the one who is to be there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One event of a schedule beside what is known of it; `before` is None for a new one."""

    event: CampaignEvent
    before: CampaignEvent | None

    @property
    def names(self) -> tuple[str, ...]:
        """What differs; nothing for a new one."""
        if self.before is None:
            return ()
        every = (field.name for field in fields(CampaignEvent))
        return tuple(name for name in every if getattr(self.event, name) != getattr(self.before, name))


class Events:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def compare(self, schedule: Iterable[CampaignEvent]) -> list[Change]:
        """Each event of the schedule beside what is known; nothing is written."""
        return [Change(event, self.get(*event.key)) for event in schedule]

    def get(self, number: str, area: str, day: date) -> CampaignEvent | None:
        row = self.connection.execute(_GET, _key(number, area, day)).first()
        return _event(row) if row else None

    def save(self, compared: Sequence[Change], now: datetime) -> None:
        """Take the schedule in. What is owed of a changed event is owed anew, unless it was told already."""
        for change in compared:
            row = _row(change.event, now)
            if change.before is None:
                self.connection.execute(_ADD, {**row, "made_at": now})
            elif change.names:
                known = self.connection.execute(_ID, _key(*change.event.key)).scalar_one()
                self.connection.execute(_CHANGE, {**row, "this": known})
                self.connection.execute(_FORGET, {"this": known})

    def between(self, first: datetime, last: datetime, area: str = "") -> list[CampaignEvent]:
        """Those that begin in that time, cancelled ones too, in order."""
        begins = (campaign_event.c.starts_at >= first, campaign_event.c.starts_at < last)
        query = _EVENT.where(*begins, inside(campaign_event.c.area, area))
        rows = self.connection.execute(query.order_by(campaign_event.c.starts_at, campaign_event.c.id))
        return [_event(row) for row in rows]

    def expect(self, election: Election, duty: Duty, now: datetime) -> int:
        """Let a report be owed of each event that has begun in the duty's stage; gives how many are."""
        stage, areas = election.stage(duty.stage), election.areas_of(duty)
        rows = self.connection.execute(
            _begun(election, duty), {"now": now, "first": stage.first, "last": stage.last}
        )
        expected = 0
        for row in rows.all():
            due = row.ends_at + timedelta(hours=duty.after_hours)
            if due > row.made_at and any(within(row.area, area) for area in areas):
                expected += self._expect(election, duty, row, due)
        return expected

    def _expect(self, election: Election, duty: Duty, event: AnyRow, due: datetime) -> int:
        places = {role: ".".join(event.area.split(".")[: PARTS[role]]) for role in sorted(duty.roles)}
        row = {"election": election.name, "duty": duty.name, "form": duty.form, "period": event.starts_at}
        row |= {"due_at": due, "state": "open", "reminded": 0, "event_id": event.id}
        added = 0
        for role, area in places.items():
            fixed = (literal(value, expectation.c[name].type) for name, value in row.items())
            owing = select(*fixed, post.c.id, post.c.area, post.c.role).where(
                post.c.role == role.value, post.c.area == area
            )
            adding = insert_into(self.connection, expectation).from_select(
                [*row, "post_id", "area", "role"], owing
            )
            added += add_counted(self.connection, adding)
        return added


def _begun(election: Election, duty: Duty) -> Select[tuple[object, ...]]:
    """Events of the stage of which nothing is expected yet."""
    there = select(expectation.c.id).where(
        expectation.c.event_id == campaign_event.c.id,
        expectation.c.duty == duty.name,
        expectation.c.election == election.name,
    )
    return _EVENT.add_columns(campaign_event.c.id, campaign_event.c.made_at).where(
        campaign_event.c.starts_at <= bindparam("now"),
        campaign_event.c.day.between(bindparam("first"), bindparam("last")),
        campaign_event.c.cancelled_at.is_(None),
        ~there.exists(),
    )


def _row(event: CampaignEvent, now: datetime) -> dict[str, object]:
    number, area, day = event.key
    words = {"place": event.place, "organiser": event.organiser, "method": event.method, "pair": event.pair}
    times = {"starts_at": event.starts_at, "ends_at": event.ends_at, "changed_at": now}
    cancelled = {"cancelled_at": now if event.is_cancelled else None}
    return {"number": number, "area": area, "day": day, **words, **times, **cancelled}


def _event(row: AnyRow) -> CampaignEvent:
    return CampaignEvent(
        row.number,
        row.area,
        row.place,
        row.starts_at,
        row.ends_at,
        row.organiser,
        row.method,
        row.pair,
        row.cancelled_at is not None,
    )


def _key(number: str, area: str, day: date) -> Mapping[str, object]:
    return {"of": number, "there": area, "on": day}


_THIS = (
    campaign_event.c.number == bindparam("of"),
    campaign_event.c.area == bindparam("there"),
    campaign_event.c.day == bindparam("on"),
)
_EVENT = select(
    campaign_event.c.number,
    campaign_event.c.area,
    campaign_event.c.place,
    campaign_event.c.starts_at,
    campaign_event.c.ends_at,
    campaign_event.c.organiser,
    campaign_event.c.method,
    campaign_event.c.pair,
    campaign_event.c.cancelled_at,
)
_GET = _EVENT.where(*_THIS)
_ID = select(campaign_event.c.id).where(*_THIS)
_ADD = insert(campaign_event)
_CHANGE = update(campaign_event).where(campaign_event.c.id == bindparam("this"))
_FORGET = delete(expectation).where(
    expectation.c.event_id == bindparam("this"), expectation.c.state.in_(("open", "void"))
)
