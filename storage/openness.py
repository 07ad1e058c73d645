"""What the public figures are counted from: when cases came and went, how many reports were filed; no word.

Practice is not in it, nor are reports that were withdrawn. A joke never becomes a case.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from core.forms.written import from_json
from core.model.records import Standing
from core.openness.figures import Course
from storage.forms import Forms
from storage.scopes import inside
from storage.tables import case_file, report

PAGE = 2000
REGENCY = 5
"""Letters of a kab/kota's code: 64.72."""


class Openness:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def courses(self, province: str, since: datetime, until: datetime) -> Iterator[Course]:
        """Of the cases that its offices work and that came or were closed in that time."""
        came, went = case_file.c.opened_at, case_file.c.closed_at
        query = select(case_file.c.procedure, case_file.c.office, came, went).where(
            inside(case_file.c.office, province),
            case_file.c.practice.is_(False),
            came < until,
            or_(came >= since, went >= since),
        )
        for row in self.connection.execute(query.execution_options(yield_per=PAGE)):
            is_over = row.closed_at is not None and row.closed_at < until
            yield Course(row.procedure, row.office, row.opened_at, row.closed_at if is_over else None)

    def reports(self, province: str, until: datetime) -> dict[tuple[str, str], int]:
        """How many were filed from each kab/kota by then, at each stage; "" for a form of no stage."""
        where = func.substr(report.c.area, 1, REGENCY).label("regency")
        query = select(report.c.form, report.c.version, where, func.count().label("many")).where(
            inside(report.c.area, province),
            report.c.practice.is_(False),
            report.c.standing != Standing.WITHDRAWN.value,
            report.c.filed_at < until,
        )
        rows = self.connection.execute(query.group_by(report.c.form, report.c.version, where)).all()
        stages = self._stages({(row.form, row.version) for row in rows})
        found: Counter[tuple[str, str]] = Counter()
        for row in rows:
            found[row.regency, stages[row.form, row.version]] += row.many
        return dict(found)

    def _stages(self, versions: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
        shelf = Forms(self.connection)
        return {one: from_json(shelf.load(*one)).purpose.stage for one in versions}
