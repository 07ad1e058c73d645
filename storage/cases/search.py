"""The list of cases that one officer may see: no page tells of one outside their areas or kept from them.

Search(actor_of(officer), procedure="laporan", due_before=tomorrow, limit=20)     the first page
Search(…, after="K-7K2-M9Q")                                                      what follows that case

The numbers of a page are found first, in the index `walk` alone, which has all that a list is narrowed by:
were it the rows, with all that is sealed in them, a rare question would read the whole table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from core.cases.procedure import Procedure
from core.cases.sight import works
from core.model.cases import CLOCK, Actor, Case, NoteKind
from core.model.people import Role
from storage.cases.reading import Reading
from storage.cases.words import Words
from storage.keys import Keys
from storage.procedures import Procedures
from storage.scopes import inside
from storage.tables import case_clock, case_exclusion, case_file, case_note, case_word

WALKED: ColumnElement[str] = literal_column("+case_file.office", String)
WALKED_CLOSED: ColumnElement[datetime] = literal_column("+case_file.closed_at")
MANY = 1000
"""SQLite would read all cases of a province from the index of offices, and sort them; so it walks the list.
https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_"""
PAGE = 200
"""So many cases at a time are opened when all of them are read."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which cases, and for whom. Everything but the actor narrows the list."""

    actor: Actor
    office: str = ""
    """Of this office, or of one inside its area."""
    procedure: str = ""
    state: str = ""
    text: str = ""
    """A number, an official number, or words that all stand in the case or its notes, in any form."""
    open_only: bool = True
    due_before: datetime | None = None
    assigned: str = ""
    """`Actor.key` of who works them."""
    unassigned: bool = False
    """Only those that nobody works."""
    answered: bool = False
    """Only those where the last word is that of whoever brought it."""
    practice: bool = False
    after: str = ""
    """The number of the last case of the page before."""
    limit: int = 20


def search(connection: Connection, reading: Reading, wanted: Search) -> list[Case]:
    numbers = asked(connection, reading.keys, wanted).limit(wanted.limit)
    return reading.several(list(connection.execute(numbers).scalars()))


def asked(connection: Connection, keys: Keys, wanted: Search) -> Select[str]:
    """The numbers of the list as a query, from where the page begins."""
    query = _query(wanted, _in_scope(wanted.actor, Procedures(connection).every(), connection))
    if wanted.office:
        query = query.where(inside(office_in(wanted.office, connection), wanted.office))
    if wanted.open_only:
        closed = WALKED_CLOSED if connection.dialect.name == "sqlite" else case_file.c.closed_at
        query = query.where(closed.is_(None))
    if wanted.text:
        query = query.where(_tells(Words(connection, keys), wanted.text))
    return _after(query, wanted.after)


def running_out(connection: Connection, ended: datetime, near: datetime, limit: int, after: str) -> list[str]:
    until = {"ended": ended, "near": near, "most": limit, "after": after}
    return list(connection.execute(_RUNNING_OUT, until).scalars())


def _query(wanted: Search, scope: ColumnElement[bool]) -> Select[str]:
    query = select(case_file.c.number).where(scope, case_file.c.practice.is_(wanted.practice))
    if wanted.procedure:
        query = query.where(case_file.c.procedure == wanted.procedure)
    if wanted.state:
        query = query.where(case_file.c.state == wanted.state)
    if wanted.assigned:
        query = query.where(case_file.c.assigned == wanted.assigned)
    if wanted.unassigned:
        query = query.where(case_file.c.assigned == "")
    if wanted.answered:
        query = query.where(_ANSWERED)
    if wanted.due_before is not None:
        query = query.where(case_file.c.due_at < wanted.due_before)
    return query.order_by(*_ORDER)


def _in_scope(actor: Actor, procedures: Sequence[Procedure], connection: Connection) -> ColumnElement[bool]:
    """As `core.cases.sight.may_see` says it of one case."""
    if actor.key == CLOCK.key:
        return true()
    kept_away = exists().where(
        case_exclusion.c.case_number == case_file.c.number, case_exclusion.c.actor == actor.key
    )
    return and_(
        or_(false(), *(_seat(role, area, procedures, connection) for role, area in actor.seats)), ~kept_away
    )


def _seat(
    role: Role, area: str, procedures: Sequence[Procedure], connection: Connection
) -> ColumnElement[bool]:
    worked = [(one.name, one.version) for one in procedures if works(role, one)]
    if not worked:
        return false()
    every = len(worked) == len(procedures)
    which = true() if every else tuple_(case_file.c.procedure, case_file.c.version).in_(worked)
    return and_(inside(office_in(area, connection), area), which)


def office_in(area: str, connection: Connection) -> ColumnElement[str]:
    """The column of offices; looked up in its index only where that spares more than sorting takes."""
    if connection.dialect.name != "sqlite":
        return case_file.c.office  # PostgreSQL knows how many there are
    there = select(case_file.c.office).where(inside(case_file.c.office, area)).limit(MANY).subquery()
    many = connection.execute(select(func.count()).select_from(there)).scalar_one()
    return WALKED if many == MANY else case_file.c.office


def _after(query: Select[str], number: str) -> Select[str]:
    """Only what comes later in the order than that case."""
    if not number:
        return query
    last = case_file.alias("last")
    there = [
        select(column).where(last.c.number == number).scalar_subquery()
        for column in (last.c.due_at, last.c.opened_at, last.c.number)
    ]
    return query.where(tuple_(*_ORDER) > tuple_(*there))


def _tells(words: Words, text: str) -> ColumnElement[bool]:
    """The two rarest words name their cases; where those are many, the list soon comes upon some of them."""
    asked = words.asked(text)
    if not asked:
        return false()
    named = words.having(asked[:2])
    first = [] if named is None else [case_file.c.number.in_(named)]
    rest = asked if named is None else asked[2:]
    return and_(*first, *(_stands_in(word) for word in rest))


def _stands_in(word: int) -> ColumnElement[bool]:
    return exists().where(case_word.c.word == word, case_word.c.case_number == case_file.c.number)


_ANSWERED = exists().where(
    case_note.c.case_number == case_file.c.number,
    case_note.c.serial == case_file.c.serial,
    case_note.c.kind == NoteKind.ANSWERED.value,
)
_ORDER = (case_file.c.due_at, case_file.c.opened_at, case_file.c.number)
_RUNNING_OUT = (
    select(case_clock.c.case_number)
    .join(case_file)
    .where(
        case_clock.c.due_at < bindparam("near"),
        case_clock.c.escalated.is_(False),
        or_(case_clock.c.warned.is_(False), case_clock.c.due_at < bindparam("ended")),
        case_file.c.closed_at.is_(None),
        case_clock.c.case_number > bindparam("after"),
    )
    .distinct()
    .order_by(case_clock.c.case_number)
    .limit(bindparam("most"))
)
