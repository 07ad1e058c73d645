"""Filed reports and all of their revisions, sealed each for its own place; nothing is overwritten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, Select, and_, bindparam, insert, or_, select, update

from core.dialogue.filling.summary import NIHIL
from core.model.messages import Channel
from core.model.records import Report, Revision, Standing
from storage.keys import Keys
from storage.tables import ANYBODY_LISTENS, AnyRow, post, report, revision
from storage.written import read_answers, read_flags, write_answers, write_flags

PAGE = 500


class UnknownReport(KeyError):
    """There is no report of that number."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Of a report, what other systems are told besides its revision."""

    form: str
    area: str
    practice: bool


class Reports:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def file(self, filed: Report, inbox_id: int | None = None) -> Filing | None:
        """Keep a new report with its first revision; None when no other system listens."""
        first = filed.latest
        row: dict[str, object] = {
            "number": filed.number,
            "form": filed.form,
            "version": filed.version,
            "post_id": filed.post,
            "from_post": filed.post,
            "person_id": filed.person,
            "practice": filed.practice,
            "started_at": filed.started_at,
            "filed_at": first.filed_at,
            "standing": first.standing.value,
            "serial": first.serial,
        }
        kept = self.connection.execute(_FILE, row | marks_of(first)).one()
        self._add(filed.number, first, inbox_id)
        return _filing(kept)

    def revise(self, number: str, revised: Revision, inbox_id: int | None = None) -> Filing | None:
        """Add a correction or a withdrawal; the report stands as its latest revision says. None as above."""
        change: dict[str, object] = {
            "of": number,
            "now_standing": revised.standing.value,
            "now_serial": revised.serial,
        }
        change |= {f"now_{name}": mark for name, mark in marks_of(revised).items()}
        kept = self.connection.execute(_REVISE, change).first()
        if kept is None:
            raise UnknownReport(number)
        self._add(number, revised, inbox_id)
        return _filing(kept)

    def get(self, number: str) -> Report | None:
        """The report with all of its revisions."""
        return next(self._whole([number]), None)

    def latest(self, numbers: Iterable[str]) -> list[Report]:
        """These, in this order, each with its latest revision only."""
        wanted = list(numbers)
        rows = self.connection.execute(_LATEST, {"numbers": wanted}).all() if wanted else ()
        found = {str(row.number): self._report(row, (self._revision(row),)) for row in rows}
        return [found[number] for number in wanted if number in found]

    def area_of(self, number: str) -> str:
        """Where it was filed from: the area of its post; "" for no such report."""
        return str(self.connection.execute(_AREA_OF, {"of": number}).scalar() or "")

    def of_person(self, person_id: int, limit: int = 10) -> list[Report]:
        """What the person filed, the newest first."""
        numbers = self.connection.execute(_OF_PERSON, {"person": person_id, "most": limit}).scalars().all()
        by_number = {one.number: one for one in self._whole(numbers)}
        return [by_number[number] for number in numbers]

    def of_post(self, post_id: int, limit: int = 10) -> list[Report]:
        """What was filed from the post, whoever held it, the newest first."""
        numbers = self.connection.execute(_OF_POST, {"post": post_id, "most": limit}).scalars().all()
        by_number = {one.number: one for one in self._whole(numbers)}
        return [by_number[number] for number in numbers]

    def every(self, form: str, *, practice: bool = False, page: int = PAGE) -> Iterator[Report]:
        """The form's reports in the order of filing, each with its latest revision only; a page at a time."""
        after: tuple[datetime, str] | None = None
        while True:
            rows = self.connection.execute(_page(form, practice, after, page)).all()
            for row in rows:
                yield self._report(row, (self._revision(row),))
            if len(rows) < page:
                return
            after = (rows[-1].begun, rows[-1].number)

    def _add(self, number: str, added: Revision, inbox_id: int | None) -> None:
        where = (number, added.serial)
        flags = self.keys.seal(write_flags(added.flags), "revision", "flags", *where) if added.flags else None
        reason = self.keys.seal(added.reason, "revision", "reason", *where) if added.reason else None
        answers = self.keys.seal(write_answers(added.answers), "revision", "answers", *where)
        self.connection.execute(
            _ADD,
            {
                "report": number,
                "serial": added.serial,
                "standing": added.standing.value,
                "answers_sealed": answers,
                "flags_sealed": flags,
                "reason_sealed": reason,
                "person_id": added.person,
                "channel": added.channel.value,
                "filed_at": added.filed_at,
                "sent_at": added.sent_at,
                "inbox_id": inbox_id,
            },
        )

    def _whole(self, numbers: Iterable[str]) -> Iterator[Report]:
        rows = self.connection.execute(_WHOLE, {"numbers": list(numbers)}).all()
        for _, revisions in groupby(rows, key=lambda row: str(row.number)):
            states = list(revisions)
            yield self._report(states[0], tuple(map(self._revision, states)))

    def _report(self, row: AnyRow, revisions: tuple[Revision, ...]) -> Report:
        return Report(
            row.number,
            row.form,
            row.version,
            row.post_id,
            row.owner,
            row.practice,
            row.started_at,
            revisions,
        )

    def _revision(self, row: AnyRow) -> Revision:
        where = (row.number, row.serial)
        flags, reason = row.flags_sealed, row.reason_sealed
        return Revision(
            row.serial,
            Standing(row.standing),
            read_answers(self.keys.open(row.answers_sealed, "revision", "answers", *where)),
            read_flags(self.keys.open(flags, "revision", "flags", *where)) if flags else (),
            row.person_id,
            Channel(row.channel),
            row.filed_at,
            row.sent_at,
            self.keys.open(reason, "revision", "reason", *where) if reason else "",
        )


