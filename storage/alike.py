"""Pictures that reports of different posts have in common: imprints to find them by, and what was found.

kept ──imprint──▶ waiting for its report ──waiting()──▶ compared ──note()──▶ a likeness, or none
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from core.model.areas import within
from core.model.records import Standing
from storage.likeness import Imprint
from storage.scopes import inside
from storage.tables import AnyRow, likeness, media, picture, picture_mark, report
from storage.upsert import add_counted, insert_into

NEAREST = 4
"""So many of the likely ones are laid over it."""
FAR = 88
"""Of 256 bits; of a copy that was cut by 3 % on all sides, some 80 were others."""
ENOUGH, MOST = 500, 3000
"""Where so many have a mark in common, they are scans of one kind, and no more of them are looked for."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A kept picture of a report."""

    media: str
    view_path: str
    data_key: bytes
    imprint: Imprint
    report: str
    post: int | None
    """Empty when it is to be compared with nothing: practice, or withdrawn."""


@dataclass(frozen=True, slots=True)
class Alike:
    """The same picture in two reports."""

    report: str
    other: str
    area: str
    other_area: str
    media: str
    other_media: str
    difference: int
    found_at: datetime


class Pictures:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, media_id: str, imprint: Imprint) -> None:
        self.connection.execute(_ADD, {"media_id": media_id, "bits": imprint.bits, "doubts": imprint.doubts})
        self.connection.execute(_MARK, [{"media_id": media_id, "mark": mark} for mark in imprint.marks()])

    def waiting(self, most: int) -> list[Pictured]:
        """Those whose report has come and that were compared with nothing yet."""
        return [
            Pictured(
                row.media_id,
                row.view_path,
                row.data_key,
                Imprint(row.bits, row.doubts),
                row.report,
                None if row.practice or row.standing == Standing.WITHDRAWN else row.post_id,
            )
            for row in self.connection.execute(_WAITING, {"most": most})
        ]

    def likely(self, one: Pictured) -> list[Pictured]:
        """Of other posts, those that may be the same picture, the likeliest first."""
        found = self._marked(one, one.imprint.marks())
        if len(found) < ENOUGH:
            found |= self._marked(one, one.imprint.likely())
        near = sorted(
            found.values(), key=lambda other: (one.imprint.distance(other.imprint.bits), other.media)
        )
        return [other for other in near[:NEAREST] if one.imprint.distance(other.imprint.bits) <= FAR]

    def _marked(self, one: Pictured, marks: list[int]) -> dict[str, Pictured]:
        rows = self.connection.execute(_LIKELY, {"marks": marks, "post": one.post, "most": MOST})
        return {
            row.media_id: Pictured(
                row.media_id, row.view_path, row.data_key, Imprint(row.bits, b""), row.report, row.post_id
            )
            for row in rows
        }

    def note(self, one: str, found: Iterable[tuple[str, int]], now: datetime) -> int:
        """It was compared; gives how many likenesses are new."""
        self.connection.execute(_COMPARED, {"one": one, "now": now})
        new = 0
        for other, difference in found:
            first, second = sorted((one, other))
            pair = {"media_id": first, "other_id": second, "difference": difference, "found_at": now}
            new += add_counted(self.connection, insert_into(self.connection, likeness).values(pair))
        return new

    def drop_of_cases(self) -> int:
        """What belongs to a case is known by nothing."""
        return self.connection.execute(_DROP_OF_CASES).rowcount

    def alike(self, reports: Collection[str]) -> dict[str, list[str]]:
        """The reports that have a picture in common with each of these; those with none are not there."""
        found: dict[str, list[str]] = {}
        pictures = self.connection.execute(_PICTURES, {"several": list(reports)}).scalars().all()
        if not pictures:
            return found
        for row in self.connection.execute(_ALIKE, {"several": pictures}):
            for mine, other in ((row.report, row.other), (row.other, row.report)):
                if mine in reports and other not in found.setdefault(mine, []):
                    found[mine].append(other)
        return {mine: sorted(others) for mine, others in found.items() if others}

    def within(self, area: str, since: datetime) -> list[Alike]:
        """What was found since then of an area, wherever the other report comes from; the newest first."""
        found = (_alike(row) for row in self.connection.execute(_SINCE, {"since": since}))
        return [one for one in found if any(within(code, area) for code in (one.area, one.other_area))]

    def common(self, area: str, since: datetime, most: int) -> list[Alike]:
        """Those of which both reports come from the area and stand; the newest first."""
        here = (inside(_mine.c.area, area), inside(_theirs.c.area, area))
        stand = (_mine.c.standing != Standing.WITHDRAWN.value, _theirs.c.standing != Standing.WITHDRAWN.value)
        query = _SINCE.where(*here, *stand).limit(most)
        return [_alike(row) for row in self.connection.execute(query, {"since": since})]


