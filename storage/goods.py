"""Logistics for a digest: of each kind of goods, how many posts have it complete and how many miss some.

From the form `logistik`: its question `lengkap` (ya, tidak) and, where something is missing, `kurang`, which
names the goods. The answers are sealed, so they are opened a batch at a time, the latest of each post.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, func, select

from core.digests.digest import Logistics
from core.forms.form import Form, Option
from core.forms.written import from_json
from core.model.records import Standing
from storage.forms import Forms
from storage.keys import Keys
from storage.scopes import inside
from storage.tables import AnyRow, report, revision
from storage.written import read_answers

FORM = "logistik"
IS_COMPLETE, LACKING = "lengkap", "kurang"
TOLD = ("ya", "tidak")
RECENT = timedelta(days=60)
"""What is older tells of another election."""
BATCH = 500


class Goods:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def of(self, area: str, moment: datetime) -> tuple[Logistics, ...]:
        """As it was known then; nothing where nobody has told, or no such form is published."""
        kinds = self._kinds(moment)
        posts, lacking = self._count(area, moment) if kinds else (0, Counter[str]())
        if not posts:
            return ()
        return tuple(
            Logistics(kind.name, kind.label, posts - lacking[kind.name], lacking[kind.name]) for kind in kinds
        )

    def _kinds(self, moment: datetime) -> Sequence[Option]:
        """The goods that the form names."""
        shelf = Forms(self.connection)
        every = [one for one in shelf.versions() if one.name == FORM]
        known = [one for one in every if one.published_at <= moment] or every[:1]
        form = from_json(shelf.load(FORM, known[-1].version)) if known else None
        return _options(form) if form else ()

    def _count(self, area: str, moment: datetime) -> tuple[int, Counter[str]]:
        posts, lacking = 0, Counter[str]()
        for row in self._latest(area, moment):
            where = (row.report, row.serial)
            answers = read_answers(self.keys.open(row.answers_sealed, "revision", "answers", *where))
            if answers.values.get(IS_COMPLETE) in TOLD:
                posts += 1
                lacking.update(set(answers.values.get(LACKING, "").split()))
        return posts, lacking

    def _latest(self, area: str, moment: datetime) -> Iterator[AnyRow]:
        """Never more than a batch in memory."""
        yield from self.connection.execute(_latest(area, moment), execution_options={"yield_per": BATCH})


def _options(form: Form) -> Sequence[Option]:
    named = next((one for one in form.questions() if one.name == LACKING), None)
    return form.lists.get(named.options, ()) if named else ()


def _latest(area: str, moment: datetime) -> Select[tuple[object, ...]]:
    """The revision that stood then, of the last report of each post that was not withdrawn by then."""
    later = revision.alias("later")
    stood = (
        select(func.max(later.c.serial))
        .where(later.c.report == report.c.number, later.c.filed_at <= moment)
        .correlate(report)
        .scalar_subquery()
    )
    place = func.row_number().over(
        partition_by=report.c.post_id, order_by=(report.c.filed_at.desc(), report.c.number.desc())
    )
    ranked = (
        select(revision.c.report, revision.c.serial, place.label("place"))
        .join_from(report, revision, and_(revision.c.report == report.c.number, revision.c.serial == stood))
        .where(
            report.c.form == FORM,
            inside(report.c.area, area),
            report.c.practice.is_(False),
            report.c.filed_at <= moment,
            report.c.filed_at > moment - RECENT,
            revision.c.standing != Standing.WITHDRAWN.value,
        )
        .subquery()
    )
    return (
        select(revision.c.report, revision.c.serial, revision.c.answers_sealed)
        .join(ranked, and_(revision.c.report == ranked.c.report, revision.c.serial == ranked.c.serial))
        .where(ranked.c.place == 1)
    )
