"""Who is writing? By their number, by the contact they share, by a one-time code, in the demo by choice."""

from datetime import datetime

import phonenumbers

from core.dialogue.known import Introduction
from core.model.codes import CODE_LENGTH
from core.model.messages import Channel, Incoming
from core.model.people import Person
from storage.book import Book

BY_NUMBER = frozenset({Channel.WHATSAPP, Channel.SMS, Channel.TERMINAL})
"""Channels whose address is the person's own number, vouched for by the platform."""
_ALIKE = str.maketrans("OIL", "011")


def recognise(
    book: Book, incoming: Incoming, now: datetime, demo: tuple[Person, ...] = ()
) -> Introduction | None:
    """The person behind a message from an address that is nobody's yet; of the demo, only one of its own."""
    if incoming.contact is not None:
        return _by_contact(book, incoming)
    if incoming.address.channel in BY_NUMBER and (person := book.people.by_phone(incoming.address.peer)):
        return Introduction(person, "number")
    if incoming.choice.startswith("d:"):
        return next((Introduction(one, "demo") for one in demo if incoming.choice == f"d:{one.id}"), None)
    return _by_code(book, incoming, now)


def code_in(text: str) -> str:
    """The one-time code as it is stored, from however it was typed; empty when there is none."""
    bare = "".join(mark for mark in text.upper() if mark.isalnum()).translate(_ALIKE)
    return bare if len(bare) == CODE_LENGTH and bare.isascii() else ""


def as_e164(phone: str) -> str:
    """A phone number as it is stored; empty when it is none."""
    text = phone if phone.startswith(("+", "0", "8")) else f"+{phone}"
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _by_contact(book: Book, incoming: Incoming) -> Introduction | None:
    contact = incoming.contact
    if contact is None or not contact.own:
        return None
    person = book.people.by_phone(as_e164(contact.phone))
    return Introduction(person, "contact") if person else None


def _by_code(book: Book, incoming: Incoming, now: datetime) -> Introduction | None:
    code = code_in(incoming.start or incoming.text)
    found = book.invitations.find(code, now) if code else None
    person = book.people.get(found.person_id) if found else None
    return Introduction(person, "invitation", found.id) if found and person else None
