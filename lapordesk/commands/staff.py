"""`lapordesk staff`: who works at the desk, and the tokens by which they use the API."""

from datetime import datetime
from typing import Literal

from core.model.cases import OPERATOR, Actor
from core.model.people import Role
from lapordesk.commands.console import CommandFailed, Console, Given
from storage.accounts import LINK_HOURS
from storage.book import Book
from storage.roster.entries import Unread
from storage.roster.places import Gazetteer
from storage.staff import LEVELS, Member, NotStaff
from storage.tokens import LONGEST_DAYS, Token, UnknownScope

Rank = Literal["panwascam", "kabkota", "provinsi", "ri"]


def add(*, email: str, role: Rank, area: str = "", name: str = "", console: Given) -> None:
    with console.store() as store, store.begin() as book:
        try:
            member = book.staff.add(email, name, Role(role), _area(book, Role(role), area), console.now)
        except NotStaff as refused:
            raise CommandFailed(f"commands.staff.refused.{refused.why}", email=email, area=area) from None
        except Unread as unread:
            raise CommandFailed(unread.key, **unread.values) from None
        details = {"role": member.role.value, "area": member.area}
        book.audit.write(OPERATOR.key, "staff.added", member.actor.key, details, console.now)
        place = ", ".join(book.areas.chain(member.area)) or "Indonesia"
    console.say("commands.staff.added", email=member.email, role=role.upper(), place=place)


def list_staff(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        members = [(member, book.tokens.of(member.id)) for member in book.staff.every()]
    if not members:
        raise CommandFailed("commands.staff.none")
    for member, tokens in members:
        key = "commands.staff.row" if member.ended_at is None else "commands.staff.row.left"
        console.say(
            key, id=member.id, email=member.email, role=member.role.upper(), area=member.area or "Indonesia"
        )
        for token in tokens:
            if _is_open(console, token):
                _say_token(console, token)


def end(email: str, *, console: Given) -> None:
    with console.store() as store, store.begin() as book:
        member = known(book, email)
        book.staff.end(member.id, console.now)
        book.audit.write(OPERATOR.key, "staff.ended", member.actor.key, {}, console.now)
    console.say("commands.staff.ended", email=member.email)


def invite(email: str, *, console: Given) -> None:
    """The link stands in no row and no log; whoever opens it first sets the password."""
    with console.store() as store, store.begin() as book:
        member = known(book, email)
        shown = book.accounts.invite(member.id, console.now)
        book.audit.write(OPERATOR.key, "account.invited", member.actor.key, {}, console.now)
    address = f"{console.desk_address}/begin/{shown}"
    console.say("commands.staff.invited", email=member.email, address=address, hours=LINK_HOURS)


def token(email: str, *, scopes: str, days: int = 90, label: str = "", console: Given) -> None:
    if not 1 <= days <= LONGEST_DAYS:
        raise CommandFailed("commands.staff.days", most=LONGEST_DAYS)
    wanted = [scope for scope in scopes.replace(",", " ").split() if scope]
    with console.store() as store, store.begin() as book:
        member = known(book, email)
        try:
            made, shown = book.tokens.make(member.id, wanted, days, label, console.now)
        except UnknownScope:
            raise CommandFailed("commands.staff.scopes") from None
        details = {"token": str(made.id), "scopes": " ".join(sorted(made.scopes))}
        book.audit.write(OPERATOR.key, "token.made", member.actor.key, details, console.now)
    _say_token(console, made)
    console.say("commands.staff.shown", token=shown)


def revoke(token_id: int, *, console: Given) -> None:
    with console.store() as store, store.begin() as book:
        revoked = book.tokens.revoke(token_id, console.now)
        if revoked is None:
            raise CommandFailed("commands.staff.no_token", id=token_id)
        details = {"token": str(token_id)}
        book.audit.write(OPERATOR.key, "token.revoked", f"staff:{revoked.staff_id}", details, console.now)
    console.say("commands.staff.revoked", id=token_id)


def known(book: Book, email: str) -> Member:
    """Who works here under that address; the command fails when nobody does."""
    member = book.staff.by_email(email)
    if member is None:
        raise CommandFailed("commands.staff.unknown", email=email)
    return member


def note_acting(book: Book, actor: Actor, subject: str, now: datetime) -> None:
    """What follows in the audit log under the name of one of the staff was typed by the operator."""
    book.audit.write(OPERATOR.key, "operator.acted", subject[:64], {"as": actor.key}, now)


def _area(book: Book, role: Role, written: str) -> str:
    """The code of the area, by its code or its name; the whole country has none."""
    level = LEVELS[role]
    if level is None:
        return written if written.casefold() not in ("indonesia", "ri") else ""
    return Gazetteer(book.areas).place(written, level).code


def _is_open(console: Console, token: Token) -> bool:
    return token.revoked_at is None and token.expires_at > console.now


def _say_token(console: Console, token: Token) -> None:
    until = f"{token.expires_at.astimezone(console.zone):%Y-%m-%d}"
    scopes = ", ".join(sorted(token.scopes))
    console.say("commands.staff.token", id=token.id, label=token.label or "-", scopes=scopes, until=until)
