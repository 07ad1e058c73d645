"""How many reports came in, hour by hour, in an area: practice and what was withdrawn are left out."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, literal, select

from core.model.records import Standing
from storage.tables import form_version, report

HOUR = timedelta(hours=1)


class Hours:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def filed(self, area: str, start: datetime, hours: int) -> tuple[int, ...]:
        """One count an hour from `start` on."""
        # With the forms named, the index on form and time is used, and older reports are not looked at.
        forms = self.connection.execute(select(form_version.c.name).distinct()).scalars().all()
        marks = [(report.c.filed_at < start + (n + 1) * HOUR, n) for n in range(hours - 1)]
        hour = (case(*marks, else_=hours - 1) if marks else literal(0)).label("hour")
        query = (
            select(hour, func.count().label("many"))
            .where(
                report.c.form.in_(sorted(forms)),
                report.c.filed_at >= start,
                report.c.filed_at < start + hours * HOUR,
                # Not `inside`: the day has fewer reports than the area.
                func.substr(report.c.area, 1, len(area)) == area,
                report.c.practice.is_(False),
                report.c.standing != Standing.WITHDRAWN.value,
            )
            .group_by("hour")
        )
        found = {int(row.hour): int(row.many) for row in self.connection.execute(query)}
        return tuple(found.get(n, 0) for n in range(hours))
