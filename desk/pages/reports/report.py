"""One report: everything that a coordinator needs to find it in order, or to ask back."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from core.speech.texts import texts
from desk.api.papers import REPORT
from desk.pages.reports.sheet import Sheet, sheet
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import unknown
from desk.reporting import look_up_report
from storage.book import Book

CLEAN: Sent = {}


def report_number(number: str, _: TheVisitor) -> str:
    """A number as reports have it; anything else is as unknown as a report that is not there."""
    if not re.fullmatch(REPORT, number):
        raise unknown()
    return number


ReportNumber = Annotated[str, Depends(report_number)]


def report_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/reports/{number}", show_report, methods=["GET"])
    return router


async def show_report(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, number: ReportNumber
) -> Response:
    return await report_page(request, room, visitor, tongue, number)


async def report_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    number: str,
    *,
    status: int = 200,
    problem: str = "",
    typed: Sent = CLEAN,
) -> Response:
    """Also after an act that was refused: with the reason, and with what they had typed."""
    actor, words = visitor.actor, texts(tongue)

    def look(book: Book) -> Sheet:
        return sheet(book, look_up_report(book, number, actor), actor, words)

    shown = await room.house.read(look)
    return page(request, "reports/report.html", visitor, status, sheet=shown, problem=problem, typed=typed)
