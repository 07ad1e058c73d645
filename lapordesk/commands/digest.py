"""`lapordesk digest`: a Monday's digests by hand, into a folder or to the coordinators."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from core.digests.digest import Digest
from core.digests.weeks import last_moment
from core.model.areas import Level
from core.model.zones import ZONES, zone_of
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.vaults import evidence_of
from scheduler.monday import Monday
from scheduler.render.rendered import file_name, render
from storage.store import Store

BELOW = (Level.REGENCY, Level.DISTRICT)


def digest(*, at: str | None = None, area: str | None = None, to: Path | None = None, console: Given) -> int:
    """Of the last Monday at seven, in the area's zone, up to `at`."""
    moment = _moment(console, at)
    with console.store() as store:
        if area is not None:
            _require(store, area)
        if to is not None:
            return _write(console, store, [area] if area else _areas(console, store), moment, to)
        return _send(console, store, [area] if area else _coordinated(store), moment)


def _write(console: Console, store: Store, areas: list[str], now: datetime, to: Path) -> int:
    to.mkdir(parents=True, exist_ok=True)
    for area in areas:
        made = _kept(store, area, now, console.now)
        rendered = render(made, console.settings.language)
        contents = {
            "txt": f"{rendered.text}\n".encode(),
            "png": rendered.picture,
            "xlsx": rendered.sheet,
            "pdf": rendered.paper,
        }
        for ending, content in contents.items():
            (to / file_name(made, ending)).write_bytes(content)
        console.say("commands.digest.written", area=made.name, file=to / file_name(made, "txt"))
    return 0


def _kept(store: Store, area: str, now: datetime, today: datetime) -> Digest:
    """Whatever is shown once of a Monday stays so, also if it was shown here first."""
    moment = last_moment(area, now)
    with store.reading() as book:
        made = book.digests.of(area, moment)
    with store.begin() as book:
        book.digests.keep(made, today)
        return book.digests.of(area, moment)


def _send(console: Console, store: Store, areas: list[str], now: datetime) -> int:
    if not areas:
        raise CommandFailed("commands.digest.nobody")
    evidence = evidence_of(console.settings, store.keys)
    monday = Monday(evidence, console.settings.language, lambda: console.now)
    for area in areas:
        sent = asyncio.run(monday.send(store, area, last_moment(area, now), console.now))
        key = "commands.digest.already" if sent is None else "commands.digest.sent"
        console.say(key, area=area, count=console.number(sent or 0))
    return 0


def _moment(console: Console, at: str | None) -> datetime:
    """A moment without a zone is the office's."""
    if at is None:
        return console.now
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise CommandFailed("commands.digest.at", at=at) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=console.zone)
    if not 2000 <= moment.year < 2100:
        raise CommandFailed("commands.digest.at", at=at)
    if moment > console.now:
        raise CommandFailed("commands.digest.to_come", at=at)
    return moment.astimezone(UTC)


def _require(store: Store, area: str) -> None:
    with store.reading() as book:
        if book.areas.get(area) is None:
            raise CommandFailed("commands.digest.area", area=area)


def _areas(console: Console, store: Store) -> list[str]:
    """The office's province with its kab/kota and kecamatan."""
    province = console.settings.province
    with store.reading() as book:
        below = [one for level in BELOW for one in book.areas.under(province, level)]
        return [province, *(one.code for one in below)] if book.areas.get(province) else []


def _coordinated(store: Store) -> list[str]:
    with store.reading() as book:
        return [area for zone in ZONES for area in book.coordinators.areas(zone) if zone_of(area) == zone]
