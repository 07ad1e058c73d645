"""How the effects on cases are written down: what each of them leaves behind, and whom it tells."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.model.areas import lineage
from core.model.cases import Case, Secrecy
from core.model.effects import Alerted, Guessed, Noted, Opened, Told
from core.model.messages import Channel, Reply, Template
from storage.addresses import Correspondent
from storage.book import Book
from storage.hook_record import tell_of_move, tell_of_opening
from storage.media import Kept
from storage.origin import Origin
from storage.outbox import BROADCAST
from storage.written import words_of

KNOCK = Template("news", announces=True)
"""Says that there is something, never what: it may be read over somebody's shoulder."""
QUIET = timedelta(hours=1)
"""So long somebody anonymous may come back before their address is forgotten."""


def open_case(book: Book, opened: Opened, origin: Origin) -> None:
    case, note = opened.case, opened.note
    is_heard = book.cases.open(opened, origin.address_id, origin.now)
    if opened.identity:
        book.identities.seal(case.number, opened.identity, origin.now)
    if opened.is_theirs and case.secrecy is Secrecy.ANONYMOUS:
        book.addresses.forget(origin.address, origin.now + QUIET)
    told = {"procedure": case.procedure, "version": case.version, "secrecy": case.secrecy.value}
    book.audit.write(note.actor, "case.opened", case.number, told | {"office": case.office}, origin.now)
    _keep_media(book, case, {*words_of(case.answers), *note.media}, origin)
    if is_heard:
        tell_of_opening(book, case, origin.now)


def note_case(book: Book, noted: Noted, origin: Origin) -> None:
    """Of the act itself the audit log knows what kind it was, never its words."""
    case, note = noted.case, noted.note
    is_heard = book.cases.note(noted)
    told = {"serial": str(note.serial), "state": case.state} | _move(note.details)
    book.audit.write(note.actor, f"case.{note.kind.value}", case.number, told, origin.now)
    _keep_media(book, case, note.media, origin)
    if is_heard:
        tell_of_move(book, case, note, origin.now)


def tell(book: Book, told: Told, origin: Origin) -> None:
    """Nothing but its words says that this message is about a case. They are erased once it is sent; in the
    web chat they stay for whoever comes back."""
    address_id = book.cases.reply_address(told.number)
    to = book.addresses.get(address_id) if address_id is not None else None
    if to is not None:
        reply = _in_their_language(book, to, told.replies)
        is_secret = to.address.channel is not Channel.WEBCHAT
        book.outbox.put(to.id, reply, origin.now, priority=BROADCAST, secret=is_secret)


def alert(book: Book, alerted: Alerted, origin: Origin) -> None:
    case = book.cases.get(alerted.number, notes=False)
    if case is None:
        return
    for to in _whom(book, alerted, case):
        reply = _in_their_language(book, to, alerted.replies)
        book.outbox.put(to.id, reply, origin.now, topic=f"case {case.number}", priority=BROADCAST)


def guess(book: Book, guessed: Guessed, origin: Origin) -> None:
    """A right code changes nothing: nobody wins back tries by a code of their own."""
    if not guessed.right:
        book.attempts.note(origin.address, origin.now)


def forget(book: Book, origin: Origin, *, is_anonymous: bool) -> None:
    """The words of this conversation are erased, this turn's too; of what is not sent yet, once it is."""
    book.outbox.erase(origin.address)
    book.inbox.forget(origin.address, whole=is_anonymous)


def note_evidence(book: Book, kept: Kept, now: datetime) -> None:
    """What a piece of evidence was like when it came stands in the audit log for good."""
    book.audit.write("clock", "case.evidence", kept.case, {"media": kept.id, "sha256": kept.sha256}, now)


def _keep_media(book: Book, case: Case, words: Iterable[str], origin: Origin) -> None:
    here = (origin.address_id, origin.person_id)
    for kept in book.media.belong_to_case(words, case.number, *here):
        note_evidence(book, kept, origin.now)


def _whom(book: Book, alerted: Alerted, case: Case) -> list[Correspondent]:
    """One of the staff has no chat with us: what is for them goes to those who share the work."""
    kind, _, number = alerted.to.partition(":")
    alone = _reached(book, [int(number)], case) if kind == "person" else []
    return alone or _reached(
        book, book.people.in_charge(alerted.roles, lineage(alerted.area or case.office)), case
    )


def _reached(book: Book, people: Iterable[int], case: Case) -> list[Correspondent]:
    """Where they last wrote from; whoever is excluded or never wrote is told nothing."""
    addresses = (book.addresses.of_person(one) for one in people if f"person:{one}" not in case.excluded)
    return [known[0] for known in addresses if known]


def _in_their_language(book: Book, to: Correspondent, replies: Mapping[str, Reply]) -> Reply:
    person = book.people.get(to.person_id) if to.person_id else None
    language = (person.language if person else "") or to.language
    return replace(replies.get(language) or next(iter(replies.values())), template=KNOCK)


def _move(details: Mapping[str, str]) -> dict[str, str]:
    return {name: details[name] for name in ("move", "from", "to") if name in details}
