"""What is not kept any longer: of closed cases in three steps, of anonymous addresses, of talks left lying.

closed ──30 days──▶ reply address gone ──1 year──▶ identity gone ──5 years──▶ words, notes, files gone
                    (each procedure says its own; a case that is held keeps all of it)
The row of the case stays, with its dates and states, for the statistics, and so does the audit log.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, bindparam, case, exists, or_, select, update

from core.cases.procedure import Procedure
from core.model.cases import CLOCK, Actor, Case
from storage.audit import Audit
from storage.cases import Cases
from storage.cases.words import Words
from storage.forgetting import forget_address, forget_talk
from storage.identities import Identities
from storage.keys import Keys
from storage.media import MediaShelf
from storage.procedures import Procedures
from storage.tables import address, case_file, case_note, identity, is_queued, media, outbox, session

STRANGERS = timedelta(days=30)
QUIET = timedelta(hours=1)
PATIENCE = timedelta(days=1)
"""So long what is not sent yet holds up the forgetting of an address."""

What = Literal["reply_address", "identity", "content"]


class StillOpen(Exception):
    """The case is not closed: it cannot be erased."""


class Held(Exception):
    """The case is held: nothing of it may be erased."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a case whose time is over."""

    number: str
    what: What


class Retention:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self._keys = keys
        self._cases = Cases(connection, keys)
        self._identities = Identities(connection, keys)
        self._media = MediaShelf(connection, keys)
        self._audit = Audit(connection, keys)

    def due(self, now: datetime, limit: int = 500) -> list[Due]:
        """What may go by now, of closed cases that are not held."""
        found: list[Due] = []
        for procedure in Procedures(self.connection).every():
            for what, days, is_there in _steps(procedure):
                if len(found) < limit:
                    found += self._due(
                        procedure, what, now - timedelta(days=days), is_there, limit - len(found)
                    )
        return found

    def carry_out(self, due: Due, now: datetime) -> tuple[str, ...]:
        """Let it go; gives the files that nobody can open any more, for whoever keeps the folder."""
        files: tuple[str, ...] = ()
        match due.what:
            case "reply_address":
                self._drop_reply(due.number)
            case "identity":
                self._identities.destroy(due.number)
            case "content":
                files = self._erase(due.number)
        self._audit.write(CLOCK.key, "case.expired", due.number, {"what": due.what}, now)
        return files

    def erase(self, number: str, reason: str, actor: Actor, now: datetime) -> tuple[str, ...]:
        """All of a closed case on request; gives the files that nobody can open any more."""
        self._check_closed(number)
        self._audit.write(actor.key, "case.erased", number, {"reason": reason.strip()}, now)
        return self._erase(number)

    def export_subject(self, number: str) -> Mapping[str, object]:
        """What is known of the one who brought it and what they told, in words a machine reads, for them.

        What officers noted among themselves is not theirs, and the identity is opened by custodians alone.
        """
        told = self._cases.get(number)
        if told is None:
            raise KeyError(number)
        return _exported(told, [one.name or one.id for one in self._media.of_case(number)]) | {
            "identity_sealed": self._identities.has(number),
            "news_are_sent": self._cases.reply_address(number) is not None,
        }

    def forgettable(self, now: datetime, limit: int = 500) -> list[int]:
        """Addresses of somebody anonymous that have been quiet for an hour, with nothing left to send."""
        quiet = {"now": now, "quiet": now - QUIET, "late": now - PATIENCE, "most": limit}
        return list(self.connection.execute(_FORGETTABLE, quiet).scalars())

    def forget(self, address_id: int) -> None:
        """Nothing leads back to them: neither row nor word."""
        forget_address(self.connection, self._keys, address_id)

    def left_lying(self, now: datetime, limit: int = 500) -> list[int]:
        """Strangers' addresses whose talk nobody touched for thirty days."""
        old = {"old": now - STRANGERS, "most": limit}
        return [int(owner.partition(":")[2]) for owner in self.connection.execute(_LYING, old).scalars()]

    def drop_talk(self, address_id: int, now: datetime) -> None:
        """Where a stranger's talk stood, and its words; who wrote may still be told news of a case."""
        forget_talk(self.connection, self._keys, address_id, now - STRANGERS)

    def _due(
        self, procedure: Procedure, what: What, before: datetime, is_there: ColumnElement[bool], limit: int
    ) -> Iterator[Due]:
        of = {"name": procedure.name, "version": procedure.version, "before": before, "most": limit}
        for number in self.connection.execute(_CLOSED.where(is_there), of).scalars():
            yield Due(number, what)

    def _check_closed(self, number: str) -> None:
        wanted = self._cases.get(number, notes=False)
        if wanted is None:
            raise KeyError(number)
        if wanted.closed_at is None:
            raise StillOpen(StillOpen.__doc__)
        if wanted.held:
            raise Held(Held.__doc__)

    def _erase(self, number: str) -> tuple[str, ...]:
        self._identities.destroy(number)
        self._drop_reply(number)
        this = {"this": number}
        files = tuple(
            path
            for row in self.connection.execute(_FILES, this)
            for path in (row.path, row.view_path)
            if path
        )
        for statement in (_DROP_MEDIA, _DROP_NOTES, _DROP_WORDS):
            self.connection.execute(statement, this)
        Words(self.connection, self._keys).drop(number)
        return files

    def _drop_reply(self, number: str) -> None:
        """With the last case of an address goes what was said there, too."""
        address_id = self._cases.reply_address(number)
        self.connection.execute(_DROP_REPLY, {"this": number})
        if address_id is not None and not self._cases.of_address(address_id):
            forget_talk(self.connection, self._keys, address_id)


