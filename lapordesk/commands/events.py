"""`lapordesk events`: the schedule of campaign events, brought again whenever it has changed."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from core.elections.events import CampaignEvent
from core.model.zones import zone_of
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.people import KINDS
from storage.book import Book
from storage.duties import open_periods
from storage.events import Change
from storage.roster import Fault, RosterUnreadable, sentence
from storage.schedules import read_schedule

DryRun = Annotated[bool, Parameter(name="--dry-run", negative=())]


def import_file(file: Path, *, dry_run: DryRun = False, console: Given) -> int:
    with console.store() as store, store.begin() as book:
        good, faults = _schedule(console, book, file)
        compared = book.events.compare(good)
        if not dry_run:
            book.events.save(compared, console.now)
            open_periods(book, console.now)
    console.listed(sentence(fault, console.texts) for fault in faults)
    console.listed(line for change in compared if (line := _told(console, change)))
    new = sum(change.before is None for change in compared)
    changed = sum(bool(change.names) for change in compared)
    console.say(
        "commands.events.checked" if dry_run else "commands.events.imported",
        new=console.number(new),
        changed=console.number(changed),
        same=console.number(len(compared) - new - changed),
        faults=console.number(len({fault.row for fault in faults})),
    )
    return 1 if faults else 0


def list_events(*, area: str = "", days: int = 14, console: Given) -> None:
    """From the beginning of today on."""
    today = console.now.astimezone(console.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    with console.store() as store, store.reading() as book:
        events = book.events.between(today, today + timedelta(days=days), area)
        names = {event.area: ", ".join(book.areas.chain(event.area)[:2]) for event in events}
    if not events:
        raise CommandFailed("commands.events.none", days=days)
    console.listed(_line(console, event, names[event.area]) for event in events)


def _schedule(console: Console, book: Book, file: Path) -> tuple[list[CampaignEvent], list[Fault]]:
    kind = KINDS.get(file.suffix.casefold())
    if kind is None:
        raise CommandFailed("commands.events.kind", file=file.name)
    try:
        return read_schedule(file.read_bytes(), kind, book.areas, console.now.astimezone(console.zone))
    except RosterUnreadable as unreadable:
        raise CommandFailed(unreadable.key) from None


def _told(console: Console, change: Change) -> str:
    """What the schedule changes; nothing where it changes nothing."""
    event = change.event
    named = {"number": event.number, "day": event.day, "place": event.place}
    if change.before is None:
        return console.texts.say("commands.events.new", **named)
    if not change.names:
        return ""
    what = ", ".join(console.texts.say(f"commands.events.name.{name}") for name in change.names)
    return console.texts.say("commands.events.changed", what=what, **named)


def _line(console: Console, event: CampaignEvent, area: str) -> str:
    zone = ZoneInfo(zone_of(event.area))
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    line = f"{event.day} {starts:%H:%M}–{ends:%H:%M}  {event.number}  {event.place}, {area}"
    words = " · ".join(word for word in (event.method, event.pair, event.organiser) if word)
    cancelled = console.texts.say("commands.events.cancelled") if event.is_cancelled else ""
    return "  ".join(part for part in (line, words, cancelled) if part)
