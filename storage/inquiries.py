"""What the desk asked supervisors about their reports, and what they answered; sealed like the reports."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from core.model.messages import Channel
from core.model.records import Inquiry
from storage.keys import Keys
from storage.tables import AnyRow, inquiry


class Inquiries:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def ask(self, number: str, person_id: int, actor: str, question: str, now: datetime) -> int:
        """Keep a question; gives its id."""
        sealed = self.keys.seal(question, "inquiry", "question", number, actor)
        row = {
            "report": number,
            "person_id": person_id,
            "actor": actor,
            "asked_at": now,
            "question_sealed": sealed,
        }
        return int(self.connection.execute(_ASK, row).scalar_one())

    def answer(
        self, inquiry_id: int, person_id: int, text: str, channel: Channel | None, now: datetime
    ) -> bool:
        """Keep the answer of whoever was asked; False when there is one already, or it was another's."""
        sealed = self.keys.seal(text, "inquiry", "answer", inquiry_id)
        kept = {
            "one": inquiry_id,
            "whom": person_id,
            "said": sealed,
            "now": now,
            "on": channel.value if channel else None,
        }
        return self.connection.execute(_ANSWER, kept).rowcount == 1

    def of_report(self, number: str) -> list[Inquiry]:
        """In the order of asking."""
        return [self._read(row) for row in self.connection.execute(_OF_REPORT, {"of": number})]

    def open_for(self, person_id: int, number: str = "") -> Inquiry | None:
        """The newest that waits for this person's answer; about that report, where one is named."""
        query = _OPEN_FOR.where(inquiry.c.report == number) if number else _OPEN_FOR
        row = self.connection.execute(query, {"whom": person_id}).first()
        return self._read(row) if row else None

    def _read(self, row: AnyRow) -> Inquiry:
        answer = row.answer_sealed
        return Inquiry(
            row.id,
            row.report,
            row.person_id,
            row.actor,
            row.asked_at,
            self.keys.open(row.question_sealed, "inquiry", "question", row.report, row.actor),
            self.keys.open(answer, "inquiry", "answer", row.id) if answer else "",
            row.answered_at,
            Channel(row.channel) if row.channel else None,
        )


_ASK = insert(inquiry).returning(inquiry.c.id)
_ANSWER = (
    update(inquiry)
    .where(
        inquiry.c.id == bindparam("one"),
        inquiry.c.person_id == bindparam("whom"),
        inquiry.c.answered_at.is_(None),
    )
    .values(answer_sealed=bindparam("said"), answered_at=bindparam("now"), channel=bindparam("on"))
)
_OF_REPORT = select(inquiry).where(inquiry.c.report == bindparam("of")).order_by(inquiry.c.id)
_OPEN_FOR = (
    select(inquiry)
    .where(inquiry.c.person_id == bindparam("whom"), inquiry.c.answered_at.is_(None))
    .order_by(inquiry.c.id.desc())
    .limit(1)
)
