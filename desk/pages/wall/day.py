"""The day on the wall: how much has come in, where, in which hours, and the cases that press.

The page renews itself twice a minute; what it shows is counted once a minute, however many screens there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response

from core.digests.digest import Digest, Part, Tally
from core.digests.poster import Poster, poster
from core.digests.span import Span
from core.digests.tidy import tidy
from core.digests.tilemap import DrawnMap, drawn_map
from core.model.areas import Level
from core.model.zones import zone_of
from desk import weekly
from desk.lately import Key
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import unknown
from desk.weekly import AREA
from storage.areas import label
from storage.book import Book
from storage.case_counts import CaseCounts
from storage.hours import HOUR, Hours

HIGH, WIDE, GAP = 160, 40, 10
"""Of the bars, on the page."""
NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Bar:
    hour: str
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Wall:
    area: str
    poster: Poster
    map: DrawnMap
    bars: Sequence[Bar]
    width: int
    reports: int
    open: int
    overdue: int
    due_soon: int
    at: datetime


def wall_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/wall", show_wall, methods=["GET"])
    return router


async def show_wall(
    request: Request,
    room: TheRoom,
    visitor: TheVisitor,
    tongue: TheTongue,
    area: str = Query("", pattern=f"{AREA}|^$"),
) -> Response:
    """Of the own area, or of one inside it."""
    code = area or visitor.member.area or room.house.province
    shown = await room.house.read(lambda book: _wall(book, room, visitor, code, tongue))
    return page(request, "wall/day.html", visitor, wall=shown)


def _wall(book: Book, room: Room, visitor: Visitor, area: str, tongue: str) -> Wall:
    now = room.house.clock()
    there = weekly.look_at(book, visitor.member, area)
    if there.level is Level.TPS:
        raise unknown()
    today = now.astimezone(ZoneInfo(zone_of(area))).date()
    house = room.house
    counted = house.lately.digest(
        house.store, book, Key(area, today, "wall"), now, lambda there: _counted(there, area, now)
    )
    shown = tidy(weekly.without_hidden(book, visitor.member, counted))
    drawn = _without_notes(poster(shown, tongue))
    bars = _bars(book, shown)
    return Wall(
        area,
        drawn,
        drawn_map(drawn, room.house.shapes),
        bars,
        max(1, len(bars)) * (WIDE + GAP),
        sum(bar.count for bar in bars),
        sum(one.open for one in shown.cases),
        sum(one.overdue for one in shown.cases),
        sum(one.due_soon for one in shown.cases),
        shown.made_for,
    )


def _counted(book: Book, area: str, now: datetime) -> Digest:
    """A digest of one day, with only what the wall shows."""
    zone = zone_of(area)
    today = now.astimezone(ZoneInfo(zone)).date()
    span = Span(area, today, 1, now)
    counts, there = book.tallies.counts(span), book.areas.get(area)
    assert there is not None
    names = {one.code: one.name for one in book.areas.children(area)}
    parts = tuple(Part(code, name, counts.parts.get(code, NOTHING), NOTHING) for code, name in names.items())
    return Digest(
        area=area,
        name=label(there),
        level=there.level.value,
        zone=zone,
        first=today,
        last=today,
        made_for=now,
        stage={},
        tally=counts.tally,
        before=counts.before,
        parts=parts,
        cases=CaseCounts(book.connection).of(span, names).counts,
    )


def _without_notes(drawn: Poster) -> Poster:
    """Nobody confirms a day."""
    return replace(drawn, tiles=tuple(replace(tile, note="") for tile in drawn.tiles))


def _bars(book: Book, digest: Digest) -> list[Bar]:
    """From midnight to now; the first hours are left out while nothing came in."""
    start = Span(digest.area, digest.first, 1, digest.made_for).start
    hours = int((digest.made_for - start) / HOUR) + 1
    counts = Hours(book.connection).filed(digest.area, start, hours)
    first = next((hour for hour, count in enumerate(counts) if count), max(0, hours - 1))
    most = max(1, *counts)
    return [
        Bar(f"{hour:02}", count, at * (WIDE + GAP), HIGH - HIGH * count / most, HIGH * count / most)
        for at, (hour, count) in enumerate(list(enumerate(counts))[first:])
    ]
