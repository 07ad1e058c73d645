"""Who of the desk found which revision of a report in order, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.tables import report, verification


@dataclass(frozen=True, slots=True)
class Verified:
    serial: int
    """Of the revision that was looked at."""
    actor: str
    at: datetime


class Verifications:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def mark(self, number: str, serial: int, actor: str, now: datetime) -> bool:
        """False when the report moved on, or somebody was first."""
        change = {"of": number, "seen": serial}
        if self.connection.execute(_VERIFY, change).rowcount != 1:
            return False
        row = {"report": number, "serial": serial, "actor": actor, "at": now}
        self.connection.execute(insert(verification), row)
        return True

    def of(self, number: str) -> list[Verified]:
        """Each revision's own, in order."""
        return [Verified(*row) for row in self.connection.execute(_OF, {"of": number})]


_VERIFY = (
    update(report)
    .where(
        report.c.number == bindparam("of"),
        report.c.serial == bindparam("seen"),
        report.c.verified < bindparam("seen"),
    )
    .values(verified=bindparam("seen"))
)
_OF = (
    select(verification.c.serial, verification.c.actor, verification.c.at)
    .where(verification.c.report == bindparam("of"))
    .order_by(verification.c.serial)
)
