"""One's own account: who one is here, where one is signed in, and how to end that."""

from fastapi import APIRouter, Request, Response

from desk.pages.room import Room, TheRoom
from desk.pages.showing import go, page
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.refused import unknown
from storage.book import Book
from storage.visits import Visit


def account_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/account", show_account, methods=["GET"])
    router.add_api_route("/account/visits/{number}/end", end_visit, methods=["POST"])
    return router


async def show_account(request: Request, room: TheRoom, visitor: TheVisitor) -> Response:
    return await account_page(request, room, visitor)


async def account_page(
    request: Request, room: Room, visitor: Visitor, *, status: int = 200, problem: str = ""
) -> Response:
    now, whom = room.house.clock(), visitor.member.id

    def look(book: Book) -> tuple[list[Visit], int, bool, str, str]:
        account = book.accounts.of(whom)
        place = ", ".join(book.areas.chain(visitor.member.area)) or "Indonesia"
        has_step = account is not None and account.secret is not None
        person = book.people.get(book.entrances.person_of(whom) or 0)
        chat = person.name if person else ""
        return book.visits.of(whom, now), book.accounts.codes_left(whom), has_step, place, chat

    visits, codes, has_step, place, chat = await room.house.read(look)
    values = {"visits": visits, "codes": codes, "has_step": has_step, "place": place, "chat": chat}
    return page(request, "door/account.html", visitor, status, known=values, problem=problem)


async def end_visit(room: TheRoom, visitor: TheVisitor, _: TheSent, number: int) -> Response:
    now = room.house.clock()

    def job(book: Book) -> None:
        if not book.visits.end(number, visitor.member.id, now):
            raise unknown()
        key = visitor.actor.key
        book.audit.write(key, "visit.ended", key, {"visit": str(number)}, now)

    await room.house.write(job)
    return go("/account", "visit")
