"""What an officer does to a case from its page; afterwards the page is fetched anew.

POST /desk/cases/K-7K2-M9Q/ask   text=Jam berapa?  serial=4   →  303 /desk/cases/K-7K2-M9Q?done=ask
"""

import re
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request, Response

from core.cases import lifecycle
from core.cases.acts import Act, Given
from core.cases.lifecycle import may_see
from core.model.cases import Actor
from core.model.effects import Opened
from core.speech.texts import texts
from desk.acting import Decide, InHand, do, find_actor, look_up
from desk.api.acting import write
from desk.api.asked import ACTOR
from desk.api.house import House
from desk.pages.cases.case import Number, case_page
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import go
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.refused import Refused, outrun
from storage.book import Book
from storage.cases import Outrun

ELSEWHERE = ""
"""The case went where they do not see it any more."""


def act_routes() -> APIRouter:
    router = APIRouter()
    for name, build in ACTS.items():
        router.add_api_route(f"/cases/{{number}}/{name}", _route(name, build), methods=["POST"], name=name)
    return router


def _route(name: str, build: "Build") -> Callable[..., object]:
    async def act(
        request: Request,
        room: TheRoom,
        visitor: TheVisitor,
        tongue: TheTongue,
        number: Number,
        sent: TheSent,
    ) -> Response:
        try:
            shown = await _done(room, visitor, number, _serial(sent), build(sent, room.house))
        except Refused as refused:
            if refused.status != 409:
                raise
            told = {"act": name, **sent}
            return await case_page(
                request, room, visitor, tongue, number, status=409, problem=_why(refused, tongue), typed=told
            )
        return go(f"/cases/{shown}", name) if shown else go("/cases", "away")

    return act


async def _done(room: Room, visitor: Visitor, number: str, serial: int | None, decide: Decide) -> str:
    """The case to show afterwards: the one that grew out of it, else itself, else none."""

    def job(book: Book) -> str:
        now = room.house.clock()
        acted = do(book, number, visitor.actor, serial, now, decide)
        grown = next((one.case for one in acted.effects if isinstance(one, Opened)), acted.case)
        procedure = book.procedures.get(grown.procedure, grown.version)
        sees = procedure is not None and may_see(visitor.actor, grown, procedure)
        return grown.number if sees else ELSEWHERE

    try:
        return await write(room.house, job)
    except Outrun:
        raise outrun() from None


def _why(refused: Refused, tongue: str) -> str:
    words = texts(tongue)
    if refused.detail:
        return refused.detail(words)
    key = f"desk.trouble.{refused.code}"
    return words.say(key if key in words.sentences else "desk.trouble.other")


def _serial(sent: Sent) -> int:
    """Every form of the page bears it."""
    written = sent.get("serial", "")
    if not (written.isascii() and written.isdecimal() and len(written) < 9):
        raise outrun()
    return int(written)


Build = Callable[[Sent, House], Decide]


def _note(sent: Sent, _: House) -> Decide:
    return lambda _, hand: lifecycle.note(
        hand.case, hand.procedure, hand.actor, sent.get("text", ""), hand.now
    )


def _ask(sent: Sent, _: House) -> Decide:
    return lambda _, hand: lifecycle.ask(
        hand.case, hand.procedure, hand.actor, sent.get("text", ""), hand.now
    )


def _move(sent: Sent, house: House) -> Decide:
    given = partial(
        Given, sent.get("reason", ""), sent.get("number", ""), sent.get("result", ""), sent.get("office", "")
    )
    name = sent.get("move", "")[:64]
    return lambda _, hand: lifecycle.move(
        hand.case, hand.procedure, hand.rules, name, given(house.draw_number()), hand.actor, hand.now
    )


def _assign(sent: Sent, _: House) -> Decide:
    def decide(book: Book, hand: InHand) -> Act:
        whom = sent.get("to", "")
        to = hand.actor if whom == "me" else _actor(book, whom)
        return lifecycle.assign(hand.case, hand.procedure, hand.actor, to, hand.now)

    return decide


def _exclude(sent: Sent, _: House) -> Decide:
    def decide(book: Book, hand: InHand) -> Act:
        whom = sent.get("whom", "")
        key = hand.actor.key if whom == "me" else _actor(book, whom).key
        reason = sent.get("reason", "")
        return lifecycle.exclude(hand.case, hand.procedure, hand.actor, key, reason, hand.now)

    return decide


def _link(sent: Sent, _: House) -> Decide:
    def decide(book: Book, hand: InHand) -> Act:
        wanted = sent.get("other", "").strip().upper()[:24]
        try:
            other = look_up(book, wanted, hand.actor, hand.now).case
        except Refused:
            raise Refused(409, "no_such_case") from None
        return lifecycle.join(hand.case, hand.procedure, hand.actor, other.number, hand.now)

    return decide


def _hold(sent: Sent, _: House) -> Decide:
    on, reason = sent.get("on") == "yes", sent.get("reason", "")
    return lambda _, hand: lifecycle.hold(hand.case, hand.procedure, hand.actor, on, reason, hand.now)


def _actor(book: Book, key: str) -> Actor:
    found = find_actor(book, key) if re.fullmatch(ACTOR, key) else None
    if found is None:
        raise Refused(409, "nobody")
    return found


ACTS: dict[str, Build] = {
    "note": _note,
    "ask": _ask,
    "move": _move,
    "assign": _assign,
    "exclude": _exclude,
    "link": _link,
    "hold": _hold,
}
