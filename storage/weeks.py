"""What coordinators say of a week: how each topic stands, a note, that it is sent up. Rows are only added.

64.02  18 Nov  1  note  "Jalan putus di Tabang"        Sunday 21.00, by Vina Contoh
64.02  18 Nov  2  sent                                 Monday 07.40
64.02  18 Nov  3  sent as nihil                        Monday 08.05: a correction, the first stays
"""

from datetime import date, datetime
from typing import cast

from sqlalchemy import Connection, Select, bindparam, func, insert, select

from core.digests.consolidated import Entry
from core.digests.digest import Confirmation, Mark
from core.model.effects import Confirmed, Remarked, TopicSet
from storage.keys import Keys
from storage.scopes import inside
from storage.tables import ANYBODY_LISTENS, AnyRow, area, digest_state, topic_entry


class Weeks:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def set_topic(self, said: TopicSet, now: datetime) -> None:
        row = {"area": said.area, "week": said.week, "topic": said.topic, "mark": said.mark}
        sealed = self._seal(said.note, "topic_entry", said.area, said.week, said.topic)
        row |= {"note_sealed": sealed, "actor": said.actor, "report": said.report or None, "at": now}
        self.connection.execute(_SET, row)

    def remark(self, noted: Remarked, now: datetime) -> None:
        self._add(noted.area, noted.week, noted.note, noted.actor, noted.by, now)

    def hold(self, place: str) -> None:
        """Nobody else says anything of its weeks until we are done: what is decided by stays so."""
        self.connection.execute(_HOLD, {"where": place})

    def confirm(self, sent: Confirmed, now: datetime) -> bool:
        """Gives whether any other system listens."""
        here = (sent.area, sent.week, sent.note, sent.actor, sent.by, now)
        return self._add(*here, is_sent=True, is_nihil=sent.is_nihil)

    def entries(self, area: str, week: date, moment: datetime) -> dict[tuple[str, str], Entry]:
        """What had been said last by then, of each topic, for the area and each in it."""
        rows = self.connection.execute(_entries(area), {"of": week, "until": moment})
        found: dict[tuple[str, str], Entry] = {}
        for row in rows:
            note = self._open(row, "topic_entry", row.area, week, row.topic)
            found[row.area, row.topic] = Entry(row.area, row.topic, cast(Mark, row.mark), note)
        return found

    def confirmations(self, area: str, week: date, moment: datetime) -> dict[str, Confirmation]:
        """What had been sent up last by then, by the area and each in it."""
        rows = self.connection.execute(_states(area), {"of": week, "until": moment})
        return {row.area: self._confirmation(row, week) for row in rows if row.is_sent}

    def first_sent(self, area: str, week: date) -> Confirmation | None:
        """What was sent up first; a correction leaves it as it is."""
        rows = self.connection.execute(_OF, {"where": area, "of": week}).all()
        return next((self._confirmation(row, week) for row in rows if row.is_sent), None)

    def sent_lately(self, area: str, since: date, until: date) -> dict[date, Confirmation]:
        """What was sent last of each of those weeks; a week that nobody sent is not among them."""
        rows = self.connection.execute(_BETWEEN, {"where": area, "since": since, "until": until})
        return {row.week: self._confirmation(row, row.week) for row in rows if row.is_sent}

    def remark_of(self, area: str, week: date) -> str:
        """The last note, sent with the week or not yet; "" when nobody wrote one."""
        rows = self.connection.execute(_OF, {"where": area, "of": week}).all()
        notes = (self._note(row, week) for row in reversed(rows))
        return next((note for note in notes if note), "")

    def _add(
        self,
        area: str,
        week: date,
        note: str,
        actor: str,
        by: str,
        now: datetime,
        *,
        is_sent: bool = False,
        is_nihil: bool = False,
    ) -> bool:
        """Two at once have the same serial: the slower one's turn is taken again."""
        last = self.connection.execute(_LAST, {"where": area, "of": week}).scalar() or 0
        row = {"area": area, "week": week, "serial": last + 1, "is_sent": is_sent, "is_nihil": is_nihil}
        sealed = self._seal(note, "digest_state", area, week, last + 1)
        row |= {"note_sealed": sealed, "actor": actor, "by_name": by, "at": now}
        return bool(self.connection.execute(_ADD, row).scalar_one())

    def _confirmation(self, row: AnyRow, week: date) -> Confirmation:
        return Confirmation(row.at, row.by_name, row.is_nihil, self._note(row, week))

    def _note(self, row: AnyRow, week: date) -> str:
        return self._open(row, "digest_state", row.area, week, row.serial)

    def _seal(self, note: str, table: str, area: str, week: date, what: str | int) -> bytes | None:
        return self.keys.seal(note, table, "note", area, week.isoformat(), what) if note else None

    def _open(self, row: AnyRow, table: str, area: str, week: date, what: str | int) -> str:
        if row.note_sealed is None:
            return ""
        return self.keys.open(row.note_sealed, table, "note", area, week.isoformat(), what)


def _entries(area: str) -> Select[tuple[object, ...]]:
    """The later of two rows stands later, and takes the place of the other."""
    return _ENTRIES.where(inside(topic_entry.c.area, area))


def _states(area: str) -> Select[tuple[object, ...]]:
    return _STATES.where(inside(digest_state.c.area, area))


_HOLD = select(area.c.code).where(area.c.code == bindparam("where")).with_for_update(key_share=True)
_SET = insert(topic_entry)
_ENTRIES = (
    select(topic_entry.c.area, topic_entry.c.topic, topic_entry.c.mark, topic_entry.c.note_sealed)
    .where(topic_entry.c.week == bindparam("of"), topic_entry.c.at <= bindparam("until"))
    .order_by(topic_entry.c.at, topic_entry.c.id)
)
_STATE = (
    digest_state.c.area,
    digest_state.c.serial,
    digest_state.c.is_sent,
    digest_state.c.is_nihil,
    digest_state.c.note_sealed,
    digest_state.c.by_name,
    digest_state.c.at,
)
_ADD = insert(digest_state).returning(ANYBODY_LISTENS)
_LAST = select(func.max(digest_state.c.serial)).where(
    digest_state.c.area == bindparam("where"), digest_state.c.week == bindparam("of")
)
_STATES = (
    select(*_STATE)
    .where(digest_state.c.week == bindparam("of"), digest_state.c.at <= bindparam("until"))
    .order_by(digest_state.c.area, digest_state.c.serial)
)
_OF = (
    select(*_STATE)
    .where(digest_state.c.area == bindparam("where"), digest_state.c.week == bindparam("of"))
    .order_by(digest_state.c.serial)
)
_BETWEEN = (
    select(*_STATE, digest_state.c.week)
    .where(
        digest_state.c.area == bindparam("where"),
        digest_state.c.week.between(bindparam("since"), bindparam("until")),
    )
    .order_by(digest_state.c.week, digest_state.c.serial)
)
