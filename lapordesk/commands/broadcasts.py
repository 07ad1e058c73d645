"""`lapordesk broadcast`: the same words to many, as one of the staff and to their own area only."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.model.people import Role
from desk import broadcasting
from desk.broadcasting import LONGEST, RECIPIENTS
from lapordesk.commands.cases import Email, refusals_told
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.staff import known, note_acting
from storage.broadcasts import Broadcast, Progress

Roles = Annotated[str, Parameter(name="--roles")]
Urgent = Annotated[bool, Parameter(name="--urgent", negative=())]


def preview(*, email: Email, roles: Roles, area: str | None = None, console: Given) -> None:
    wanted = _roles(roles)
    with console.store() as store, store.reading() as book, refusals_told(console):
        member = known(book, email)
        where = member.area if area is None else area
        found = broadcasting.preview(book, member.actor, where, wanted)
    people, unreachable = console.number(found.people), console.number(found.unreachable)
    console.say("commands.broadcast.preview", people=people, unreachable=unreachable)


def send(
    *,
    email: Email,
    roles: Roles,
    text: str = "",
    file: Path | None = None,
    area: str | None = None,
    urgent: Urgent = False,
    console: Given,
) -> None:
    wanted, words = _roles(roles), _words(console, text, file)
    with console.store() as store, refusals_told(console), store.begin() as book:
        member = known(book, email)
        where = member.area if area is None else area
        sent = broadcasting.send(book, member.actor, where, wanted, words, console.now, urgent=urgent)
        note_acting(book, member.actor, f"broadcast {sent.id}", console.now)
    people, unreachable = console.number(sent.people), console.number(sent.unreachable)
    console.say("commands.broadcast.sent", number=sent.id, people=people, unreachable=unreachable)


def status(number: int | None = None, *, email: Email, console: Given) -> None:
    """Of one, or of the latest."""
    with console.store() as store, store.reading() as book, refusals_told(console):
        actor = known(book, email).actor
        found = (
            broadcasting.latest(book, actor)
            if number is None
            else [broadcasting.look_up(book, actor, number)]
        )
        lines = [_line(console, one, book.broadcasts.progress(one.id)) for one in found]
    if not lines:
        raise CommandFailed("commands.broadcast.none")
    console.listed(lines)


def stop(number: int, *, email: Email, console: Given) -> None:
    with console.store() as store, refusals_told(console), store.begin() as book:
        actor = known(book, email).actor
        dropped = broadcasting.stop(book, actor, number, console.now)
        note_acting(book, actor, f"broadcast {number}", console.now)
    console.say("commands.broadcast.stopped", number=number, dropped=console.number(dropped))


def _roles(written: str) -> list[Role]:
    names = written.replace(",", " ").casefold().split()
    allowed = {role.value: role for role in RECIPIENTS}
    if not names or not set(names) <= allowed.keys():
        raise CommandFailed("commands.broadcast.roles", allowed=", ".join(allowed))
    return [allowed[name] for name in names]


def _words(console: Console, text: str, file: Path | None) -> str:
    words = (console.read(file) if file else text).strip()
    if not words or len(words) > LONGEST:
        raise CommandFailed("commands.broadcast.text", most=console.number(LONGEST))
    return words


def _line(console: Console, one: Broadcast, far: Progress) -> str:
    at = f"{one.made_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
    counts = {
        name: console.number(getattr(far, name))
        for name in ("waiting", "sent", "withheld", "failed", "dropped")
    }
    line = console.texts.say(
        "commands.broadcast.row",
        number=one.id,
        at=at,
        area=one.area or "Indonesia",
        roles=", ".join(one.roles),
        people=console.number(one.people),
        unreachable=console.number(one.unreachable),
        **counts,
    )
    return line + (console.texts.say("commands.broadcast.was_stopped") if one.stopped_at else "")
