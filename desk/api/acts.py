"""What an officer does to a case; each act is decided by the rules and leaves a note."""

from collections.abc import Callable

from fastapi import APIRouter, Request

from core.cases import lifecycle
from core.cases.acts import Act as Decided
from core.cases.acts import Given
from desk.acting import InHand, find_actor, look_up
from desk.api.acting import act, read_serial
from desk.api.asked import AssignmentAsked, ExclusionAsked, HoldAsked, LinkAsked, MoveAsked, TextAsked
from desk.api.bearer import Writer
from desk.api.cases import Number
from desk.api.house import TheHouse, TheLanguage
from desk.api.problems import told
from desk.api.shown import Done
from desk.refused import Refused
from storage.book import Book


def act_routes() -> APIRouter:
    """All of them alike: POST, a body, the case as it stands afterwards."""
    router = APIRouter(tags=["acts"])
    doing: dict[str, Callable[..., object]] = {
        "moves": make_move,
        "notes": add_note,
        "questions": ask_back,
        "assignment": assign,
        "exclusions": exclude,
        "links": link,
        "hold": hold,
    }
    answers = told(400, 401, 403, 404, 409, 413, 429)
    for name, do in doing.items():
        router.add_api_route(f"/cases/{{number}}/{name}", do, methods=["POST"], responses=answers)
    return router


async def make_move(
    house: TheHouse, held: Writer, language: TheLanguage, number: Number, asked: MoveAsked, request: Request
) -> Done:
    """Make a move of the procedure, with the reason, number, result or office that it needs."""

    def decide(_: Book, hand: InHand) -> Decided:
        given = Given(
            asked.reason or "",
            asked.number or "",
            asked.result or "",
            asked.office or "",
            house.draw_number(),
        )
        return lifecycle.move(hand.case, hand.procedure, hand.rules, asked.move, given, hand.actor, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)


async def add_note(
    house: TheHouse, held: Writer, language: TheLanguage, number: Number, asked: TextAsked, request: Request
) -> Done:
    """Write something down; only officers read it."""

    def decide(_: Book, hand: InHand) -> Decided:
        return lifecycle.note(hand.case, hand.procedure, hand.actor, asked.text, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)


async def ask_back(
    house: TheHouse, held: Writer, language: TheLanguage, number: Number, asked: TextAsked, request: Request
) -> Done:
    """Ask the one who brought it; the anonymous one sees it on coming back with the code."""

    def decide(_: Book, hand: InHand) -> Decided:
        return lifecycle.ask(hand.case, hand.procedure, hand.actor, asked.text, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)


async def assign(
    house: TheHouse,
    held: Writer,
    language: TheLanguage,
    number: Number,
    asked: AssignmentAsked,
    request: Request,
) -> Done:
    """Say who works it."""

    def decide(book: Book, hand: InHand) -> Decided:
        to = hand.actor if asked.to == "me" else find_actor(book, asked.to)
        if to is None:
            raise Refused(409, "nobody")
        return lifecycle.assign(hand.case, hand.procedure, hand.actor, to, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)


async def exclude(
    house: TheHouse,
    held: Writer,
    language: TheLanguage,
    number: Number,
    asked: ExclusionAsked,
    request: Request,
) -> Done:
    """Keep it from somebody with a conflict of interest: to them it is as if it were not there."""

    def decide(book: Book, hand: InHand) -> Decided:
        if find_actor(book, asked.whom) is None:
            raise Refused(409, "nobody")
        return lifecycle.exclude(hand.case, hand.procedure, hand.actor, asked.whom, asked.reason, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)


async def link(
    house: TheHouse, held: Writer, language: TheLanguage, number: Number, asked: LinkAsked, request: Request
) -> Done:
    """Say that another case is about the same; nothing is merged."""

    def decide(book: Book, hand: InHand) -> Decided:
        other = look_up(book, asked.other, hand.actor, hand.now).case
        return lifecycle.join(hand.case, hand.procedure, hand.actor, other.number, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)


async def hold(
    house: TheHouse, held: Writer, language: TheLanguage, number: Number, asked: HoldAsked, request: Request
) -> Done:
    """Keep all of it from being erased, or no longer."""

    def decide(_: Book, hand: InHand) -> Decided:
        return lifecycle.hold(hand.case, hand.procedure, hand.actor, asked.on, asked.reason, hand.now)

    return await act(house, held, number, read_serial(request, asked.serial), language, decide)
