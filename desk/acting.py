"""How an act at the desk is done: the case read, the one who acts let in, decided by the rules, written down.

unknown: no such case for them. outrun: it moved on since they read it. refused: the rules say no, and why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.cases.acts import Act, Acted, Refusal
from core.cases.lifecycle import may_see
from core.cases.procedure import Procedure, Rulebook
from core.model.cases import Actor, Case, actor_of
from desk.refused import Refused, outrun, unknown
from storage.book import Book
from storage.record import Origin, record


@dataclass(frozen=True, slots=True)
class InHand:
    """A case that somebody may see, and what is needed to decide about it."""

    case: Case
    procedure: Procedure
    rules: Rulebook
    actor: Actor
    now: datetime


Decide = Callable[[Book, InHand], Act]


def look_up(book: Book, number: str, actor: Actor, now: datetime) -> InHand:
    """The case with its notes; Refused as unknown when there is none for them."""
    case = book.cases.get(number)
    rules = book.procedures.rulebook()
    procedure = rules.get(case.procedure, case.version) if case else None
    if case is None or procedure is None or not may_see(actor, case, procedure):
        raise unknown()
    return InHand(case, procedure, rules, actor, now)


def do(book: Book, number: str, actor: Actor, serial: int | None, now: datetime, decide: Decide) -> Acted:
    """Decide and write down; `serial` is of the case as they read it."""
    hand = look_up(book, number, actor, now)
    if serial is not None and serial != hand.case.serial:
        raise outrun()
    acted = decide(book, hand)
    if isinstance(acted, Refusal):
        raise Refused(409, "refused", acted.say)
    record(book, acted.effects, Origin.silent(now))
    return acted


def find_actor(book: Book, key: str) -> Actor | None:
    """One of the staff who works here, or a person of the roster who holds a post."""
    kind, _, number = key.partition(":")
    if kind == "staff":
        member = book.staff.get(int(number))
        return member.actor if member and member.ended_at is None else None
    person = book.people.get(int(number))
    return actor_of(person) if person and person.posts else None
