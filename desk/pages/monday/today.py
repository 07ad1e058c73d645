"""What Today tells of silence and of the Monday desk: how many are silent, whether the last week was sent."""

from dataclasses import dataclass
from datetime import date, datetime

from core.digests.calendar import span_shown
from core.digests.saying import UPWARDS
from core.digests.weeks import week_before
from core.model.areas import Level
from desk.weekly import sunday_of
from storage.book import Book
from storage.staff import Member


@dataclass(frozen=True, slots=True)
class Desk:
    silent: int
    area: str = ""
    monday: date = date.min
    week: str = ""
    """The last whole week in words; empty where no week is sent up or waited for."""
    sent_at: datetime | None = None
    sent: int = 0
    all: int = 0
    """To a province: how many kab/kota there are, and how many of them have sent."""

    @property
    def is_open(self) -> bool:
        return self.sent < self.all if self.all else self.sent_at is None


def desk_today(book: Book, member: Member, now: datetime, tongue: str) -> Desk:
    area, silent = member.area, book.owing.count_silent(member.area, now)
    there = book.areas.get(area) if area else None
    if there is None or there.level.value not in (*UPWARDS, Level.PROVINCE.value):
        return Desk(silent)
    monday = week_before(area, now)
    week = span_shown(monday, sunday_of(monday), tongue)
    sent = book.weeks.confirmations(area, monday, now)
    if there.level is Level.PROVINCE:
        below = [one.code for one in book.areas.children(area)]
        return Desk(silent, area, monday, week, sent=sum(code in sent for code in below), all=len(below))
    return Desk(silent, area, monday, week, sent[area].at if area in sent else None)
