"""Who did something and where, by name: staff:3 is Umi Contoh, 64.72 is Kota Samarinda."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from core.cases.lifecycle import may_see
from core.cases.procedure import Procedure
from core.model.areas import Level, lineage
from core.model.cases import Actor, ActorKind, Case
from core.speech.texts import Texts
from storage.areas import label
from storage.book import Book


def who_is(book: Book, keys: Iterable[str], words: Texts) -> Mapping[str, str]:
    """The name of each actor's key."""
    return {key: _named(book, key, words) for key in set(keys) if key}


def where_is(book: Book, codes: Iterable[str]) -> Mapping[str, str]:
    """The name of each area, bare; its code where it is not known."""
    wanted = {code for code in codes if code}
    known = book.areas.several(wanted)
    return {code: label(known[code]) if code in known else code for code in wanted}


def offices_of(book: Book, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The offices whose cases this actor's seats cover, by code."""
    found: dict[str, str] = {}
    for _, area in actor.seats:
        above = book.areas.several([area]) if area else {}
        below = book.areas.under(area, Level.REGENCY) if area.count(".") == 0 else []
        here = [*above.values(), *below]
        found |= {one.code: label(one) for one in here if one.level in (Level.PROVINCE, Level.REGENCY)}
    return tuple(sorted(found.items()))


def offices_beside(book: Book, case: Case) -> tuple[tuple[str, str], ...]:
    """Where a case may be handed on to: the other offices of its province."""
    province = lineage(case.office)[0]
    known = [*book.areas.several([province]).values(), *book.areas.children(province)]
    return tuple((one.code, label(one)) for one in known if one.code != case.office)


@dataclass(frozen=True, slots=True)
class Colleague:
    key: str
    name: str


def colleagues(book: Book, case: Case, procedure: Procedure) -> tuple[Colleague, ...]:
    """Who of the staff may see this case."""
    return tuple(
        Colleague(one.actor.key, one.name or one.email)
        for one in book.staff.every()
        if one.ended_at is None and may_see(one.actor, case, procedure)
    )


def _named(book: Book, key: str, words: Texts) -> str:
    kind, _, number = key.partition(":")
    known = ""
    if number.isascii() and number.isdecimal():
        if kind == "staff" and (member := book.staff.get(int(number))):
            known = member.name or member.email
        if kind == "person" and (person := book.people.get(int(number))):
            known = person.name
    kind = kind if kind in get_args(ActorKind) else "clock"
    return known or words.say(f"papers.actor.{kind}", number=number)
