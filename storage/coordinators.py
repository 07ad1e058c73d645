"""Who coordinates which area: a kecamatan its Panwascam, a kab/kota and a province those of their board."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, select

from core.model.messages import Channel
from core.model.people import Role
from core.model.zones import zone_of
from storage.addresses import ADDRESS, open_address
from storage.keys import Keys
from storage.tables import AnyRow, address, holding, person, post

COORDINATING = (Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI)


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Somebody who can be reached, and where they last wrote from."""

    person: int
    name: str
    address: int
    language: str
    """Empty when never chosen."""


class Coordinators:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def areas(self, zone: str) -> list[str]:
        """Where somebody coordinates now, the widest first: whoever waits longest has most below them."""
        codes = self.connection.execute(_AREAS).scalars().all()
        there = [code for code in codes if zone_of(code) == zone]
        return sorted(there, key=lambda code: (code.count("."), code))

    def of(self, area: str) -> list[Coordinator]:
        """Each once, also who holds two seats there."""
        found: dict[int, Coordinator] = {}
        for row in self.connection.execute(_OF, {"there": area}):
            if row.person_id not in found and _may_be_written_to(self.keys, row):
                language = row.language or row.first_language
                found[row.person_id] = Coordinator(row.person_id, row.name, row.address_id, language)
        return list(found.values())


def _may_be_written_to(keys: Keys, row: AnyRow) -> bool:
    """A terminal is never written to first."""
    return open_address(keys, row).channel is not Channel.TERMINAL


_HELD = and_(holding.c.post_id == post.c.id, holding.c.until.is_(None))
_COORDINATES = post.c.role.in_([role.value for role in COORDINATING])
_AREAS = select(post.c.area).join(holding, _HELD).where(_COORDINATES).distinct()
_OF = (
    select(
        holding.c.person_id,
        person.c.name,
        person.c.language,
        address.c.id.label("address_id"),
        address.c.language.label("first_language"),
        *ADDRESS,
    )
    .join_from(post, holding, _HELD)
    .join(person, person.c.id == holding.c.person_id)
    .join(address, address.c.person_id == person.c.id)
    .where(post.c.area == bindparam("there"), _COORDINATES)
    .order_by(post.c.seat, holding.c.person_id, address.c.last_in_at.desc().nulls_last(), address.c.id)
)
