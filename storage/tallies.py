"""What was expected of an area in a stretch of time, and what came of it, counted by the database.

    tally     expected = filed + nihil + silent; silent is what is due, held by somebody, and not told
    parts     the same for each area one level below        days, forms: for each day, for each form
    hours     what is asked for by the hour, for each form; it is in none of the others
    silences  the posts that are silent, the most overdue first

Everything is as it stood at the span's moment, so that the digest of a past week says the same again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)

from core.digests.digest import Day, FormCount, Part, Silence, Tally
from core.digests.span import Span
from core.forms.form import Words
from core.forms.written import from_json
from core.model.areas import lineage
from core.model.records import Standing
from storage.areas import Areas, label
from storage.calls import Calls
from storage.forms import Forms
from storage.scopes import inside
from storage.tables import AnyRow, case_file, expectation, holding, person, post, report

FINDING = "temuan"
"""The procedure of the case that a report opens when it tells of a suspected violation."""
K = TypeVar("K")
Crossing = tuple[str, str, int, int]
PAGE = 500
NOTHING = Tally()
FIGURES = ("expected", "filed", "nihil", "silent", "late", "vacant")
_COUNTS = (report.c.practice.is_(False), report.c.standing != Standing.WITHDRAWN.value)
_IS_OF_AN_HOUR = expectation.c.passes_at.is_not(None)
"""What is asked for by the hour is six times as much as all else on voting day, and would hide it: it is
counted apart."""
_PARTS = (2, 5, 8, 13, 17)
"""How long a code is at each level."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A span and the one before it, counted in one go."""

    tally: Tally
    before: Tally
    parts: Mapping[str, Tally] = field(default_factory=dict)
    """By the code one level below."""
    parts_before: Mapping[str, Tally] = field(default_factory=dict)
    days: tuple[Day, ...] = ()
    forms: tuple[FormCount, ...] = ()
    hours: tuple[FormCount, ...] = ()
    """The forms that are asked for by the hour: in none of the other figures."""


