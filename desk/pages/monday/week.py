"""A week of an area: of the own one, or of one below; past weeks as they were told, this one as it stands."""

from datetime import date

from fastapi import APIRouter, Query, Request, Response

from core.digests.weeks import week_of_moment
from desk import weekly
from desk.pages.monday.address import AreaCode, Monday
from desk.pages.monday.sheet import WeekSheet, sheet
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from storage.areas import label
from storage.book import Book

CLEAN: Sent = {}


def week_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/monday", show_own, methods=["GET"])
    router.add_api_route("/monday/{area}", show_area, methods=["GET"])
    router.add_api_route("/monday/{area}/{week}", show_week, methods=["GET"])
    return router


async def show_own(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    """The desk's week of the own area; who watches the whole country chooses a province."""
    area = visitor.member.area
    if not area:
        return await _provinces(request, room, visitor)
    return await week_page(request, room, visitor, tongue, area, week_of_moment(area, room.house.clock()))


async def show_area(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, area: AreaCode
) -> Response:
    return await week_page(request, room, visitor, tongue, area, week_of_moment(area, room.house.clock()))


async def show_week(
    request: Request,
    room: TheRoom,
    visitor: TheVisitor,
    tongue: TheTongue,
    area: AreaCode,
    week: Monday,
    now: str = Query("", max_length=1),
) -> Response:
    """With `now=1` as it stands, though it was told already."""
    return await week_page(request, room, visitor, tongue, area, week, as_it_stands=now == "1")


async def week_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    area: str,
    monday: date,
    *,
    as_it_stands: bool = False,
    status: int = 200,
    problem: str = "",
    typed: Sent = CLEAN,
) -> Response:
    """Also after an act that was refused: with the reason, and with what they had typed."""
    house, moment = room.house, room.house.clock()
    asked = weekly.wanted(area, monday, moment, as_it_stands=as_it_stands)

    def look(book: Book) -> WeekSheet:
        digest = weekly.digest_of(house, book, visitor.member, asked)
        return sheet(book, visitor.member, asked, digest, house.shapes, moment, tongue)

    shown = await house.read(look)
    values = {"sheet": shown, "asked": asked, "problem": problem, "typed": typed}
    return page(request, "monday/week.html", visitor, status, known=values)


async def _provinces(request: Request, room: Room, visitor: Visitor) -> Response:
    provinces = await room.house.read(
        lambda book: [(one.code, label(one)) for one in book.areas.children("")]
    )
    return page(request, "monday/provinces.html", visitor, provinces=provinces)
