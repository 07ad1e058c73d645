"""Cases for a digest: how many of each procedure, in which state, by which clock; never a word of any.

Counted by the office that works them. As of a moment, as far as the rows tell: when a case was opened and
closed, and from the audit log in which state it was then; clocks that ended since are not known any more.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
)

from core.digests.digest import CaseCount, Decision
from core.digests.span import Span
from core.forms.form import Words
from core.model.areas import lineage, within
from core.model.zones import zone_of
from storage.cases.search import office_in
from storage.procedures import Procedures
from storage.scopes import inside
from storage.tables import AnyRow, audit, case_exclusion, case_file

SOON = timedelta(days=3)
AHEAD = timedelta(days=7)
"""What has to be decided until the next desk."""
MOST = 500
FIGURES = ("opened", "closed", "open", "overdue", "due_soon")


@dataclass(frozen=True, slots=True)
class Counted:
    counts: tuple[CaseCount, ...] = ()
    decisions: tuple[Decision, ...] = ()


class CaseCounts:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def of(self, span: Span, names: Mapping[str, str], hidden: frozenset[str] = frozenset()) -> Counted:
        """Of the offices in the area, without the cases that are kept from whoever reads; `names`: of the
        areas one level below."""
        known = _known(span, self.connection, hidden)
        rows = list(self.connection.execute(counted(span, self.connection, hidden)))
        if not rows:
            return Counted()
        moved = self._moved_since(span, known)
        return Counted(self._counts(rows, moved), self._decisions(span, known, names))

    def hidden_from(self, actors: Iterable[str], area: str) -> frozenset[str]:
        """The cases that are kept from one of them, since there is a conflict of interest."""
        return frozenset(self.connection.execute(hidden_cases(actors, area)).scalars())

    def _counts(self, rows: Iterable[AnyRow], moved: Iterable[tuple[str, str, str]]) -> tuple[CaseCount, ...]:
        figures: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(FIGURES, 0))
        states: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for row in rows:
            for name in FIGURES:
                figures[row.procedure][name] += int(getattr(row, name) or 0)
            if row.open:
                states[row.procedure][row.state] = int(row.open)
        for procedure, then, now in moved:
            states[procedure][now] = states[procedure].get(now, 0) - 1
            states[procedure][then] = states[procedure].get(then, 0) + 1
        return tuple(self._count(name, figures[name], states[name]) for name in sorted(figures))

    def _count(self, name: str, figures: Mapping[str, int], states: Mapping[str, int]) -> CaseCount:
        procedure = Procedures(self.connection).current(name)
        order = list(procedure.states) if procedure else []
        standing = sorted(
            (state for state, many in states.items() if many > 0),
            key=lambda state: (order.index(state) if state in order else len(order), state),
        )
        labels: dict[str, Words] = {}
        if procedure:
            labels = {state: procedure.states[state].label for state in standing if state in order}
        title: Words = procedure.title if procedure else {}
        by_state = {state: states[state] for state in standing}
        return CaseCount(name, title, **figures, by_state=by_state, state_labels=labels)

    def _moved_since(self, span: Span, known: ColumnElement[bool]) -> list[tuple[str, str, str]]:
        """Cases that were open then and have moved since: the procedure, the state then, and the one now."""
        query = select(case_file.c.number, case_file.c.procedure, case_file.c.state).where(
            known, _is_open(span.moment), case_file.c.entered_at > span.moment
        )
        rows = self.connection.execute(query).all()
        then = self._states_at([row.number for row in rows], span.moment) if rows else {}
        found = []
        for row in rows:
            state = then.get(row.number) or self._start_of(row.procedure)
            found.append((row.procedure, state, row.state))
        return found

    def _states_at(self, numbers: list[str], moment: datetime) -> dict[str, str]:
        """The audit log knows where each stood after every act."""
        rows = self.connection.execute(_ACTS, {"numbers": numbers, "until": moment})
        told = ((row.subject, json.loads(row.details).get("state", "")) for row in rows)
        return {number: state for number, state in told if state}

    def _start_of(self, name: str) -> str:
        procedure = Procedures(self.connection).current(name)
        return procedure.start if procedure else ""

    def _decisions(
        self, span: Span, known: ColumnElement[bool], names: Mapping[str, str]
    ) -> tuple[Decision, ...]:
        """The cases whose first clock ends before the next desk, or has ended, the most urgent first."""
        query = select(case_file.c.number, case_file.c.area, case_file.c.office, case_file.c.due_at)
        urgent = query.where(known, _is_open(span.moment), case_file.c.due_at < span.moment + AHEAD)
        rows = self.connection.execute(urgent.order_by(case_file.c.due_at, case_file.c.number).limit(MOST))
        return tuple(_decision(row, span.area, names) for row in rows)


def hidden_cases(actors: Iterable[str], area: str) -> Select[str]:
    there = exists().where(
        case_file.c.number == case_exclusion.c.case_number, inside(case_file.c.office, area)
    )
    whose = case_exclusion.c.actor.in_(sorted(actors))
    return select(case_exclusion.c.case_number).where(whose, there.correlate(case_exclusion))


def _decision(row: AnyRow, area: str, names: Mapping[str, str]) -> Decision:
    """Its place is one of the areas below: the kab/kota to a province, the kecamatan to a kab/kota."""
    where = row.area if within(row.area, row.office) else row.office
    place = next((one for one in lineage(where) if one in names), row.office)
    due = row.due_at.astimezone(ZoneInfo(zone_of(row.office))).date()
    return Decision("case", row.number, place, "" if place == area else names.get(place, ""), due)


def _known(span: Span, connection: Connection, hidden: frozenset[str]) -> ColumnElement[bool]:
    here = inside(office_in(span.area, connection), span.area)
    others = case_file.c.number.not_in(sorted(hidden)) if hidden else true()
    return and_(here, case_file.c.practice.is_(False), case_file.c.opened_at <= span.moment, others)


def _is_open(moment: datetime) -> ColumnElement[bool]:
    return or_(case_file.c.closed_at.is_(None), case_file.c.closed_at > moment)


def counted(
    span: Span, connection: Connection, hidden: frozenset[str] = frozenset()
) -> Select[*tuple[Any, ...]]:
    """The figures of each procedure and state."""
    known = _known(span, connection, hidden)
    is_open, until = _is_open(span.moment), min(span.end, span.moment)
    meant = {
        "opened": and_(case_file.c.opened_at >= span.start, case_file.c.opened_at < until),
        "closed": and_(case_file.c.closed_at >= span.start, case_file.c.closed_at < until),
        "open": is_open,
        "overdue": and_(is_open, case_file.c.due_at < span.moment),
        "due_soon": and_(is_open, case_file.c.due_at >= span.moment, case_file.c.due_at < span.moment + SOON),
    }
    sums = (func.sum(case((which, 1), else_=0)).label(name) for name, which in meant.items())
    keys = (case_file.c.procedure, case_file.c.state)
    return select(*keys, *sums).where(known).group_by(*keys).order_by(*keys)


_ACTS = (
    select(audit.c.subject, audit.c.details)
    .where(
        audit.c.subject.in_(bindparam("numbers", expanding=True)),
        audit.c.act.like("case.%"),
        audit.c.at <= bindparam("until"),
    )
    .order_by(audit.c.id)
)
