"""How cases are read back: one with its notes, several without; an erased one has no words any more."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import Connection, Executable, bindparam, select

from core.model.cases import Case, Clock, Note, NoteKind, Secrecy
from storage.cases.content import CaseKey, Content, NoteContent
from storage.cases.writing import reply_index
from storage.keys import Keys
from storage.tables import AnyRow, case_clock, case_exclusion, case_file, case_note


class Reading:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def get(self, number: str, *, notes: bool = True) -> Case | None:
        return self._first(_GET, {"this": number}, notes=notes)

    def several(self, numbers: Sequence[str]) -> list[Case]:
        rows = self.connection.execute(_SEVERAL, {"numbers": list(numbers)}).all() if numbers else []
        by_number = {case.number: case for case in self.cases(rows)}
        return [by_number[number] for number in numbers if number in by_number]

    def by_code(self, code: str) -> Case | None:
        return self._first(_BY_CODE, {"code": self.keys.code(code)})

    def of_address(self, address_id: int) -> list[Case]:
        there = {"index": reply_index(self.keys, address_id)}
        return self.cases(self.connection.execute(_OF_ADDRESS, there).all())

    def question_of(self, address_id: int) -> Case | None:
        return self._first(_QUESTION, {"index": reply_index(self.keys, address_id)})

    def of_report(self, number: str) -> Case | None:
        return self._first(_OF_REPORT, {"report": number})

    def reply_address(self, number: str) -> int | None:
        sealed = self.connection.execute(_REPLY, {"this": number}).scalar()
        return int(self.keys.replies.open(sealed, "case_file", "reply", number)) if sealed else None

    def cases(self, rows: Sequence[AnyRow]) -> list[Case]:
        """The cases of these rows, without notes."""
        numbers = {"numbers": [row.number for row in rows]}
        if not rows:
            return []
        clocks = _by_case(self.connection.execute(_CLOCKS, numbers).all())
        excluded = _by_case(self.connection.execute(_EXCLUDED, numbers).all())
        return [self._case(row, clocks.get(row.number, ()), excluded.get(row.number, ())) for row in rows]

    def _first(self, query: Executable, values: dict[str, object], *, notes: bool = True) -> Case | None:
        row = self.connection.execute(query, values).first()
        if row is None:
            return None
        clocks = self.connection.execute(_CLOCKS, {"numbers": [row.number]}).all()
        excluded = self.connection.execute(_EXCLUDED, {"numbers": [row.number]}).all()
        return self._case(row, clocks, excluded, self._notes(row) if notes else ())

    def _case(
        self,
        row: AnyRow,
        clocks: Iterable[AnyRow],
        excluded: Iterable[AnyRow],
        notes: tuple[Note, ...] = (),
    ) -> Case:
        content = self._content(row)
        return Case(
            number=row.number,
            procedure=row.procedure,
            version=row.version,
            state=row.state,
            secrecy=Secrecy(row.secrecy),
            area=row.area,
            office=row.office,
            opened_at=row.opened_at,
            entered_at=row.entered_at,
            known_on=row.known_on,
            happened_on=row.happened_on,
            form=content.form,
            form_version=content.form_version,
            answers=content.answers,
            title=content.title,
            story=content.story,
            accused=content.accused,
            where=content.where,
            missing=content.missing,
            clocks=tuple(map(_clock, clocks)),
            assigned=row.assigned,
            excluded=frozenset(one.actor for one in excluded),
            official=row.official,
            result=row.result,
            report=row.report or "",
            parent=row.parent or "",
            practice=row.practice,
            held=row.held,
            awaits=row.awaits,
            doubts=content.doubts,
            closed_at=row.closed_at,
            notes=notes,
            serial=row.serial,
        )

    def _content(self, row: AnyRow) -> Content:
        if row.data_key is None:
            return Content()
        return CaseKey.unwrap(self.keys, row.number, row.data_key).open_content(row.content_sealed)

    def _notes(self, row: AnyRow) -> tuple[Note, ...]:
        key = CaseKey.unwrap(self.keys, row.number, row.data_key) if row.data_key else None
        return tuple(_note(one, key) for one in self.connection.execute(_NOTES, {"this": row.number}))


def _note(row: AnyRow, key: CaseKey | None) -> Note:
    words = key.open_note(row.serial, row.content_sealed) if key and row.content_sealed else NoteContent()
    kind = NoteKind(row.kind)
    return Note(row.serial, kind, row.at, row.actor, words.text, words.details, words.media)


def _clock(row: AnyRow) -> Clock:
    return Clock(row.name, row.started_on, row.due_on, row.due_at, row.extended, row.warned, row.escalated)


def _by_case(rows: Iterable[AnyRow]) -> dict[str, list[AnyRow]]:
    return {number: list(those) for number, those in groupby(rows, key=lambda row: str(row.case_number))}


CASE = tuple(
    column
    for column in case_file.c
    if column.name not in ("code_hmac", "reply_index", "reply_sealed", "due_at")
)
_WHOLE = select(*CASE)
_GET = _WHOLE.where(case_file.c.number == bindparam("this"))
_SEVERAL = _WHOLE.where(case_file.c.number.in_(bindparam("numbers", expanding=True)))
_BY_CODE = _WHOLE.where(case_file.c.code_hmac == bindparam("code"))
_NEWEST = (case_file.c.opened_at.desc(), case_file.c.number)
_OF_ADDRESS = _WHOLE.where(case_file.c.reply_index == bindparam("index")).order_by(*_NEWEST)
_QUESTION = _OF_ADDRESS.where(case_file.c.awaits.is_(True)).limit(1)
_OF_REPORT = _WHOLE.where(case_file.c.report == bindparam("report")).order_by(*_NEWEST).limit(1)
_REPLY = select(case_file.c.reply_sealed).where(case_file.c.number == bindparam("this"))
_CLOCKS = (
    select(case_clock)
    .where(case_clock.c.case_number.in_(bindparam("numbers", expanding=True)))
    .order_by(case_clock.c.case_number, case_clock.c.due_at, case_clock.c.name)
)
_EXCLUDED = (
    select(case_exclusion)
    .where(case_exclusion.c.case_number.in_(bindparam("numbers", expanding=True)))
    .order_by(case_exclusion.c.case_number)
)
_NOTES = select(case_note).where(case_note.c.case_number == bindparam("this")).order_by(case_note.c.serial)