def _steps(procedure: Procedure) -> tuple[tuple[What, int, ColumnElement[bool]], ...]:
    kept = procedure.retention
    return (
        ("reply_address", kept.reply_address, case_file.c.reply_sealed.is_not(None)),
        ("identity", kept.identity, exists().where(identity.c.case_number == case_file.c.number)),
        ("content", kept.content, case_file.c.data_key.is_not(None)),
    )


def _exported(told: Case, files: list[str]) -> dict[str, object]:
    theirs = [note for note in told.notes if note.kind in ("answered", "asked", "rated", "contested")]
    return {
        "opened_at": told.opened_at.isoformat(),
        "closed_at": told.closed_at.isoformat() if told.closed_at else None,
        "procedure": told.procedure,
        "state": told.state,
        "secrecy": told.secrecy.value,
        "area": told.area,
        "answers": dict(told.answers.values),
        "title": told.title,
        "story": told.story,
        "accused": told.accused,
        "where": told.where,
        "files": files,
        "exchanged": [
            {"at": note.at.isoformat(), "kind": note.kind.value, "text": note.text} for note in theirs
        ],
    }


_THIS = case_file.c.number == bindparam("this")
_CLOSED = (
    select(case_file.c.number)
    .where(
        case_file.c.procedure == bindparam("name"),
        case_file.c.version == bindparam("version"),
        case_file.c.closed_at <= bindparam("before"),
        case_file.c.held.is_(False),
    )
    .order_by(case_file.c.closed_at, case_file.c.number)
    .limit(bindparam("most"))
)
_DROP_REPLY = update(case_file).where(_THIS).values(reply_sealed=None, reply_index=None)
_DROP_WORDS = update(case_file).where(_THIS).values(data_key=None, content_sealed=None, code_hmac=None)
_DROP_NOTES = (
    update(case_note).where(case_note.c.case_number == bindparam("this")).values(content_sealed=None)
)
_ITS_FILES = (media.c.case_number == bindparam("this"), media.c.report.is_(None))
"""What a supervisor reported stays with the report."""
_FILES = select(media.c.path, media.c.view_path).where(*_ITS_FILES)
_DROP_MEDIA = (
    update(media)
    .where(*_ITS_FILES)
    .values(
        data_key=None,
        name_sealed=None,
        ref_sealed=None,
        path=None,
        view_path=None,
        address_id=None,
        due_at=None,
        state=case({"expected": "failed"}, value=media.c.state, else_=media.c.state),
    )
)
_WAITS = exists().where(outbox.c.address_id == address.c.id, is_queued(outbox))
_FORGETTABLE = (
    select(address.c.id)
    .where(
        address.c.forget_at <= bindparam("now"),
        or_(address.c.last_in_at.is_(None), address.c.last_in_at <= bindparam("quiet")),
        or_(~_WAITS, address.c.forget_at <= bindparam("late")),
    )
    .order_by(address.c.id)
    .limit(bindparam("most"))
)
_LYING = (
    select(session.c.owner)
    .where(
        session.c.owner > "address:", session.c.owner < "address;", session.c.updated_at < bindparam("old")
    )
    .order_by(session.c.owner)
    .limit(bindparam("most"))
)
