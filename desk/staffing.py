"""Who works where: somebody taken in, given another role, let go; their tokens. Only inside the area of
whoever does it, and never to themselves: nobody shuts themselves out, or raises themselves.
"""

from collections.abc import Collection
from datetime import datetime

from core.model.areas import within
from core.model.cases import Actor
from core.model.people import Role
from desk.refused import Refused, unknown
from storage.book import Book
from storage.staff import LEVELS, Member, NotStaff
from storage.tokens import LONGEST_DAYS, UnknownScope


def look_up(book: Book, actor: Actor, number: int) -> Member:
    """Also one who has left; Refused as unknown when there is none for them."""
    member = book.staff.get(number)
    if member is None or not covers(actor, member.area):
        raise unknown()
    return member


def take_in(
    book: Book, actor: Actor, email: str, name: str, role: str, area: str, now: datetime
) -> tuple[Member, str]:
    """A new colleague, and what stands in their link: it can never be had again."""
    member = _add(book, actor, email, name, role, area, now)
    details = {"role": member.role.value, "area": member.area}
    book.audit.write(actor.key, "staff.added", member.actor.key, details, now)
    return member, invite(book, actor, member.id, now)


def invite(book: Book, actor: Actor, number: int, now: datetime) -> str:
    """A new link for one who works here; one made before opens nothing any more."""
    member = _working(book, actor, number)
    shown = book.accounts.invite(member.id, now)
    book.audit.write(actor.key, "account.invited", member.actor.key, {}, now)
    return shown


def change(book: Book, actor: Actor, number: int, role: str, area: str, now: datetime) -> tuple[Member, str]:
    """Let go and taken in again: visits, tokens and account of the old role open nothing from now on."""
    before = _working(book, actor, number)
    book.staff.end(before.id, now)
    member = _add(book, actor, before.email, before.name, role, area, now)
    was = {"was": f"{before.role.value} {before.area}".strip()}
    details = was | {"role": member.role.value, "area": member.area}
    book.audit.write(actor.key, "staff.changed", member.actor.key, details, now)
    return member, invite(book, actor, member.id, now)


def end(book: Book, actor: Actor, number: int, now: datetime) -> None:
    member = _working(book, actor, number)
    book.staff.end(member.id, now)
    book.audit.write(actor.key, "staff.ended", member.actor.key, {}, now)


def make_token(
    book: Book, actor: Actor, number: int, scopes: Collection[str], days: int, label: str, now: datetime
) -> str:
    """What is to be shown, once."""
    member = look_up(book, actor, number)
    if member.ended_at is not None:
        raise unknown()
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(409, "days")
    try:
        made, shown = book.tokens.make(member.id, scopes, days, " ".join(label.split())[:60], now)
    except UnknownScope:
        raise Refused(409, "scopes") from None
    details = {"token": str(made.id), "scopes": " ".join(sorted(made.scopes))}
    book.audit.write(actor.key, "token.made", member.actor.key, details, now)
    return shown


def revoke_token(book: Book, actor: Actor, number: int, token: int, now: datetime) -> None:
    member = look_up(book, actor, number)
    if token not in {one.id for one in book.tokens.of(member.id)} or not book.tokens.revoke(token, now):
        raise unknown()
    book.audit.write(actor.key, "token.revoked", member.actor.key, {"token": str(token)}, now)


def roles_under(actor: Actor) -> tuple[Role, ...]:
    """Which they may give: only the centre may give the centre's."""
    return tuple(role for role, level in LEVELS.items() if level is not None or covers(actor, ""))


def covers(actor: Actor, area: str) -> bool:
    return any(within(area, seat) for _, seat in actor.seats)


def _working(book: Book, actor: Actor, number: int) -> Member:
    member = look_up(book, actor, number)
    if member.ended_at is not None:
        raise unknown()
    if member.actor.key == actor.key:
        raise Refused(409, "self")
    return member


def _add(book: Book, actor: Actor, email: str, name: str, role: str, area: str, now: datetime) -> Member:
    """An area that is not theirs is answered like one that is not there."""
    if role not in {one.value for one in LEVELS}:
        raise Refused(409, "role")
    place = "" if Role(role) is Role.RI else area.strip()
    if not covers(actor, place):
        raise Refused(409, "area")
    try:
        return book.staff.add(email, name, Role(role), place, now)
    except NotStaff as refused:
        raise Refused(409, refused.why) from None
