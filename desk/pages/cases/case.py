"""One case: everything that an officer needs to decide about it, and the forms to do so."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from core.model.cases import Case, NoteKind
from core.speech.texts import texts
from desk.acting import look_up
from desk.api.asked import CASE
from desk.pages.cases.sheet import Sheet, sheet
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import unknown
from storage.book import Book

CLEAN: Sent = {}


def case_number(number: str, _: TheVisitor) -> str:
    """A number as cases have it; anything else is as unknown as a case that is not there."""
    if not re.fullmatch(CASE, number):
        raise unknown()
    return number


Number = Annotated[str, Depends(case_number)]


def case_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/cases/{number}", show_case, methods=["GET"])
    router.add_api_route("/cases/{number}/live", show_news, methods=["GET"])
    return router


async def show_case(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, number: Number
) -> Response:
    return await case_page(request, room, visitor, tongue, number)


async def show_news(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, number: Number, serial: int = 0
) -> Response:
    """The parts of an open page that tell how the case stands; nothing when it stands as they have it."""
    words, house = texts(tongue), room.house

    def look(book: Book) -> tuple[Sheet, bool] | None:
        hand = look_up(book, number, visitor.actor, house.clock())
        if hand.case.serial == serial:
            return None
        return sheet(book, hand, words, house.zone), _is_only_told(hand.case, serial)

    shown = await house.read(look)
    if shown is None:
        return Response(status_code=204)
    values = {"sheet": shown[0], "case": shown[0].case, "is_only_told": shown[1]}
    return page(request, "cases/live.html", visitor, known=values)


def _is_only_told(case: Case, serial: int) -> bool:
    """Only words came in since, and they are on the page by now: what was begun can be sent as it is."""
    return all(note.kind is NoteKind.ANSWERED for note in case.notes if note.serial > serial)


async def case_page(
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
    words, house = texts(tongue), room.house

    def look(book: Book) -> Sheet:
        return sheet(book, look_up(book, number, visitor.actor, house.clock()), words, house.zone)

    shown = await house.read(look)
    return page(
        request,
        "cases/case.html",
        visitor,
        status,
        sheet=shown,
        case=shown.case,
        problem=problem,
        typed=typed,
    )
