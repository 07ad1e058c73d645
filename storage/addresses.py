"""Where people write from: a chat, a number, a browser; found by a blind index, the peer itself sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, select, update

from core.model.messages import Address, Channel
from storage.keys import Keys
from storage.tables import AnyRow, address
from storage.upsert import insert_for
from storage.window import let_go


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An address that has written at least once, or that we may write to."""

    id: int
    address: Address
    person_id: int | None
    language: str
    """What they chose before we knew who they are; a person has a language of their own."""
    last_in_at: datetime | None


class Addresses:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def meet(self, to: Address, now: datetime) -> Correspondent:
        """Who writes from there; on PostgreSQL nobody else meets them until this transaction ends. What
        waited for them to write is due."""
        return self.meet_all([(to, now)])[to]

    def meet_all(self, writers: Iterable[tuple[Address, datetime]]) -> dict[Address, Correspondent]:
        """The same for several, each named once: one trip to the database."""
        since = {self._index(to): (to, now) for to, now in writers}
        # Two processes that meet the same people lock them in the same order.
        arriving = [self._arriving(index, *since[index]) for index in sorted(since)]
        found = self.connection.execute(_meet(self.connection.dialect.name), arriving).all()
        met: dict[Address, Correspondent] = {}
        for row in found:
            to, now = since[row.peer_index]
            met[to] = Correspondent(row.id, to, row.person_id, row.language, now)
            if to.channel is Channel.WHATSAPP:
                let_go(self.connection, row.id, now)
        return met

    def _arriving(self, index: str, to: Address, now: datetime) -> dict[str, object]:
        return {
            "channel": to.channel.value,
            "account": to.account,
            "peer_index": index,
            "peer_sealed": self.keys.seal(to.peer, "address", "peer", index),
            "language": "",
            "last_in_at": now,
        }

    def get(self, address_id: int) -> Correspondent | None:
        row = self.connection.execute(_GET, {"address_id": address_id}).first()
        return self._read(row) if row else None

    def find(self, to: Address) -> Correspondent | None:
        """The address as it is known, without having heard from it."""
        found = {"on": to.channel.value, "our": to.account, "peer": self._index(to)}
        row = self.connection.execute(_FIND, found).first()
        return self._read(row) if row else None

    def of_person(self, person_id: int) -> list[Correspondent]:
        """Where the person can be reached, the one they last wrote from first."""
        return [self._read(row) for row in self.connection.execute(_OF_PERSON, {"person": person_id})]

    def person_of(self, address_id: int) -> int | None:
        return self.connection.execute(_PERSON_OF, {"one": address_id}).scalar()

    def link(self, address_id: int, person_id: int | None) -> None:
        """This address is that person's from now on; None: nobody's."""
        self.connection.execute(_LINK, {"address": address_id, "person": person_id})

    def speak(self, address_id: int, language: str) -> None:
        self.connection.execute(_SPEAK, {"address": address_id, "chosen": language})

    def forget(self, address_id: int, at: datetime) -> None:
        """Once it is quiet after that moment, nothing of this address is kept."""
        self.connection.execute(_FORGET, {"address": address_id, "moment": at})

    def _index(self, to: Address) -> str:
        return self.keys.index("peer", f"{to.channel.value}\x1f{to.account}\x1f{to.peer}")

    def _read(self, row: AnyRow) -> Correspondent:
        return Correspondent(
            row.id, open_address(self.keys, row), row.person_id, row.language, row.last_in_at
        )


def open_address(keys: Keys, row: AnyRow) -> Address:
    """The address of a row that has the four columns of `ADDRESS`."""
    peer = keys.open(row.peer_sealed, "address", "peer", row.peer_index)
    return Address(Channel(row.channel), row.account, peer)


@cache
def _meet(engine: str) -> Executable:
    insert = insert_for(engine, address)
    return insert.on_conflict_do_update(
        index_elements=[address.c.channel, address.c.account, address.c.peer_index],
        set_={"last_in_at": insert.excluded.last_in_at},
    ).returning(address.c.id, address.c.peer_index, address.c.person_id, address.c.language)


ADDRESS = (address.c.channel, address.c.account, address.c.peer_index, address.c.peer_sealed)
_PERSON_OF = select(address.c.person_id).where(address.c.id == bindparam("one"))
_WHOLE = select(address.c.id, *ADDRESS, address.c.person_id, address.c.language, address.c.last_in_at)
_GET = _WHOLE.where(address.c.id == bindparam("address_id"))
_FIND = _WHOLE.where(
    address.c.channel == bindparam("on"),
    address.c.account == bindparam("our"),
    address.c.peer_index == bindparam("peer"),
)
_OF_PERSON = _WHOLE.where(address.c.person_id == bindparam("person")).order_by(
    address.c.last_in_at.desc().nulls_last(), address.c.id
)
_LINK = update(address).where(address.c.id == bindparam("address")).values(person_id=bindparam("person"))
_SPEAK = update(address).where(address.c.id == bindparam("address")).values(language=bindparam("chosen"))
_FORGET = update(address).where(address.c.id == bindparam("address")).values(forget_at=bindparam("moment"))
