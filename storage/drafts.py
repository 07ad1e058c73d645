"""What one of the staff brought and has not put in force yet: a roster, a form; theirs alone.

A roster holds telephone numbers: everything of it is sealed, and gone after a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.keys import Keys
from storage.tables import AnyRow, draft


class DraftKind(StrEnum):
    ROSTER = "roster"
    FORM = "form"


LASTS = {DraftKind.ROSTER: timedelta(days=1), DraftKind.FORM: timedelta(days=7)}
MOST = 5
"""Of each kind so many are kept for one person; the oldest make room."""


@dataclass(frozen=True, slots=True)
class Draft:
    key: str
    name: str
    """Of the file, as it was called where it came from."""
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Whole:
    """A draft with what is in it."""

    draft: Draft
    content: bytes
    told: str
    """What was found in it, as JSON."""
    talk: str
    """Where the trial of a form stands; empty before it has begun."""


class Drafts:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def keep(
        self, key: str, kind: DraftKind, whose: int, name: str, content: bytes, told: str, now: datetime
    ) -> None:
        row = {
            "key": key,
            "staff_id": whose,
            "kind": kind.value,
            "name": name,
            "content_sealed": self.keys.columns.seal(content, "draft", "content", key),
            "told_sealed": self.keys.seal(told, "draft", "told", key),
            "made_at": now,
            "expires_at": now + LASTS[kind],
        }
        self.connection.execute(_KEEP, row)
        theirs = [one.key for one in self.of(kind, whose, now)]
        self.connection.execute(_DROP, {"keys": theirs[MOST:], "whose": whose})

    def of(self, kind: DraftKind, whose: int, now: datetime) -> list[Draft]:
        """Theirs, the newest first."""
        rows = self.connection.execute(_OF, {"of": kind.value, "whose": whose, "now": now})
        return [_draft(row) for row in rows]

    def get(self, key: str, kind: DraftKind, whose: int, now: datetime) -> Whole | None:
        """None for one that is somebody else's, too."""
        wanted = {"wanted": key, "of": kind.value, "whose": whose, "now": now}
        row = self.connection.execute(_GET, wanted).first()
        if row is None:
            return None
        talk = self.keys.open(row.talk_sealed, "draft", "talk", key) if row.talk_sealed else ""
        return Whole(
            _draft(row),
            self.keys.columns.open(row.content_sealed, "draft", "content", key),
            self.keys.open(row.told_sealed, "draft", "told", key),
            talk,
        )

    def talk(self, key: str, whose: int, said: str) -> None:
        """Where its trial stands now."""
        sealed = self.keys.seal(said, "draft", "talk", key)
        self.connection.execute(_TALK, {"wanted": key, "whose": whose, "said": sealed})

    def drop(self, key: str, whose: int) -> None:
        self.connection.execute(_DROP, {"keys": [key], "whose": whose})

    def tidy(self, now: datetime) -> int:
        """Those whose time is over are gone; gives how many."""
        return self.connection.execute(_TIDY, {"now": now}).rowcount


def _draft(row: AnyRow) -> Draft:
    return Draft(row.key, row.name, row.made_at, row.expires_at)


_KEEP = insert(draft)
_THEIRS = (
    draft.c.staff_id == bindparam("whose"),
    draft.c.kind == bindparam("of"),
    draft.c.expires_at > bindparam("now"),
)
_OF = (
    select(draft.c.key, draft.c.name, draft.c.made_at, draft.c.expires_at)
    .where(*_THEIRS)
    .order_by(draft.c.made_at.desc(), draft.c.key.desc())
)
_GET = select(draft).where(draft.c.key == bindparam("wanted"), *_THEIRS)
_TALK = (
    update(draft)
    .where(draft.c.key == bindparam("wanted"), draft.c.staff_id == bindparam("whose"))
    .values(talk_sealed=bindparam("said"))
)
_DROP = delete(draft).where(
    draft.c.key.in_(bindparam("keys", expanding=True)), draft.c.staff_id == bindparam("whose")
)
_TIDY = delete(draft).where(draft.c.expires_at <= bindparam("now"))
