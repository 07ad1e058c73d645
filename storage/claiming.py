"""Taking what is due out of the outbox: the statements, by who else takes and what is left out."""

from sqlalchemy import Select, bindparam, exists, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.tables import address, outbox

_ahead = outbox.alias("ahead")
_HEADS = (
    select(outbox.c.id)
    .where(
        outbox.c.due_at <= bindparam("now"),
        ~exists().where(
            _ahead.c.address_id == outbox.c.address_id,
            _ahead.c.priority == outbox.c.priority,
            _ahead.c.due_at.is_not(None),
            _ahead.c.id < outbox.c.id,
        ),
    )
    .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_ACCOUNT = (
    select(address.c.channel + ":" + address.c.account)
    .where(address.c.id == outbox.c.address_id)
    .scalar_subquery()
)
"""Looked up row by row: as a join, PostgreSQL compared every message with every address of a busy account."""


def _claim(heads: Select[tuple[int]]) -> ReturningUpdate[tuple[int]]:
    leased = heads.cte("heads")
    return (
        update(outbox)
        .where(outbox.c.id.in_(select(leased.c.id)))
        .values(
            state="leased",
            due_at=bindparam("until"),
            holder=bindparam("who"),
            attempts=outbox.c.attempts + 1,
        )
        .returning(outbox.c.id)
    )


_OF_OTHERS = _ACCOUNT.not_in(bindparam("busy", expanding=True))
_OURS = outbox.c.address_id % bindparam("of") == bindparam("place")
CLAIMS = {
    (busy, shared): _claim(_HEADS.where(*[_OF_OTHERS] * busy, *[_OURS] * shared))
    for busy in (False, True)
    for shared in (False, True)
}
"""By whether some accounts are busy, and whether other processes have a share."""
