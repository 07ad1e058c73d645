"""A small house and the telephones of its people, who write to the real turns on a real database."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bot.turn import Turns
from core.model.messages import Address, Attachment, Channel, Contact, Incoming, Reply
from core.model.records import Report
from storage.store import Store
from tests.small_house import SmallHouse, small_house

NOON = datetime(2024, 11, 27, 4, 0, tzinfo=UTC)
SITI, OKI = "+628000000012", "+628000000013"
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
_serial = count(1)


@dataclass
class Town:
    """The house, its clock, and whoever writes to it."""

    store: Store
    folder: Path
    now: datetime = NOON
    house: SmallHouse = field(init=False)
    turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        self.house = small_house(self.store, self.folder, lambda: self.now)
        # In earnest: nobody may choose to be somebody.
        self.turns = replace(self.house.turns, demo=lambda _: ())

    def phone(self, channel: Channel, peer: str) -> "Phone":
        return Phone(self, Address(channel, "our", peer))

    def siti(self) -> "Phone":
        """She is known by her number there."""
        return self.phone(Channel.WHATSAPP, SITI)

    def reports(self) -> list[Report]:
        return self.house.reports()

    def invite(self, person: int, code: str, minutes: int = 10) -> None:
        with self.store.begin() as book:
            book.invitations.make(person, code, self.now, minutes)

    def failed(self) -> list[str]:
        with self.store.reading() as book:
            return [failure.reason for failure in book.inbox.failures()]


@dataclass(frozen=True)
class Phone:
    town: Town
    address: Address

    async def says(self, *texts: str) -> str:
        """Write these, one after the other; the words of the last answer."""
        for text in texts:
            await self.sends(text=text)
        return self.last.text

    async def taps(self, label: str) -> str:
        """Press a button of the last answer."""
        key = next(choice.key for choice in self.last.choices if choice.label == label)
        return (await self.sends(choice=key)).text

    async def shares(self, phone: str, *, own: bool = True) -> str:
        return (await self.sends(contact=Contact(phone, own))).text

    async def sends(
        self,
        text: str = "",
        choice: str = "",
        contact: Contact | None = None,
        start: str = "",
        pictures: int = 0,
        name: str = "",
    ) -> Reply:
        """One message of any kind, and the last answer there is after it."""
        attachments = tuple(Attachment("image", f"ref{n}") for n in range(pictures))
        incoming = Incoming(
            name or f"m{next(_serial)}",
            self.address,
            self.town.now,
            text,
            choice,
            attachments,
            contact=contact,
            start=start,
        )
        self.town.now += timedelta(seconds=5)
        await self.town.turns.hear(incoming, text.encode())
        return self.last

    @property
    def heard(self) -> list[Reply]:
        """All that was said to this telephone."""
        with self.town.store.reading() as book:
            met = book.addresses.find(self.address)
            return [one.reply for one in book.outbox.latest(met.id, 200)] if met else []

    @property
    def last(self) -> Reply:
        return self.heard[-1]

    @property
    def person(self) -> int | None:
        """Whose it is."""
        with self.town.store.reading() as book:
            met = book.addresses.find(self.address)
            return met.person_id if met else None


def code_in(words: str) -> str:
    found = CODE.search(words)
    assert found, words
    return found[0]
