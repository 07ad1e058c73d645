"""Who works in an area and all in it, a page at a time, by their address."""

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from storage.scopes import inside
from storage.staff import Member, as_member
from storage.tables import staff


@dataclass(frozen=True, slots=True)
class StaffWanted:
    area: str
    """Empty: the whole country."""
    words: str = ""
    """In the address or the name."""
    with_ended: bool = False
    after: str = ""
    """The address that the page before ended with."""
    limit: int = 50


class StaffList:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find(self, wanted: StaffWanted) -> list[Member]:
        query = select(staff).where(inside(staff.c.area, wanted.area), staff.c.email > wanted.after)
        if not wanted.with_ended:
            query = query.where(staff.c.ended_at.is_(None))
        if wanted.words:
            told = staff.c.email.icontains(wanted.words, autoescape=True)
            query = query.where(or_(told, staff.c.name.icontains(wanted.words, autoescape=True)))
        query = query.order_by(staff.c.email).limit(wanted.limit)
        return [as_member(row) for row in self.connection.execute(query)]
