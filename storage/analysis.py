"""Answers of many reports added up, kept sealed for each form, area and day, and read for any days.

    reports filed ──▶ count(): each district's day that changed is counted anew, village by village
                       └▶ the days of its regency and province are added up from their parts

Nothing is counted where a report is filed: what changed since is told by the report's own row. Counted anew
rather than added to, a day is always what its reports say, whatever was corrected or withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection, Executable, bindparam, delete, func, select, update

from core.analysis.sums import Path, Sums, countable, from_json, merged, to_json
from core.dialogue.filling.summary import NIHIL
from core.forms.form import Question
from core.forms.written import from_json as form_from_json
from core.model.records import Answers, Flag, Standing
from core.model.zones import zone_of
from storage.forms import Forms
from storage.keys import Keys, SealBroken
from storage.tables import IS_UNCOUNTED, AnyRow, answer_tally, area, report, revision
from storage.upsert import insert_for
from storage.written import read_answers, read_flags

log = structlog.get_logger(__name__)

MOST = 200
"""So many reports are opened in one transaction, and the rest of the district that was begun;"""
HEAPS = 50
"""of no more districts' days: nobody else can write while this goes on."""
OWN = ".-"
"""What was filed from an office's own seat, and from no part of its area, stands under its code with this."""
BATCH = 500
DISTRICT, VILLAGE = 8, 13
"""How long a code is."""

Heap = tuple[str, str, date]
"""A form, an area, a day."""
Questions = dict[tuple[str, str], Mapping[Path, Question]]
"""What can be counted, by form and version; read once for many heaps."""


class Analysis:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def read(self, form: str, areas: Iterable[str], first: date, last: date) -> dict[tuple[str, date], Sums]:
        """What was answered in each of these areas on each of these days, where anything was."""
        wanted = {"of": form, "areas": sorted(areas), "first": first, "last": last}
        rows = self.connection.execute(_READ, wanted).all()
        return {(row.area, row.day): self._open(row) for row in rows}

    def waiting(self, most: int = 1000) -> int:
        """How many reports are not counted yet; no more than that are looked for."""
        some = select(report.c.number).where(IS_UNCOUNTED).limit(most).subquery()
        return int(self.connection.execute(select(func.count()).select_from(some)).scalar_one())

    def count(self, most: int = MOST) -> int:
        """Count what waits, the oldest first; gives how many reports were looked at, 0 when none waited."""
        rows = self.connection.execute(_WAITING, {"most": most}).all()
        opened, touched = self._pass_over([row.number for row in rows if not row.area]), list[Heap]()
        questions: Questions = {}
        for heap in dict.fromkeys(_heap_of(row) for row in rows if row.area):
            opened += self._count_heap(heap, questions)
            touched.append(heap)
            if opened >= most or len(touched) == HEAPS:
                break
        for dots in (2, 1):
            for heap in sorted({_above(one, dots) for one in touched if one[1].count(".") >= dots}):
                self._add_up(heap)
        return opened

    def forget(self) -> None:
        """Everything waits to be counted anew."""
        self.connection.execute(delete(answer_tally))
        self.connection.execute(update(report).values(counted=0))

    def _pass_over(self, numbers: list[str]) -> int:
        """What was filed from nowhere counts nowhere."""
        if numbers:
            self.connection.execute(_NOWHERE, {"numbers": numbers})
        return len(numbers)

    def _count_heap(self, heap: Heap, questions: Questions) -> int:
        """All reports of the form from there on that day, whatever was counted before."""
        form, there, day = heap
        before = self.connection.execute(_THERE, {"of": form, "areas": self._parts(there), "on": day})
        parts = defaultdict(Sums, {place: Sums() for place in before.scalars()})
        counting = _Counting(self.connection, self.keys, form, questions)
        for row in self.connection.execute(_IN_HEAP, _stretch(heap), execution_options={"yield_per": BATCH}):
            counting.add(row, parts[_place(row.area)])
        if not there.endswith(OWN):
            parts[there] = merged(parts.values())
        self._write(form, day, parts)
        counting.note()
        return counting.seen

    def _add_up(self, heap: Heap) -> None:
        """A regency from its districts, a province from its regencies; and what each filed by itself."""
        form, there, day = heap
        parts = self.read(form, self._parts(there), day, day)
        self._write(form, day, {there: merged(parts.values())})

    def _parts(self, there: str) -> list[str]:
        if there.endswith(OWN):
            return [there]
        return [*self.connection.execute(_PARTS, {"of": there}).scalars(), there + OWN]

    def _write(self, form: str, day: date, sums: Mapping[str, Sums]) -> None:
        rows = [
            {
                "form": form,
                "area": place,
                "day": day,
                "sums_sealed": self.keys.seal(to_json(one), "answer_tally", form, place, str(day)),
            }
            for place, one in sorted(sums.items())
        ]
        self.connection.execute(_keep(self.connection.dialect.name), rows)

    def _open(self, row: AnyRow) -> Sums:
        where = ("answer_tally", row.form, row.area, str(row.day))
        return from_json(self.keys.open(row.sums_sealed, *where))


