"""The list of reports that one of the desk may see, the latest first; nothing here opens a seal.

Wanted(actor, form="lhp", marks={"flagged"}, limit=25)        the first page
Wanted(…, after="P-7K2-M9Q")                                  what follows that report

Where an area has few reports they are looked at themselves; where it has many, all are walked by the moment
of filing, since a page of them is soon met: either way a page is found among few rows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    select,
    tuple_,
)

from core.model.areas import within
from core.model.cases import Actor
from core.model.people import Role
from storage.scopes import inside, inside_any
from storage.tables import (
    IS_CHANGED,
    IS_FLAGGED,
    IS_NIHIL,
    IS_PRACTICE,
    IS_UNVERIFIED,
    AnyRow,
    person,
    post,
    report,
)

T = TypeVar("T")
MARKS = ("flagged", "nihil", "corrected", "withdrawn", "unverified")
FEW = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports, and for whom. Everything but the actor narrows the list."""

    actor: Actor
    area: str = ""
    forms: Collection[str] = ()
    """One of these; empty: any."""
    since: datetime | None = None
    until: datetime | None = None
    """Filed before then."""
    marks: frozenset[str] = frozenset()
    practice: bool = False
    after: str = ""
    """The number of the last report of the page before."""
    limit: int = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as it stands in a list."""

    number: str
    form: str
    version: str
    area: str
    """Empty where it was filed from no post."""
    role: Role | None
    person: str
    filed_at: datetime
    standing: str
    serial: int
    nihil: bool
    flags: int
    verified: int
    practice: bool

    @property
    def is_verified(self) -> bool:
        """As it stands now."""
        return self.verified == self.serial


class ReportList:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find(self, wanted: Wanted) -> list[Listed]:
        query = listed(wanted, is_narrow=self._has_few(wanted))
        return [_listed(row) for row in self.connection.execute(query).all()]

    def _has_few(self, wanted: Wanted) -> bool:
        some = select(report.c.number).where(_inside(report.c.area, wanted)).limit(FEW + 1).subquery()
        return int(self.connection.execute(select(func.count()).select_from(some)).scalar_one()) <= FEW


def listed(wanted: Wanted, *, is_narrow: bool) -> Select[tuple[object, ...]]:
    """The numbers are found first, out of an index alone where one has all it takes."""
    page = _page(wanted, is_narrow=is_narrow).subquery()
    return (
        select(*_SHOWN)
        .join_from(page, report, report.c.number == page.c.number)
        .join(person, person.c.id == report.c.person_id)
        .outerjoin(post, post.c.id == report.c.post_id)
        .order_by(report.c.filed_at.desc(), report.c.number.desc())
    )


def _page(wanted: Wanted, *, is_narrow: bool) -> Select[tuple[str]]:
    area = report.c.area if is_narrow else _unsorted(report.c.area)
    when = _unsorted(report.c.filed_at) if is_narrow else report.c.filed_at
    query = select(report.c.number).where(_inside(area, wanted))
    query = query.where(*_marked(wanted), *_of_forms(wanted.forms))
    if wanted.since is not None:
        query = query.where(when >= wanted.since)
    if wanted.until is not None:
        query = query.where(when < wanted.until)
    if wanted.after:
        query = query.where(_follows(wanted.after, when))
    return query.order_by(when.desc(), report.c.number.desc()).limit(wanted.limit)


def _inside(area: ColumnElement[str], wanted: Wanted) -> ColumnElement[bool]:
    """Their own area, and no more of it than they asked for; as one range: SQLite walks the first."""
    seats = {code for _, code in wanted.actor.seats}
    if any(within(wanted.area, code) for code in seats):
        return inside(area, wanted.area)
    return inside_any(area, {code for code in seats if within(code, wanted.area)})


def _of_forms(forms: Collection[str]) -> list[ColumnElement[bool]]:
    if len(forms) == 1:
        return [report.c.form == next(iter(forms))]
    return [_unsorted(report.c.form).in_(sorted(forms))] if forms else []


def _marked(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [IS_PRACTICE if wanted.practice else report.c.practice.is_(False)]
    marks = {
        "flagged": (IS_FLAGGED,),
        "nihil": (IS_NIHIL,),
        "corrected": (IS_CHANGED, report.c.standing == "corrected"),
        "withdrawn": (IS_CHANGED, report.c.standing == "withdrawn"),
        "unverified": (IS_UNVERIFIED,),
    }
    for mark in sorted(wanted.marks):
        conditions += marks[mark]
    return conditions


def _follows(number: str, when: ColumnElement[datetime]) -> ColumnElement[bool]:
    last = report.alias("last")
    at = select(last.c.filed_at).where(last.c.number == number).scalar_subquery()
    return and_(when <= at, tuple_(when, report.c.number) < tuple_(at, number))


def _unsorted(column: ColumnElement[T]) -> ColumnElement[T]:
    """The same value, but no index of the column is walked for it."""
    return func.coalesce(column, column)


def _listed(row: AnyRow) -> Listed:
    return Listed(
        row.number,
        row.form,
        row.version,
        row.area or "",
        Role(row.role) if row.role else None,
        row.name,
        row.filed_at,
        row.standing,
        row.serial,
        row.nihil,
        row.flags,
        row.verified,
        row.practice,
    )


_SHOWN = (
    report.c.number,
    report.c.form,
    report.c.version,
    report.c.area,
    post.c.role,
    person.c.name,
    report.c.filed_at,
    report.c.standing,
    report.c.serial,
    report.c.nihil,
    report.c.flags,
    report.c.verified,
    report.c.practice,
)
