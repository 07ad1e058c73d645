"""`lapordesk people`: the roster, and the codes that let its people in."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from bot.letters import crockford
from core.model.areas import Level, level_of, parent_of
from core.model.codes import one_time_code, spoken
from core.model.people import Person
from lapordesk.commands.console import CommandFailed, Console, Given
from storage.book import Book
from storage.roster import (
    Fault,
    RosterUnreadable,
    check_roster,
    each_row,
    good_rows,
    import_roster,
    preview_roster,
    sentence,
)
from storage.roster.changes import Changes
from storage.roster.entries import Row, Unread
from storage.roster.values import read_phone

DryRun = Annotated[bool, Parameter(name="--dry-run", negative=())]
Preview = Annotated[bool, Parameter(name="--preview", negative=())]
Kind = Literal["xlsx", "csv"]
SHOWN = 20
TOLD_EVERY = 20_000
KINDS: dict[str, Kind] = {".xlsx": "xlsx", ".csv": "csv"}
OPTIONS = {name: f"--{name}" for name in ("name", "phone", "role", "area", "tps")}


def import_file(file: Path, *, dry_run: DryRun = False, preview: Preview = False, console: Given) -> int:
    rows = _rows(console, file)
    faults: list[Fault] = []
    with console.store() as store, store.begin() as book:
        good = good_rows(rows, book.areas, faults.append)
        if dry_run:
            count = sum(1 for _ in good)
        else:
            take_in = preview_roster if preview else import_roster
            done = take_in(book, good, console.now, partial(_progress, console))
            count = done.people
            console.listed(_changed(console, book, done.changes))
    console.listed(sentence(fault, console.texts) for fault in faults)
    console.say(
        "commands.people.checked" if dry_run or preview else "commands.people.imported",
        count=console.number(count),
        faults=console.number(len({fault.row for fault in faults})),
    )
    return 1 if faults else 0


def vacancies(*, area: str = "", console: Given) -> None:
    with console.store() as store, store.reading() as book:
        counts, first = book.vacancies.counts(area), book.vacancies.first(area, SHOWN)
    for role, posts in counts.items():
        numbers = {"vacant": console.number(posts.vacant), "many": console.number(posts.many)}
        console.say("roster.vacancies", role=role.upper(), **numbers)
    console.listed(f"  {post.role.upper()}, {', '.join(post.place)} ({post.area})" for post in first)


def add(*, name: str, phone: str, role: str, area: str, tps: str = "", console: Given) -> None:
    row = Row(0, name, phone, role, area, tps, OPTIONS)
    with console.store() as store, store.begin() as book:
        good, faults = check_roster([row], book.areas)
        if faults:
            raise CommandFailed("commands.people.faulty", reason="; ".join(_reasons(console, faults)))
        import_roster(book, good, console.now)
        person = book.people.by_phone(good[0].phone)
    if person:
        post = person.posts[0]
        console.say(
            "commands.people.added", name=person.name, role=post.role.upper(), place=", ".join(post.place[:3])
        )


def invite(*, phone: str, hours: int = 72, console: Given) -> None:
    code = one_time_code(crockford)
    with console.store() as store, store.begin() as book:
        person = _known(console, book, phone)
        book.invitations.make(person.id, code, console.now, hours * 60)
    until = (console.now + timedelta(hours=hours)).astimezone(console.zone)
    console.say(
        "commands.people.invitation", name=person.name, code=spoken(code), until=f"{until:%Y-%m-%d %H:%M}"
    )
    if console.settings.telegram_token:
        console.say("commands.people.invitation.telegram", code=code)
    console.say("commands.people.invitation.web", address=console.chat_address)


def _rows(console: Console, file: Path) -> Iterator[Row]:
    kind = KINDS.get(file.suffix.casefold())
    if kind is None:
        raise CommandFailed("commands.people.kind", file=file.name)
    try:
        return each_row(file.read_bytes(), kind)
    except RosterUnreadable as unreadable:
        raise CommandFailed(unreadable.key) from None


def _progress(console: Console, many: int) -> None:
    if many % TOLD_EVERY == 0:
        console.say("roster.progress", count=console.number(many))


def _changed(console: Console, book: Book, changes: Changes) -> Iterator[str]:
    """Each kind that there is, by count, and the first of them."""
    for kind, count in changes.counts.items():
        if count:
            yield console.texts.say(f"roster.changes.{kind}", count=console.number(count))
        for one in changes.first.get(kind, ()):
            before = f"{one.before} → " if one.before else ""
            yield f"  {before}{one.name}: {one.role.upper()}, {', '.join(_place(book, one.area)[:3])}"


def _place(book: Book, code: str) -> tuple[str, ...]:
    """Its names from the area up; a polling station that a preview took back is still named."""
    if level_of(code) is Level.TPS:
        return (f"TPS {code[-3:]}", *book.areas.chain(parent_of(code)))
    return book.areas.chain(code)


def _reasons(console: Console, faults: Iterable[Fault]) -> list[str]:
    return [f"{fault.column}: {console.texts.say(fault.key, **fault.values)}" for fault in faults]


def _known(console: Console, book: Book, written: str) -> Person:
    try:
        phone = read_phone(written)
    except Unread as unread:
        raise CommandFailed(unread.key, **unread.values) from None
    person = book.people.by_phone(phone)
    if person is None:
        raise CommandFailed("commands.people.unknown", phone=phone)
    return person