def _filing(kept: AnyRow) -> Filing | None:
    return Filing(kept.form, kept.area or "", kept.practice) if kept.anybody_listens else None


def marks_of(latest: Revision) -> dict[str, int]:
    """What of the sealed flags stands in the open, so that such reports are found."""
    return {"nihil": NIHIL in latest.flags, "flags": sum(flag != NIHIL for flag in latest.flags)}


_REPORT = (
    report.c.number,
    report.c.form,
    report.c.version,
    report.c.post_id,
    report.c.person_id.label("owner"),
    report.c.practice,
    report.c.started_at,
)
_REVISION = (
    revision.c.serial,
    revision.c.standing,
    revision.c.answers_sealed,
    revision.c.flags_sealed,
    revision.c.reason_sealed,
    revision.c.person_id,
    revision.c.channel,
    revision.c.filed_at,
    revision.c.sent_at,
)
_KEPT = (report.c.form, report.c.area, report.c.practice, ANYBODY_LISTENS)
_FILE = (
    insert(report)
    .values(area=select(post.c.area).where(post.c.id == bindparam("from_post")).scalar_subquery())
    .returning(*_KEPT)
)
_ADD = insert(revision)
_REVISE = (
    update(report)
    .where(report.c.number == bindparam("of"))
    .values(
        standing=bindparam("now_standing"),
        serial=bindparam("now_serial"),
        nihil=bindparam("now_nihil"),
        flags=bindparam("now_flags"),
    )
    .returning(*_KEPT)
)
_WHOLE = (
    select(*_REPORT, *_REVISION)
    .join_from(report, revision)
    .where(report.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(report.c.number, revision.c.serial)
)
_LATEST = (
    select(*_REPORT, *_REVISION)
    .join_from(
        report, revision, (revision.c.report == report.c.number) & (revision.c.serial == report.c.serial)
    )
    .where(report.c.number.in_(bindparam("numbers", expanding=True)))
)
_AREA_OF = select(report.c.area).where(report.c.number == bindparam("of"))
_OF_PERSON = (
    select(report.c.number)
    .where(report.c.person_id == bindparam("person"))
    .order_by(report.c.filed_at.desc(), report.c.number)
    .limit(bindparam("most"))
)
_OF_POST = (
    select(report.c.number)
    .where(report.c.post_id == bindparam("post"))
    .order_by(report.c.filed_at.desc(), report.c.number)
    .limit(bindparam("most"))
)


def _page(
    form: str, practice: bool, after: tuple[datetime, str] | None, size: int
) -> Select[tuple[object, ...]]:
    """The next reports after one that was seen; practice is left out unless asked for."""
    query = (
        select(*_REPORT, *_REVISION, report.c.filed_at.label("begun"))
        .join_from(
            report, revision, (revision.c.report == report.c.number) & (revision.c.serial == report.c.serial)
        )
        .where(report.c.form == form)
        .order_by(report.c.filed_at, report.c.number)
        .limit(size)
    )
    if not practice:
        query = query.where(report.c.practice.is_(False))
    if after is not None:
        filed_at, number = after
        query = query.where(
            or_(
                report.c.filed_at > filed_at,
                and_(report.c.filed_at == filed_at, report.c.number > number),
            )
        )
    return query
