"""Invitations as cards to print and cut: a name, a post, a QR code, and the code in letters.

The codes are shown this once: the page is the answer to the form, and kept nowhere.
"""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response

from core.model.areas import within
from core.speech.texts import texts
from desk import rostering
from desk.pages.people.qr import Drawn, draw
from desk.pages.people.rows import Row, row_of
from desk.pages.room import PATH, TheRoom, TheTongue, Way
from desk.pages.showing import go, page
from desk.pages.visitor import TheSent, TheVisitor
from desk.refused import unknown
from desk.rostering import Card, area_of
from storage.book import Book
from storage.seats import Seat, Wanted

MOST = 60
"""Cards at once: a handful of sheets."""


@dataclass(frozen=True, slots=True)
class Shown:
    row: Row
    code: str
    until: datetime
    drawn: Drawn


def card_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/people/cards", print_cards, methods=["POST"])
    return router


async def print_cards(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent
) -> Response:
    """For the holder of one post, or for those in an area who have never written."""
    post, area = sent.get("post", ""), sent.get("area", "")
    if not post and not within(area, area_of(visitor.actor)):
        raise unknown()

    def job(book: Book) -> list[Card]:
        seats = _one(book, post) if post else book.seats.find(Wanted(area, silent=True, limit=MOST))
        return rostering.invite(book, visitor.actor, seats, room.house.letters, room.house.clock())

    def _one(book: Book, number: str) -> list[Seat]:
        if not (number.isascii() and number.isdecimal() and len(number) < 16):
            raise unknown()
        return [rostering.look_up(book, visitor.actor, int(number))]

    cards = await room.house.write(job)
    origin = f"/people/posts/{post}" if post else f"/people?area={area}"
    if not cards:
        return go(origin, "no_cards")
    ways = await room.ways()
    words = texts(tongue)
    way = ways[0] if ways else Way("code", "{code}")
    shown = [_shown(card, row_of(card.seat, words), way) for card in cards]
    return page(
        request,
        "people/cards.html",
        visitor,
        cards=shown,
        how=words.say(f"desk_people.cards.how.{way.channel}"),
        has_more=len(cards) == MOST,
        origin=f"{PATH}{origin}",
    )


def _shown(card: Card, row: Row, way: Way) -> Shown:
    bare = card.code.replace("-", "")
    return Shown(row, card.code, card.until, draw(way.address.replace("{code}", bare)))
