"""How a case and each act on it are written: an act counts only when its note is the very next one."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from core.model.cases import Case, Note, Secrecy
from core.model.effects import Noted, Opened
from storage.cases.content import CaseKey
from storage.cases.words import Words
from storage.keys import Keys
from storage.tables import ANYBODY_LISTENS, case_clock, case_exclusion, case_file, case_note

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a case is due that has no clock running."""
REACHABLE = (Secrecy.CONFIDENTIAL, Secrecy.NAMED)
"""Whoever brings a case so has news sent to them."""


class Outrun(Exception):
    """Somebody else was faster: the case is not any more what the act was decided on."""


class Writing:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys
        self._words = Words(connection, keys)

    def open(self, opened: Opened, address_id: int | None) -> bool:
        """Whether any other system listens."""
        case = opened.case
        key = CaseKey.make(self.keys, case.number)
        reply = address_id if opened.is_theirs and case.secrecy in REACHABLE else None
        row = _row(case) | {
            "number": case.number,
            "procedure": case.procedure,
            "version": case.version,
            "opened_at": case.opened_at,
            "report": case.report or None,
            "practice": case.practice,
            "code_hmac": self.keys.code(opened.code) if opened.code else None,
            "reply_index": reply_index(self.keys, reply) if reply is not None else None,
            "reply_sealed": self._reply(case.number, reply) if reply is not None else None,
            "data_key": key.wrapped,
            "content_sealed": key.seal_content(case),
        }
        is_heard = self.connection.execute(_OPEN, row).scalar_one()
        self._add_note(case.number, opened.note, key)
        self._words.add(case, [opened.note])
        self._set_aside(case)
        return is_heard

    def note(self, noted: Noted) -> bool:
        """Whether any other system listens."""
        case = noted.case
        wrapped = self.connection.execute(_KEY, {"this": case.number}).scalar()
        key = CaseKey.unwrap(self.keys, case.number, wrapped) if wrapped else None
        change = {f"now_{name}": value for name, value in _row(case).items()}
        change |= {"now_content": key.seal_content(case) if key else None}
        change |= {"this": case.number, "before": noted.note.serial - 1}
        is_heard = self.connection.execute(_CHANGE, change).scalar()
        if is_heard is None:
            raise Outrun(Outrun.__doc__)
        self._add_note(case.number, noted.note, key)
        if key:
            self._words.add(case, [noted.note])
        self.connection.execute(_DROP_CLOCKS, {"this": case.number})
        self.connection.execute(_DROP_EXCLUSIONS, {"this": case.number})
        self._set_aside(case)
        return bool(is_heard)

    def inherit(self, child: str, parent: str) -> None:
        """The way to whoever brought the parent, code and address, leads to the child from now on."""
        row = self.connection.execute(_WAY, {"this": parent}).one_or_none()
        if row is None or (row.code_hmac is None and row.reply_sealed is None):
            return
        self._lead(parent, None, None, None)
        reply = row.reply_sealed and self.keys.replies.open(row.reply_sealed, *_reply_place(parent))
        sealed = reply and self.keys.replies.seal(reply, *_reply_place(child))
        self._lead(child, row.code_hmac, row.reply_index, sealed)

    def _lead(self, number: str, code: str | None, index: str | None, sealed: bytes | None) -> None:
        way = {"code_hmac": code, "reply_index": index, "reply_sealed": sealed}
        self.connection.execute(_LEAD, way | {"this": number})

    def _reply(self, number: str, address_id: int) -> bytes:
        return self.keys.replies.seal(str(address_id).encode(), *_reply_place(number))

    def _add_note(self, number: str, note: Note, key: CaseKey | None) -> None:
        """Of an erased case only that there was an act is kept."""
        sealed = key.seal_note(note.serial, note.text, note.details, note.media) if key else None
        row = {"case_number": number, "serial": note.serial, "kind": note.kind.value, "at": note.at}
        self.connection.execute(_ADD_NOTE, row | {"actor": note.actor, "content_sealed": sealed})

    def _set_aside(self, case: Case) -> None:
        """What has rows of its own: the clocks that run, and who must not see the case."""
        if case.clocks:
            clocks = [
                {
                    "case_number": case.number,
                    "name": clock.name,
                    "started_on": clock.started_on,
                    "due_on": clock.due_on,
                    "due_at": clock.due_at,
                    "extended": clock.extended,
                    "warned": clock.warned,
                    "escalated": clock.escalated,
                }
                for clock in case.clocks
            ]
            self.connection.execute(_ADD_CLOCK, clocks)
        if case.excluded:
            rows = [{"case_number": case.number, "actor": actor} for actor in sorted(case.excluded)]
            self.connection.execute(_EXCLUDE, rows)


def reply_index(keys: Keys, address_id: int) -> str:
    """What the cases of an address are found by."""
    return keys.index("reply", str(address_id))


def _row(case: Case) -> dict[str, object]:
    """What an act may change."""
    return {
        "state": case.state,
        "secrecy": case.secrecy.value,
        "area": case.area,
        "office": case.office,
        "entered_at": case.entered_at,
        "closed_at": case.closed_at,
        "due_at": min((clock.due_at for clock in case.clocks), default=NEVER),
        "known_on": case.known_on,
        "happened_on": case.happened_on,
        "assigned": case.assigned,
        "official": case.official,
        "result": case.result,
        "parent": case.parent or None,
        "held": case.held,
        "awaits": case.awaits,
        "serial": case.serial,
    }


_CHANGING = (
    "state",
    "secrecy",
    "area",
    "office",
    "entered_at",
    "closed_at",
    "due_at",
    "known_on",
    "happened_on",
    "assigned",
    "official",
    "result",
    "parent",
    "held",
    "awaits",
    "serial",
)
_THIS = case_file.c.number == bindparam("this")


def _reply_place(number: str) -> tuple[str, str, str]:
    return "case_file", "reply", number


_OPEN = insert(case_file).returning(ANYBODY_LISTENS)
_KEY = select(case_file.c.data_key).where(_THIS)
_CHANGE = (
    update(case_file)
    .where(_THIS, case_file.c.serial == bindparam("before"))
    .values(
        {name: bindparam(f"now_{name}") for name in _CHANGING} | {"content_sealed": bindparam("now_content")}
    )
    .returning(ANYBODY_LISTENS)
)
_ADD_NOTE = insert(case_note)
_ADD_CLOCK = insert(case_clock)
_EXCLUDE = insert(case_exclusion)
_DROP_CLOCKS = delete(case_clock).where(case_clock.c.case_number == bindparam("this"))
_DROP_EXCLUSIONS = delete(case_exclusion).where(case_exclusion.c.case_number == bindparam("this"))
_WAY = select(case_file.c.code_hmac, case_file.c.reply_index, case_file.c.reply_sealed).where(
    case_file.c.number == bindparam("this")
)
_LEAD = (
    update(case_file)
    .where(case_file.c.number == bindparam("this"))
    .values(
        code_hmac=bindparam("code_hmac"),
        reply_index=bindparam("reply_index"),
        reply_sealed=bindparam("reply_sealed"),
    )
)