def _alike(row: AnyRow) -> Alike:
    areas = (row.area or "", row.other_area or "")
    return Alike(row.report, row.other, *areas, row.media_id, row.other_id, row.difference, row.found_at)


_counts = and_(
    report.c.practice.is_(False), report.c.post_id.is_not(None), report.c.standing != Standing.WITHDRAWN.value
)
_ADD = insert(picture)
_MARK = insert(picture_mark)
_PICTURED = (
    picture.c.media_id,
    picture.c.bits,
    media.c.view_path,
    media.c.data_key,
    media.c.report,
    report.c.post_id,
)
_WAITING = (
    select(*_PICTURED, picture.c.doubts, report.c.practice, report.c.standing)
    .join_from(picture, media, media.c.id == picture.c.media_id)
    .join(report, report.c.number == media.c.report)
    .where(picture.c.compared_at.is_(None), media.c.data_key.is_not(None))
    .order_by(picture.c.media_id)
    .limit(bindparam("most"))
)
_marked = (
    select(picture_mark.c.media_id)
    .where(picture_mark.c.mark.in_(bindparam("marks", expanding=True)))
    .distinct()
)
_LIKELY = (
    select(*_PICTURED)
    .join_from(picture, media, media.c.id == picture.c.media_id)
    .join(report, report.c.number == media.c.report)
    .where(
        picture.c.media_id.in_(_marked),
        _counts,
        report.c.post_id != bindparam("post"),
        media.c.data_key.is_not(None),
    )
    .limit(bindparam("most"))
)
_COMPARED = update(picture).where(picture.c.media_id == bindparam("one")).values(compared_at=bindparam("now"))
_DROP_OF_CASES = delete(picture).where(
    picture.c.compared_at.is_(None),
    picture.c.media_id.in_(select(media.c.id).where(media.c.case_number.is_not(None))),
)
_one, _other = media.alias("one"), media.alias("other")
_mine, _theirs = report.alias("mine"), report.alias("theirs")
_PAIRS = (
    select(
        likeness.c.media_id,
        likeness.c.other_id,
        likeness.c.difference,
        likeness.c.found_at,
        _one.c.report,
        _other.c.report.label("other"),
        _mine.c.area,
        _theirs.c.area.label("other_area"),
    )
    .join_from(likeness, _one, _one.c.id == likeness.c.media_id)
    .join(_other, _other.c.id == likeness.c.other_id)
    .join(_mine, _mine.c.number == _one.c.report)
    .join(_theirs, _theirs.c.number == _other.c.report)
)
_PICTURES = select(media.c.id).where(media.c.report.in_(bindparam("several", expanding=True)))
_ALIKE = _PAIRS.where(
    or_(
        likeness.c.media_id.in_(bindparam("several", expanding=True)),
        likeness.c.other_id.in_(bindparam("several", expanding=True)),
    )
)
_SINCE = _PAIRS.where(likeness.c.found_at >= bindparam("since")).order_by(
    likeness.c.found_at.desc(), likeness.c.media_id, likeness.c.other_id
)
