"""What other systems are to be told: written with what happened, leased and sent after it.

waiting ──claim──▶ leased ──▶ sent
   ▲                 │ ├────▶ failed    (tried nine times in two days)
   ├──────again──────┘ └────▶ dropped   (nobody is there to be told, or may be any more)
   └── the lease ran out: the sender died; the next one tells the same event again
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BindParameter,
    Connection,
    String,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from core.cases.sight import may_see
from core.hooks.event import Event, trial_event
from core.hooks.trying import Answer
from core.model.areas import lineage
from core.model.cases import Actor
from core.model.people import Role
from storage.cases import Cases
from storage.keys import Keys, SealBroken
from storage.procedures import Procedures
from storage.tables import IS_HEARD, IS_TO_TELL, AnyRow, UTCDateTime, hook, hook_delivery, staff

LONGEST_ANSWER = 200
LISTED = 50


@dataclass(frozen=True, slots=True)
class HookErrand:
    """One event for one system, leased to whoever claimed it. `attempts` counts this one."""

    id: int
    hook_id: int
    event: str
    body: str
    attempts: int
    address: str
    secrets: tuple[str, ...]
    """The one in force, and for a day the one before."""


@dataclass(frozen=True, slots=True)
class HookDelivery:
    """How it went so far."""

    id: int
    event: str
    kind: str
    state: str
    due_at: datetime | None
    attempts: int
    status: int | None
    """Of the last answer, as HTTP has it; 0: there was none."""
    answer: str
    made_at: datetime
    tried_at: datetime | None


class HookOutbox:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def tell(self, event: Event, now: datetime) -> None:
        """Those who want to know and look after that area are to be told: one statement."""
        wanted = {"above": ["", *lineage(event.area)], "wanted": f"% {event.kind} %"}
        self.connection.execute(_TELL, _row(event, now) | wanted)

    def try_out(self, hook_id: int, now: datetime) -> str:
        """An event that tells nothing, to one; gives its name."""
        row = _row(trial_event(hook_id, now), now)
        self.connection.execute(_TRY_OUT, row | {"hook_id": hook_id})
        return str(row["event"])

    def claim(
        self, now: datetime, lease_seconds: float, holder: str, most: int, in_hand: Mapping[int, int]
    ) -> list[HookErrand]:
        """Lease what is due, of each system so many that it has at most that many in hand: one that is slow
        keeps no other waiting. A lease that ran out is due again."""
        lease = {"now": now, "until": now + timedelta(seconds=lease_seconds), "who": holder}
        claimed: list[int] = []
        for hook_id in self.connection.execute(_READY, {"now": now}).scalars().all():
            room = most - in_hand.get(hook_id, 0)
            if room > 0:
                share = lease | {"whose": hook_id, "most": room}
                claimed += self.connection.execute(_CLAIM, share).scalars().all()
        return self._errands(claimed, now) if claimed else []

    def arrived(self, errand: HookErrand, answer: Answer, now: datetime) -> None:
        """Also when the lease ran out meanwhile: it knows."""
        self.connection.execute(_ARRIVED, _tried(errand, answer, now))
        self.connection.execute(_IS_WELL, {"whose": errand.hook_id})

    def again(self, errand: HookErrand, answer: Answer, due: datetime, now: datetime) -> None:
        tried = _tried(errand, answer, now) | {"due": due, "tries": errand.attempts}
        if self.connection.execute(_AGAIN, tried).rowcount:
            self.connection.execute(_IS_FAILING, {"whose": errand.hook_id, "now": now})

    def give_up(self, errand: HookErrand, answer: Answer, now: datetime) -> None:
        tried = _tried(errand, answer, now) | {"tries": errand.attempts}
        if self.connection.execute(_GIVE_UP, tried).rowcount:
            self.connection.execute(_IS_FAILING, {"whose": errand.hook_id, "now": now})

    def of(self, hook_id: int) -> list[HookDelivery]:
        """The last ones, the latest first."""
        rows = self.connection.execute(_OF, {"whose": hook_id, "most": LISTED})
        return [_delivery(row) for row in rows]

    def send_again(self, delivery_id: int, hook_id: int, now: datetime) -> bool:
        """The same event once more, from its first try; False when there is none that is done with."""
        wanted = {"row": delivery_id, "whose": hook_id, "now": now}
        return self.connection.execute(_ANEW, wanted).rowcount > 0

    def oldest_untold(self) -> datetime | None:
        return self.connection.execute(_OLDEST).scalar()

    def count_failed(self) -> int:
        return self.connection.execute(_COUNT_FAILED).scalar_one()

    def sweep(self, before: datetime, most: int) -> int:
        """What is done with and older is gone; gives how many."""
        return self.connection.execute(_SWEEP, {"then": before, "most": most}).rowcount

    def _errands(self, claimed: list[int], now: datetime) -> list[HookErrand]:
        """What its owner may not see any more is told to nobody; what does not open must not stop others."""
        errands = []
        for row in self.connection.execute(_ERRANDS, {"claimed": claimed}).all():
            try:
                if not self._may_be_told(row):
                    self.connection.execute(_DROP, {"row": row.id})
                    continue
                errands.append(self._errand(row, now))
            except SealBroken:
                self.connection.execute(_UNREADABLE, {"row": row.id})
        return errands

    def _may_be_told(self, row: AnyRow) -> bool:
        """Asked before each try: they may have been excluded from the case since it was written."""
        if not row.kind.startswith("case."):
            return True
        case = Cases(self.connection, self.keys).get(row.subject, notes=False)
        if case is None:
            return False
        procedure = Procedures(self.connection).get(case.procedure, case.version)
        owner = Actor("staff", row.staff_id, ((Role(row.role), row.seat),))
        return procedure is not None and may_see(owner, case, procedure)

    def _errand(self, row: AnyRow, now: datetime) -> HookErrand:
        sealed = [row.secret_sealed]
        if row.old_until is not None and row.old_until > now:
            sealed.append(row.old_secret_sealed)
        return HookErrand(
            row.id,
            row.hook_id,
            row.event,
            row.body,
            row.attempts,
            self.keys.open(row.address_sealed, "hook", "address", row.hook_id),
            tuple(self.keys.open(one, "hook", "secret", row.hook_id) for one in sealed),
        )


def _row(event: Event, now: datetime) -> dict[str, object]:
    return {
        "event": f"evt_{secrets.token_hex(12)}",
        "kind": event.kind,
        "subject": event.subject,
        "body": event.body,
        "due_at": now,
        "made_at": now,
        "state": "waiting",
        "holder": "",
        "attempts": 0,
        "answer": "",
    }


def _delivery(row: AnyRow) -> HookDelivery:
    return HookDelivery(
        row.id,
        row.event,
        row.kind,
        row.state,
        row.due_at,
        row.attempts,
        row.status,
        row.answer,
        row.made_at,
        row.tried_at,
    )


def _tried(errand: HookErrand, answer: Answer, now: datetime) -> dict[str, object]:
    return {
        "row": errand.id,
        "said": answer.status,
        "words": answer.text[:LONGEST_ANSWER],
        "now": now,
    }


_THIS = hook_delivery.c.id == bindparam("row")
_GIVEN = ("event", "kind", "subject", "body", "due_at", "made_at", "state", "holder", "attempts", "answer")
_TELL = insert(hook_delivery).from_select(
    ["hook_id", *_GIVEN],
    select(hook.c.id, *(bindparam(name, type_=hook_delivery.c[name].type) for name in _GIVEN)).where(
        IS_HEARD,
        hook.c.area.in_(bindparam("above", expanding=True)),
        (literal(" ") + hook.c.kinds + literal(" ")).like(bindparam("wanted", type_=Text)),
    ),
)
_TRY_OUT = insert(hook_delivery)
_IS_DUE = hook_delivery.c.due_at <= bindparam("now", type_=UTCDateTime)
_READY = (
    select(hook.c.id)
    .where(IS_HEARD, select(hook_delivery.c.id).where(hook_delivery.c.hook_id == hook.c.id, _IS_DUE).exists())
    .order_by(hook.c.id)
)
_due = (
    select(hook_delivery.c.id)
    .where(hook_delivery.c.hook_id == bindparam("whose"), _IS_DUE)
    .order_by(hook_delivery.c.due_at, hook_delivery.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(hook_delivery)
    .where(hook_delivery.c.id.in_(select(_due.c.id)))
    .values(
        state="leased",
        due_at=bindparam("until"),
        holder=bindparam("who", type_=String),
        attempts=hook_delivery.c.attempts + 1,
    )
    .returning(hook_delivery.c.id)
)
_ERRANDS = (
    select(
        hook_delivery.c.id,
        hook_delivery.c.hook_id,
        hook_delivery.c.event,
        hook_delivery.c.kind,
        hook_delivery.c.subject,
        hook_delivery.c.body,
        hook_delivery.c.attempts,
        hook.c.address_sealed,
        hook.c.secret_sealed,
        hook.c.old_secret_sealed,
        hook.c.old_until,
        hook.c.staff_id,
        staff.c.role,
        staff.c.area.label("seat"),
    )
    .join_from(hook_delivery, hook)
    .join(staff, staff.c.id == hook.c.staff_id)
    .where(hook_delivery.c.id.in_(bindparam("claimed", expanding=True)))
    .order_by(hook_delivery.c.id)
)
_ANSWERED: dict[str, BindParameter[object]] = {
    "status": bindparam("said"),
    "answer": bindparam("words"),
    "tried_at": bindparam("now"),
}
_OURS = (_THIS, hook_delivery.c.state == "leased", hook_delivery.c.attempts == bindparam("tries"))
"""A sender that was slower than its lease does not write over the one that took over."""
_ARRIVED = update(hook_delivery).where(_THIS, IS_TO_TELL).values(**_ANSWERED, state="sent", due_at=None)
_AGAIN = update(hook_delivery).where(*_OURS).values(**_ANSWERED, state="waiting", due_at=bindparam("due"))
_GIVE_UP = update(hook_delivery).where(*_OURS).values(**_ANSWERED, state="failed", due_at=None)
_DROP = update(hook_delivery).where(_THIS).values(state="dropped", due_at=None)
_UNREADABLE = update(hook_delivery).where(_THIS).values(state="failed", due_at=None, answer="unreadable")
_WHOSE = hook.c.id == bindparam("whose")
_IS_WELL = update(hook).where(_WHOSE, hook.c.failing_since.is_not(None)).values(failing_since=None)
_IS_FAILING = (
    update(hook).where(_WHOSE, hook.c.failing_since.is_(None)).values(failing_since=bindparam("now"))
)
_OF = (
    select(
        hook_delivery.c.id,
        hook_delivery.c.event,
        hook_delivery.c.kind,
        hook_delivery.c.state,
        hook_delivery.c.due_at,
        hook_delivery.c.attempts,
        hook_delivery.c.status,
        hook_delivery.c.answer,
        hook_delivery.c.made_at,
        hook_delivery.c.tried_at,
    )
    .where(hook_delivery.c.hook_id == bindparam("whose"))
    .order_by(hook_delivery.c.id.desc())
    .limit(bindparam("most"))
)
_ANEW = (
    update(hook_delivery)
    .where(
        _THIS,
        hook_delivery.c.hook_id == bindparam("whose"),
        hook_delivery.c.due_at.is_(None),
        select(hook.c.id).where(_WHOSE, IS_HEARD).exists(),
    )
    .values(state="waiting", due_at=bindparam("now"), attempts=0)
)
_OLDEST = select(func.min(hook_delivery.c.made_at)).where(IS_TO_TELL)
_COUNT_FAILED = select(func.count()).where(hook_delivery.c.state == "failed")
_old = (
    select(hook_delivery.c.id)
    .where(hook_delivery.c.made_at < bindparam("then"), hook_delivery.c.due_at.is_(None))
    .order_by(hook_delivery.c.made_at)
    .limit(bindparam("most"))
)
_SWEEP = delete(hook_delivery).where(hook_delivery.c.id.in_(_old))