class Tallies:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def counts(self, span: Span) -> Counts:
        """All of it: what `tally`, `parts`, `days` and `forms` say, with two looks at the ledger."""
        now, hours = _parted(self._crossed(span, _day_of(span).label("day")))
        before, hours_before = _parted(self._crossed(span.before(), literal(0).label("day")))
        days = _summed(now, 2)
        return Counts(
            tally=_added(now.values()),
            before=_added(before.values()),
            parts=_summed(now, 0),
            parts_before=_summed(before, 0),
            days=_days(span, days),
            forms=self._of_forms(_summed(now, 1), _summed(before, 1), span.moment),
            hours=self._of_forms(_summed(hours, 1), _summed(hours_before, 1), span.moment),
        )

    def tally(self, span: Span) -> Tally:
        """The area with all in it."""
        return _tally(self.connection.execute(_counted(span).where(~_IS_OF_AN_HOUR)).one())

    def parts(self, span: Span) -> tuple[Part, ...]:
        """Each area one level below, also where nothing was expected."""
        now, before = self._by_part(span), self._by_part(span.before())
        below = Areas(self.connection).children(span.area)
        return tuple(
            Part(one.code, label(one), now.get(one.code, NOTHING), before.get(one.code, NOTHING))
            for one in below
        )

    def days(self, span: Span) -> tuple[Day, ...]:
        """What was due on each day, and how much of that was told; together they are the tally."""
        return _days(span, self._by(span, _day_of(span)))

    def forms(self, span: Span) -> tuple[FormCount, ...]:
        """Each form of which something was expected in it or in the span before."""
        now, before = self._by(span, expectation.c.form), self._by(span.before(), expectation.c.form)
        return self._of_forms(now, before, span.moment)

    def silences(
        self,
        span: Span,
        limit: int = PAGE,
        after: tuple[datetime, int] | None = None,
        only: Sequence[ColumnElement[bool]] = (),
    ) -> tuple[Silence, ...]:
        """The posts that owe something, the most overdue first; `after`: the last one's since and post."""
        rows = self.connection.execute(_silent(span, limit, after).where(*only)).all()
        posts = [int(row.post_id) for row in rows]
        holders, told = self._holders(posts, span.moment), self._last_told(posts, span.moment)
        calls = Calls(self.connection).last(posts, span.moment)
        places = self.places({row.area for row in rows})
        return tuple(
            Silence(
                row.post_id,
                row.role,
                row.area,
                places[row.area],
                holders.get(row.post_id, ""),
                row.owed,
                row.since,
                told.get(row.post_id),
                _since(row.since, calls.get(row.post_id)),
            )
            for row in rows
        )

    def count_silent(self, span: Span) -> int:
        """How many posts owe something."""
        owing = _silent(span, None, None).order_by(None).subquery()
        return int(self.connection.execute(select(func.count()).select_from(owing)).scalar_one())

    def findings(self, span: Span) -> int:
        """Reports of which a case of a suspected violation was opened."""
        opened = (case_file.c.opened_at >= span.start, case_file.c.opened_at < min(span.end, span.moment))
        query = (
            select(func.count())
            .select_from(case_file)
            .join(report, report.c.number == case_file.c.report)
            .where(case_file.c.procedure == FINDING, inside(case_file.c.area, span.area), *opened)
            .where(case_file.c.practice.is_(False), *_COUNTS)
        )
        return int(self.connection.execute(query).scalar_one())

    def _by_part(self, span: Span) -> dict[str, Tally]:
        part = _part_of(span)
        return {} if part is None else self._by(span, part)

    def _of_forms(
        self, now: Mapping[str, Tally], before: Mapping[str, Tally], moment: datetime
    ) -> tuple[FormCount, ...]:
        titles = self._titles(now.keys() | before.keys(), moment)
        return tuple(
            FormCount(form, titles[form], now.get(form, NOTHING), before.get(form, NOTHING))
            for form in sorted(titles)
        )

    def _crossed(self, span: Span, day: Label[int]) -> dict[Crossing, Tally]:
        """By part, form, day, and whether it is of an hour; a few hundred rows, out of which everything can
        be added up."""
        part = _part_of(span)
        where = literal("") if part is None else part
        hour = case((_IS_OF_AN_HOUR, 1), else_=0).label("hour")
        query = _counted(span, where.label("part"), expectation.c.form.label("kind"), day, hour)
        rows = self.connection.execute(query.group_by(text("part"), text("kind"), text("day"), text("hour")))
        return {(row.part, row.kind, row.day, row.hour): _tally(row) for row in rows}

    def _by(self, span: Span, key: ColumnElement[K]) -> dict[K, Tally]:
        query = _counted(span, key.label("part")).where(~_IS_OF_AN_HOUR)
        rows = self.connection.execute(query.group_by(text("part")))
        return {row.part: _tally(row) for row in rows}

    def _titles(self, forms: Iterable[str], moment: datetime) -> dict[str, Words]:
        """As they were called then; what was published later, as it was called first."""
        shelf = Forms(self.connection)
        newest: dict[str, str] = {}
        for one in shelf.versions():
            if one.name not in newest or one.published_at <= moment:
                newest[one.name] = one.version
        return {
            form: from_json(shelf.load(form, newest[form])).title if form in newest else {"": form}
            for form in forms
        }

    def _holders(self, posts: list[int], moment: datetime) -> dict[int, str]:
        query = select(holding.c.post_id, person.c.name).join_from(holding, person)
        rows = self.connection.execute(query.where(holding.c.post_id.in_(posts), *_then(moment)))
        return {row.post_id: row.name for row in rows}

    def _last_told(self, posts: list[int], moment: datetime) -> dict[int, datetime]:
        """When each last reported anything at all."""
        rows = self.connection.execute(last_told(posts, moment))
        return {row.id: row.last for row in rows if row.last is not None}

    def places(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The names from each area up."""
        wanted = {code: lineage(code)[::-1] for code in codes}
        known = Areas(self.connection).several({one for line in wanted.values() for one in line})
        return {
            code: tuple(label(known[one]) for one in line if one in known) for code, line in wanted.items()
        }


def last_told(posts: Sequence[int], moment: datetime) -> Select[tuple[int, datetime]]:
    """Looked up from the end of each post's reports: it may have filed hundreds."""
    of_post = (report.c.post_id == post.c.id, report.c.filed_at <= moment, *_COUNTS)
    last = select(report.c.filed_at).where(*of_post).order_by(report.c.filed_at.desc()).limit(1)
    return select(post.c.id, last.scalar_subquery().label("last")).where(post.c.id.in_(posts))


def _part_of(span: Span) -> ColumnElement[str] | None:
    """The area one level below; None where there is none."""
    level = span.area.count(".") + 1 if span.area else 0
    return None if level >= len(_PARTS) else func.substr(expectation.c.area, 1, _PARTS[level])


def _day_of(span: Span) -> ColumnElement[int]:
    """The number of the day on which something is due."""
    if span.days == 1:
        return literal(0)
    return case(
        *((expectation.c.due_at < span.midnight(n + 1), n) for n in range(span.days - 1)),
        else_=span.days - 1,
    )


def _days(span: Span, found: Mapping[int, Tally]) -> tuple[Day, ...]:
    tallies = [found.get(number, NOTHING) for number in range(span.days)]
    return tuple(
        Day(span.first + timedelta(days=number), one.filed, one.nihil, one.expected)
        for number, one in enumerate(tallies)
    )


def _parted(crossed: Mapping[Crossing, Tally]) -> tuple[dict[Crossing, Tally], dict[Crossing, Tally]]:
    """What is due by the day or the week, and what by the hour."""
    hours = {keys: tally for keys, tally in crossed.items() if keys[3]}
    return {keys: tally for keys, tally in crossed.items() if not keys[3]}, hours


def _summed(crossed: Mapping[tuple[Any, ...], Tally], at: int) -> dict[Any, Tally]:
    """By one of the keys alone."""
    found: defaultdict[Any, list[Tally]] = defaultdict(list)
    for keys, tally in crossed.items():
        found[keys[at]].append(tally)
    return {key: _added(tallies) for key, tallies in found.items()}


def _added(tallies: Iterable[Tally]) -> Tally:
    every = list(tallies)
    return Tally(*(sum(getattr(one, name) for one in every) for name in FIGURES))


def _since(due: datetime, called: datetime | None) -> datetime | None:
    """A call is about this silence if it came after it began."""
    return called if called is not None and called >= due else None


def _counted(span: Span, *keys: Label[Any]) -> Select[*tuple[Any, ...]]:
    """The figures of a tally, for each key."""
    is_told, is_silent = _is_told(span.moment), _is_owed(span.moment)
    figures = {
        "filed": and_(is_told, expectation.c.state == "filed"),
        "nihil": and_(is_told, expectation.c.state == "nihil"),
        "late": and_(is_told, expectation.c.told_at > expectation.c.due_at),
        "silent": and_(is_silent, _is_held(span.moment)),
        "vacant": and_(is_silent, ~_is_held(span.moment)),
    }
    sums = (func.sum(case((meant, 1), else_=0)).label(name) for name, meant in figures.items())
    return select(*keys, *sums).where(*_within(span))


def _tally(row: AnyRow) -> Tally:
    """Of no row at all the sums are NULL."""
    filed, nihil, silent = row.filed or 0, row.nihil or 0, row.silent or 0
    return Tally(filed + nihil + silent, filed, nihil, silent, row.late or 0, row.vacant or 0)


def _silent(span: Span, limit: int | None, after: tuple[datetime, int] | None) -> Select[*tuple[Any, ...]]:
    since, owed = func.min(expectation.c.due_at).label("since"), func.count().label("owed")
    whose = (expectation.c.post_id, expectation.c.role, expectation.c.area)
    query = select(*whose, since, owed).where(*_within(span), is_still_awaited(span.moment))
    query = query.where(_is_owed(span.moment), _is_held(span.moment))
    query = query.group_by(*whose).order_by(since, expectation.c.post_id).limit(limit)
    if after is not None:
        moment, post = after
        last = func.min(expectation.c.due_at)
        query = query.having(or_(last > moment, and_(last == moment, expectation.c.post_id > post)))
    return query


def is_still_awaited(moment: datetime) -> ColumnElement[bool]:
    """Nobody is phoned for an hour that is gone: how the station stood then, nobody can tell any more."""
    return or_(expectation.c.passes_at.is_(None), expectation.c.passes_at > moment)


def _within(span: Span) -> tuple[ColumnElement[bool], ...]:
    due = (expectation.c.due_at >= span.start, expectation.c.due_at < span.end)
    return (inside(expectation.c.area, span.area), *due, expectation.c.state != "void")


def _is_told(moment: datetime) -> ColumnElement[bool]:
    return and_(expectation.c.state.in_(("filed", "nihil")), expectation.c.told_at <= moment)


def _is_owed(moment: datetime) -> ColumnElement[bool]:
    """Due, and not told then."""
    told = and_(expectation.c.told_at.is_not(None), expectation.c.told_at <= moment)
    return and_(expectation.c.due_at <= moment, ~told)


def _is_held(moment: datetime) -> ColumnElement[bool]:
    """Somebody held the post then."""
    return exists().where(holding.c.post_id == expectation.c.post_id, *_then(moment)).correlate(expectation)


def _then(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return (holding.c.since <= moment, or_(holding.c.until.is_(None), holding.c.until > moment))
