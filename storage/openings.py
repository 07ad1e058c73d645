"""Periods that were opened: each makes an expected report of every post that owes it, in one statement.

pilkada-2024  lhp-pekanan  Asia/Makassar  17 Nov 22.00Z, due 23 Nov 10.00Z    1,038 posts
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    update,
)

from core.elections.changes import Opened
from core.elections.election import Duty, Election
from core.elections.periods import Period, passes_at
from storage.scopes import inside_any
from storage.tables import expectation, opening, post
from storage.upsert import add_counted, insert_into


@dataclass(frozen=True, slots=True)
class Opening:
    """`posts`: how many owed it when they were last counted."""

    opened: Opened
    posts: int


class Openings:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def of(self, election: str) -> list[Opening]:
        """Every period that was opened."""
        rows = self.connection.execute(_OF, {"of": election})
        return [
            Opening(Opened(row.duty, row.zone, Period(row.period, row.due_at)), row.posts) for row in rows
        ]

    def owing(self, election: Election, duty: Duty, zone: str) -> int:
        """How many posts owe the duty, held or vacant."""
        counting = select(func.count()).select_from(post).where(_owing(election, duty, zone))
        return int(self.connection.execute(counting).scalar_one())

    def open(self, election: Election, duty: Duty, zone: str, period: Period, now: datetime) -> int:
        """Let every such post owe the report; again, it adds those that have come since. Gives how many."""
        owing = _owing(election, duty, zone)
        posts = self.owing(election, duty, zone)
        self._note(election, Opened(duty.name, zone, period), posts, now)
        row = {"election": election.name, "duty": duty.name, "form": duty.form}
        row_times = {"period": period.start, "due_at": period.due, "passes_at": passes_at(duty, period)}
        adding = insert_into(self.connection, expectation).from_select(
            [*row, *row_times, "state", "reminded", "event_id", "post_id", "area", "role"],
            select(
                *(literal(value, expectation.c[name].type) for name, value in (row | row_times).items()),
                literal("open"),
                literal(0),
                null(),
                post.c.id,
                post.c.area,
                post.c.role,
            ).where(owing),
        )
        return add_counted(self.connection, adding) + self._revive(election, duty, period, owing)

    def void(self, election: Election, now: datetime) -> int:
        """Nobody owes any more what the election no longer asks of them; what was told stays told."""
        asked = [_asked(election, duty) for duty in election.duties]
        ended = update(expectation).where(
            expectation.c.election == election.name, expectation.c.state == "open", ~or_(*asked, _NEVER)
        )
        names = [duty.name for duty in election.duties]
        gone = delete(opening).where(
            opening.c.election == election.name, opening.c.duty.not_in(names), opening.c.due_at > now
        )
        self.connection.execute(gone)
        return int(self.connection.execute(ended.values(state="void")).rowcount)

    def move(self, election: str, opened: Opened, due: datetime) -> None:
        """What is open in the period is due at another time."""
        row = {**_key(election, opened), "due": due}
        self.connection.execute(_MOVE_OPENING, row)
        self.connection.execute(_MOVE, row)

    def drop(self, election: str, opened: Opened) -> None:
        """The stage is at another time now: what is open in the period is not owed."""
        self.connection.execute(_DROP_OPENING, _key(election, opened))
        self.connection.execute(_DROP, _key(election, opened))

    def _note(self, election: Election, opened: Opened, posts: int, now: datetime) -> None:
        noting = insert_into(self.connection, opening)
        row = {"election": election.name, "duty": opened.duty, "zone": opened.zone}
        row_times = {"period": opened.period.start, "due_at": opened.period.due, "opened_at": now}
        counted = noting.on_conflict_do_update(
            index_elements=list(opening.primary_key), set_={"posts": noting.excluded.posts}
        )
        self.connection.execute(counted, {**row, **row_times, "posts": posts})

    def _revive(self, election: Election, duty: Duty, period: Period, owing: ColumnElement[bool]) -> int:
        """What an earlier version of the election had let go, and this one asks for again."""
        there = (expectation.c.election == election.name, expectation.c.duty == duty.name)
        voided = (expectation.c.state == "void", expectation.c.period == period.start)
        back = update(expectation).where(
            *there,
            *voided,
            expectation.c.event_id.is_(None),
            expectation.c.post_id.in_(select(post.c.id).where(owing)),
        )
        return int(self.connection.execute(back.values(state="open", due_at=period.due)).rowcount)


def _owing(election: Election, duty: Duty, zone: str) -> ColumnElement[bool]:
    roles = post.c.role.in_(sorted(duty.roles))
    return and_(roles, post.c.zone == zone, inside_any(post.c.area, election.areas_of(duty)))


def _asked(election: Election, duty: Duty) -> ColumnElement[bool]:
    return and_(
        expectation.c.duty == duty.name,
        expectation.c.role.in_(sorted(duty.roles)),
        inside_any(expectation.c.area, election.areas_of(duty)),
    )


def _key(election: str, opened: Opened) -> Mapping[str, object]:
    return {"of": election, "what": opened.duty, "in": opened.zone, "from": opened.period.start}


_NEVER = expectation.c.duty == ""
_OF = select(opening.c.duty, opening.c.zone, opening.c.period, opening.c.due_at, opening.c.posts).where(
    opening.c.election == bindparam("of")
)
_THIS_OPENING = (
    opening.c.election == bindparam("of"),
    opening.c.duty == bindparam("what"),
    opening.c.zone == bindparam("in"),
    opening.c.period == bindparam("from"),
)
_OPEN_THEN = (
    expectation.c.election == bindparam("of"),
    expectation.c.duty == bindparam("what"),
    expectation.c.period == bindparam("from"),
    expectation.c.state == "open",
    expectation.c.post_id.in_(select(post.c.id).where(post.c.zone == bindparam("in"))),
)
_MOVE_OPENING = update(opening).where(*_THIS_OPENING).values(due_at=bindparam("due"))
_MOVE = update(expectation).where(*_OPEN_THEN).values(due_at=bindparam("due"))
_DROP_OPENING = delete(opening).where(*_THIS_OPENING)
_DROP = update(expectation).where(*_OPEN_THEN).values(state="void")
