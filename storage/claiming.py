"""Taking what is due out of the outbox: the statements, by whose accounts and by who else takes.

Each account is asked for by itself: its due rows stand together in the index, answers first, and however many
wait for another account, none of them is looked at.
"""

from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, exists, select, true, union_all, update
from sqlalchemy.sql.dml import ReturningUpdate

from core.model.messages import Channel
from storage.tables import address, is_queued, outbox

ACCOUNT = (
    select(address.c.channel + ":" + address.c.account)
    .where(address.c.id == bindparam("of_address"))
    .scalar_subquery()
)
"""What stands in the row of a message to that address."""


def written(account: tuple[Channel, str]) -> str:
    """An account as it stands in the row."""
    channel, name = account
    return f"{channel.value}:{name}"


@cache
def claim_of(accounts: int, *, shared: bool) -> ReturningUpdate[tuple[int]]:
    """Lease the due heads of so many accounts, each up to `most`."""
    return _lease([_heads(outbox.c.account == bindparam(f"account{n}"), shared) for n in range(accounts)])


@cache
def claim_of_all(*, shared: bool) -> ReturningUpdate[tuple[int]]:
    return _lease([_heads(true(), shared)])


@cache
def claim_of_strangers(*, shared: bool) -> ReturningUpdate[tuple[int]]:
    """Lease what is due for none of these accounts."""
    return _lease([_heads(outbox.c.account.not_in(bindparam("known", expanding=True)), shared)])


_ahead = outbox.alias("ahead")
# With `OFFSET 0` PostgreSQL looks up each queue by itself. Else, while its statistics know of no due row
# among the millions sent, it joins every due row with every other: after a broadcast those are a great many.
_HEADS = (
    select(outbox.c.id)
    .where(
        outbox.c.due_at <= bindparam("now"),
        ~exists(
            select(_ahead.c.id)
            .where(
                _ahead.c.address_id == outbox.c.address_id,
                _ahead.c.priority == outbox.c.priority,
                is_queued(_ahead),
                _ahead.c.id < outbox.c.id,
            )
            .offset(0)
        ),
    )
    .order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_OURS = outbox.c.address_id % bindparam("of") == bindparam("place")


def _heads(which: ColumnElement[bool], shared: bool) -> Select[tuple[int]]:
    return _HEADS.where(which, *[_OURS] * shared)


def _lease(heads: list[Select[tuple[int]]]) -> ReturningUpdate[tuple[int]]:
    due = [select(one.cte(f"heads{n}").c.id) for n, one in enumerate(heads)]
    return (
        update(outbox)
        .where(outbox.c.id.in_(union_all(*due) if len(due) > 1 else due[0]))
        .values(
            state="leased",
            due_at=bindparam("until"),
            holder=bindparam("who"),
            attempts=outbox.c.attempts + 1,
        )
        .returning(outbox.c.id)
    )
