"""What a report does to what was expected: it closes it in its own transaction; withdrawn, it opens it again.

post 12 owes lhp since Monday, due Sunday 18.00      open
  files P-7K2-M9Q on Saturday                        filed, told on Saturday
  withdraws it                                       open, and silent from Sunday 18.00 on
"""

from sqlalchemy import Connection, bindparam, case, select, update

from core.dialogue.filling.summary import NIHIL
from core.model.records import Report, Revision, Standing
from storage.keys import Keys
from storage.reports import Reports
from storage.tables import IS_OPEN, expectation, report


class Ledger:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def close(self, filed: Report, closes: int | None = None) -> bool:
        """Of what the post owes on this form: the very row that it was meant for, else what is due next, else
        what was due last. False when nothing was owed.

        So a forgotten day stays a forgotten day, and a second report on the same day makes up for it.
        Practice is nobody's duty.
        """
        if filed.practice or filed.post is None:
            return False
        told = _told(filed.number, filed.latest) | {"post": filed.post, "of": filed.form}
        if closes is not None and self.connection.execute(_CLOSE_THIS, told | {"row": closes}).rowcount:
            return True
        return bool(self.connection.execute(_CLOSE, told).rowcount)

    def follow(self, number: str, revised: Revision) -> None:
        """A correction may make a report of a nihil; what was withdrawn is owed again."""
        if revised.standing is not Standing.WITHDRAWN:
            self.connection.execute(_CORRECT, {"by": number, "as": _state(revised)})
            return
        again = self.connection.execute(_REOPEN, {"by": number}).first()
        if again is not None:
            self._stand_in(again.id, {"post": again.post_id, "of": again.form, "since": again.period})

    def _stand_in(self, row: int, owed: dict[str, object]) -> None:
        """Another report, filed since the period began and standing for nothing else, takes its place."""
        number = self.connection.execute(_SPARE, owed).scalar()
        spare = Reports(self.connection, self.keys).get(number) if number else None
        if spare is not None:
            told = _told(spare.number, spare.latest) | {"at": spare.revisions[0].filed_at}
            self.connection.execute(_TAKE_ITS_PLACE, {**told, "row": row})


def _told(number: str, latest: Revision) -> dict[str, object]:
    return {"by": number, "as": _state(latest), "at": latest.filed_at}


def _state(latest: Revision) -> str:
    return "nihil" if NIHIL in latest.flags else "filed"


_AT = bindparam("at", type_=expectation.c.due_at.type)
_IS_DUE_LATER = expectation.c.due_at >= _AT
_NEXT = (
    select(expectation.c.id)
    .where(
        expectation.c.post_id == bindparam("post"),
        expectation.c.form == bindparam("of"),
        IS_OPEN,
        expectation.c.period <= _AT,
    )
    .order_by(
        case((_IS_DUE_LATER, 0), else_=1),
        case((_IS_DUE_LATER, expectation.c.due_at)),
        expectation.c.due_at.desc(),
    )
    .limit(1)
)
_TOLD = {"state": bindparam("as"), "report": bindparam("by"), "told_at": _AT}
_CLOSE = (
    update(expectation)
    .where(expectation.c.id == _NEXT.scalar_subquery(), expectation.c.state == "open")
    .values(**_TOLD)
)
_CLOSE_THIS = (
    update(expectation)
    .where(
        expectation.c.id == bindparam("row"),
        expectation.c.post_id == bindparam("post"),
        expectation.c.form == bindparam("of"),
        expectation.c.state == "open",
    )
    .values(**_TOLD)
)
_TAKE_ITS_PLACE = update(expectation).where(expectation.c.id == bindparam("row")).values(**_TOLD)
_CORRECT = update(expectation).where(expectation.c.report == bindparam("by")).values(state=bindparam("as"))
_REOPEN = (
    update(expectation)
    .where(expectation.c.report == bindparam("by"))
    .values(state="open", report=None, told_at=None)
    .returning(expectation.c.id, expectation.c.post_id, expectation.c.form, expectation.c.period)
)
_SPARE = (
    select(report.c.number)
    .where(
        report.c.post_id == bindparam("post"),
        report.c.form == bindparam("of"),
        report.c.filed_at >= bindparam("since"),
        report.c.practice.is_(False),
        report.c.standing != Standing.WITHDRAWN.value,
        ~select(expectation.c.id).where(expectation.c.report == report.c.number).exists(),
    )
    .order_by(report.c.filed_at)
    .limit(1)
)
