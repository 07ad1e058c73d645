"""Today: what needs whoever looks at it, what runs out first in front."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request, Response

from core.model.people import OVERSEERS
from core.speech.texts import texts
from desk.pages.cases.rows import Row, rows
from desk.pages.monday.today import Desk, desk_today
from desk.pages.reports.alike import Pair, same_pictures
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor
from storage.book import Book
from storage.cases import Search

SHOWN = 8
AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Pile:
    """Some cases that need somebody, and where all of them are."""

    name: str
    rows: list[Row]
    query: str
    has_more: bool


def today_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/", show_today, methods=["GET"])
    return router


async def show_today(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    now, actor, words = room.house.clock(), visitor.actor, texts(tongue)
    wanted = {
        "due": (Search(actor, due_before=now + AHEAD, limit=SHOWN + 1), "due=1"),
        "answered": (Search(actor, answered=True, limit=SHOWN + 1), "answered=1"),
        "mine": (Search(actor, assigned=actor.key, limit=SHOWN + 1), "mine=1"),
        "unassigned": (Search(actor, unassigned=True, limit=SHOWN + 1), "unassigned=1"),
    }

    def look(book: Book) -> tuple[list[Pile], int, Desk, list[Pair]]:
        piles = []
        for name, (search, query) in wanted.items():
            found = book.cases.find(search)
            shown = rows(book, found[:SHOWN], actor, words, now)
            piles.append(Pile(name, shown, query, len(found) > SHOWN))
        parked = book.outbox.count_parked() if visitor.member.role in OVERSEERS else 0
        pairs = same_pictures(book, visitor.member, now)
        return piles, parked, desk_today(book, visitor.member, now, tongue), pairs

    piles, parked, desk, pairs = await room.house.read(look)
    titles = {pile.name: words.say(f"desk.today.{pile.name}") for pile in piles}
    known = {"piles": piles, "titles": titles, "parked": parked, "desk": desk, "pairs": pairs}
    return page(request, "today.html", visitor, known=known)