class _Counting:
    """One heap while it is counted: its reports opened one by one, those that are new noted at the end."""

    def __init__(self, connection: Connection, keys: Keys, form: str, questions: Questions) -> None:
        self.connection = connection
        self.keys = keys
        self.form = form
        self.seen = 0
        self._new: list[dict[str, object]] = []
        self._questions = questions

    def add(self, row: AnyRow, sums: Sums) -> None:
        self.seen += 1
        try:
            answers, flags = self._opened(row)
        except SealBroken:
            log.error(
                "report unreadable", report=row.number
            )  # it must not keep the others from being counted
            answers, flags = None, ()
        if row.counted < row.serial:
            marks = {"nihil": NIHIL in flags, "flags": sum(flag != NIHIL for flag in flags)}
            self._new.append(
                {"of": row.number, "seen": row.serial} | {f"now_{k}": v for k, v in marks.items()}
            )
        if answers is not None and row.standing != Standing.WITHDRAWN.value:
            sums.add(answers, self._countable(row.version), is_nihil=NIHIL in flags)

    def note(self) -> None:
        """A report that was corrected meanwhile goes on waiting."""
        if self._new:
            self.connection.execute(_COUNTED, self._new)

    def _opened(self, row: AnyRow) -> tuple[Answers | None, tuple[Flag, ...]]:
        where = (row.number, row.serial)
        answers = read_answers(self.keys.open(row.answers_sealed, "revision", "answers", *where))
        sealed = row.flags_sealed
        return answers, read_flags(self.keys.open(sealed, "revision", "flags", *where)) if sealed else ()

    def _countable(self, version: str) -> Mapping[Path, Question]:
        key = (self.form, version)
        if key not in self._questions:
            self._questions[key] = countable(form_from_json(Forms(self.connection).load(*key)))
        return self._questions[key]


def _heap_of(row: AnyRow) -> Heap:
    """What is counted in one go: a day of a whole district, or of the own seat of what lies above."""
    there = row.area[:DISTRICT] if len(row.area) >= DISTRICT else row.area + OWN
    return row.form, there, _day(row.filed_at, row.area)


def _place(code: str) -> str:
    """Where a report counts: in its village, or for the own seat of what lies above."""
    return code[:VILLAGE] if len(code) >= VILLAGE else code + OWN


def _above(heap: Heap, dots: int) -> Heap:
    form, there, day = heap
    return form, ".".join(there.split(".")[:dots]), day


def _day(moment: datetime, code: str) -> date:
    """In the zone of the area."""
    return moment.astimezone(ZoneInfo(zone_of(code))).date()


def _stretch(heap: Heap) -> dict[str, object]:
    """Which codes and moments lie in it; nothing that is a code lies between one and itself with a blank."""
    form, there, day = heap
    start = datetime.combine(day, time(), ZoneInfo(zone_of(there)))
    own = there.removesuffix(OWN)
    codes = {"from": own, "to": f"{own}/" if own == there else f"{own} "}
    return {"of": form, "start": start, "end": start + timedelta(days=1), **codes}


@cache
def _keep(engine: str) -> Executable:
    insert = insert_for(engine, answer_tally)
    return insert.on_conflict_do_update(
        index_elements=[answer_tally.c.form, answer_tally.c.area, answer_tally.c.day],
        set_={"sums_sealed": insert.excluded.sums_sealed},
    )


_OPENED = (
    report.c.number,
    report.c.version,
    report.c.area,
    report.c.standing,
    report.c.serial,
    report.c.counted,
    revision.c.answers_sealed,
    revision.c.flags_sealed,
)
_READ = select(answer_tally).where(
    answer_tally.c.form == bindparam("of"),
    answer_tally.c.area.in_(bindparam("areas", expanding=True)),
    answer_tally.c.day >= bindparam("first"),
    answer_tally.c.day <= bindparam("last"),
)
_IN_HEAP = (
    select(*_OPENED)
    .join_from(
        report, revision, (revision.c.report == report.c.number) & (revision.c.serial == report.c.serial)
    )
    .where(
        report.c.area >= bindparam("from"),
        report.c.area < bindparam("to"),
        report.c.filed_at >= bindparam("start"),
        report.c.filed_at < bindparam("end"),
        # Not by the form's own index: that has the whole country in it.
        func.coalesce(report.c.form, "") == bindparam("of"),
        report.c.practice.is_(False),
    )
)
_THERE = select(answer_tally.c.area).where(
    answer_tally.c.form == bindparam("of"),
    answer_tally.c.area.in_(bindparam("areas", expanding=True)),
    answer_tally.c.day == bindparam("on"),
)
_WAITING = (
    select(report.c.number, report.c.form, report.c.area, report.c.filed_at)
    .where(IS_UNCOUNTED)
    .order_by(report.c.filed_at, report.c.number)
    .limit(bindparam("most"))
)
_NOWHERE = (
    update(report)
    .where(report.c.number.in_(bindparam("numbers", expanding=True)))
    .values(counted=report.c.serial)
)
_COUNTED = (
    update(report)
    .where(report.c.number == bindparam("of"), report.c.serial == bindparam("seen"))
    .values(counted=bindparam("seen"), nihil=bindparam("now_nihil"), flags=bindparam("now_flags"))
)
_PARTS = select(area.c.code).where(area.c.parent == bindparam("of")).order_by(area.c.code)
