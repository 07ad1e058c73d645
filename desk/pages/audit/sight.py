"""Which rows of the audit log an overseer may see: those of cases, staff and broadcasts of their own area.

K-7K2-M9Q       who may see the case, and is not kept from it
staff:3         where staff 3 works, or worked
broadcast:7     where it went to
database, …     the house itself: every overseer
"""

import re
from collections.abc import Collection, Iterable

from core.cases.lifecycle import may_see
from core.model.areas import within
from core.model.cases import Actor
from desk.api.asked import CASE
from storage.audit import Entry
from storage.book import Book

REPORT = r"P-[0-9A-Z]{3}-[0-9A-Z]{3}"


def seen(book: Book, entries: Iterable[Entry], actor: Actor) -> list[Entry]:
    """Without those whose subject does not exist for them."""
    rows = list(entries)
    cases = _cases(book, {row.subject for row in rows}, actor)
    return [row for row in rows if _sees(book, row.subject, actor, cases)]


def _cases(book: Book, subjects: Collection[str], actor: Actor) -> frozenset[str]:
    """The numbers of those that they may see."""
    rules = book.procedures.rulebook()
    found = book.cases.several(sorted(one for one in subjects if re.fullmatch(CASE, one)))
    known = ((case, rules.get(case.procedure, case.version)) for case in found)
    return frozenset(
        case.number for case, procedure in known if procedure and may_see(actor, case, procedure)
    )


def _sees(book: Book, subject: str, actor: Actor, cases: Collection[str]) -> bool:
    kind, _, number = subject.partition(":")
    if re.fullmatch(CASE, subject):
        return subject in cases
    if re.fullmatch(REPORT, subject):
        case = book.cases.of_report(subject)
        return case is not None and bool(_cases(book, [case.number], actor))
    if kind == "staff" and number.isdecimal():
        member = book.staff.get(int(number))
        return member is not None and _covers(actor, member.area)
    if kind == "broadcast" and number.isdecimal():
        broadcast = book.broadcasts.get(int(number))
        return broadcast is not None and _covers(actor, broadcast.area)
    return True


def _covers(actor: Actor, area: str) -> bool:
    return any(within(area, seat) for _, seat in actor.seats)
