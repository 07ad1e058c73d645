"""What somebody asks of the ledger: which area, which week, the silent, the late or the vacant.

/desk/owed?area=64.72.05&week=2024-11-18&kind=late&after=1732440000.12
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from core.dialogue.coordinators.deskwords import after_of
from core.digests.span import Span, week
from core.digests.weeks import week_of_moment
from desk.pages.monday.address import monday_in
from desk.refused import unknown
from desk.weekly import AREA, DAY
from storage.staff import Member

KINDS = ("silent", "late", "vacant")


@dataclass(frozen=True, slots=True)
class Asked:
    area: str
    """Empty: the whole country."""
    monday: date
    kind: str
    now: datetime
    after: tuple[datetime, int] | None = None

    @property
    def span(self) -> Span:
        return week(self.area, self.monday, self.now)

    def query(self, **changes: str) -> str:
        """The same question with something changed, as it stands in an address."""
        known = {"area": self.area, "week": self.monday.isoformat(), "kind": self.kind} | changes
        return urlencode({name: value for name, value in known.items() if value})


def asked_of(fields: Mapping[str, str], member: Member, now: datetime) -> Asked:
    """Left out: the own area, the desk's week, the silent. Whether the area is theirs is not asked here."""
    area, day, kind = fields.get("area", ""), fields.get("week", ""), fields.get("kind", "")
    if (area and not re.fullmatch(AREA, area)) or (day and not re.fullmatch(DAY, day)):
        raise unknown()
    area = area or member.area
    monday = monday_in(day) if day else week_of_moment(area, now)
    return Asked(area, monday, kind if kind in KINDS else KINDS[0], now, after_of(fields.get("after", "")))
