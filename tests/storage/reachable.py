"""Telephones for the people of the ledger's tests, and what the outbox holds for each."""

from datetime import datetime

from sqlalchemy import select

from core.model.messages import Address, Channel, Reply
from storage.book import Book
from storage.mailing import OWED
from storage.tables import address, outbox
from storage.written import read_reply
from tests.storage.duties import BEFORE, person_of


def phone_of(book: Book, post: int, channel: Channel = Channel.TELEGRAM, at: datetime = BEFORE) -> int:
    """The holder of the post has written from there; gives the address's id."""
    return reach(book, person_of(book, post), channel, at)


def reach(book: Book, person: int, channel: Channel = Channel.TELEGRAM, at: datetime = BEFORE) -> int:
    met = book.addresses.meet(Address(channel, "our", f"{channel.value} {person}"), at)
    book.addresses.link(met.id, person)
    return met.id


def said(book: Book, topic: str = OWED, *states: str) -> list[tuple[int, Reply]]:
    """To whom what was said under the topic, in order; in these states, where some are given."""
    query = (
        select(address.c.person_id, outbox.c.address_id, outbox.c.reply_sealed)
        .join_from(outbox, address)
        .where(outbox.c.topic == topic)
        .order_by(outbox.c.id)
    )
    if states:
        query = query.where(outbox.c.state.in_(states))
    return [
        (row.person_id, read_reply(book.keys.open(row.reply_sealed, "outbox", "reply", row.address_id)))
        for row in book.connection.execute(query)
    ]


def waiting(book: Book, topic: str = OWED) -> list[int]:
    """Whose message under the topic has not gone out."""
    return [person for person, _ in said(book, topic, "waiting", "leased")]


def send_all(book: Book, now: datetime) -> list[int]:
    """Delivery: all that is due goes out; whose it was."""
    sent = []
    while errands := book.outbox.claim(now, 45, 100, "test"):
        for errand in errands:
            book.outbox.sent(errand.id, f"p{errand.id}", 1, now)
            met = book.addresses.get(errand.address_id)
            assert met
            sent.append(met.person_id or 0)
    return sent
