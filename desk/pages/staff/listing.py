"""The staff of one's own area, a page at a time, and the form by which somebody is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from core.model.areas import Level
from core.model.cases import Actor
from core.speech.texts import texts
from desk.pages.names import where_is
from desk.pages.room import PATH, Room, TheRoom, the_tongue
from desk.pages.sent import Sent
from desk.pages.showing import page
from desk.pages.visitor import TheOverseer, TheSent, Visitor
from desk.refused import Refused
from desk.staffing import roles_under, take_in
from storage.accounts import LINK_HOURS
from storage.areas import label
from storage.book import Book
from storage.staff import Member
from storage.staff_list import StaffWanted

PAGE = 50
LONGEST = 100
CLEAN: Sent = {}


@dataclass(frozen=True, slots=True)
class Seat:
    member: Member
    place: str


def staff_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/staff", list_staff, methods=["GET"])
    router.add_api_route("/staff", take_somebody_in, methods=["POST"])
    return router


async def list_staff(request: Request, room: TheRoom, visitor: TheOverseer) -> Response:
    return await staff_page(request, room, visitor)


async def take_somebody_in(request: Request, room: TheRoom, sent: TheSent, visitor: TheOverseer) -> Response:
    """The link stands in the answer itself: it can be shown only now."""
    now, actor = room.house.clock(), visitor.actor

    def job(book: Book) -> tuple[Member, str]:
        email, name = sent.get("email", ""), sent.get("name", "")
        return take_in(book, actor, email, name, sent.get("role", ""), sent.get("area", ""), now)

    try:
        member, shown = await room.house.write(job)
    except Refused as refused:
        if refused.status != 409:
            raise
        return await staff_page(request, room, visitor, status=409, problem=refused.code, typed=sent)
    return link_page(request, room, visitor, member, shown)


def link_page(request: Request, room: Room, visitor: Visitor, member: Member, shown: str) -> Response:
    here = room.address or f"{request.url.scheme}://{request.url.netloc}"
    known = {"member": member, "address": f"{here}{PATH}/begin/{shown}", "hours": LINK_HOURS}
    return page(request, "staff/link.html", visitor, known=known)


async def staff_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    *,
    status: int = 200,
    problem: str = "",
    typed: Sent = CLEAN,
) -> Response:
    asked = {
        name: request.query_params.get(name, "").replace("\x00", "")[:LONGEST] for name in ("q", "ended")
    }
    after = request.query_params.get("after", "").replace("\x00", "")[:254]
    actor = visitor.actor
    wanted = StaffWanted(actor.seats[0][1], asked["q"].strip(), bool(asked["ended"]), after, PAGE)

    def look(book: Book) -> Mapping[str, object]:
        found = book.staff_list.find(wanted)
        places = where_is(book, (one.area for one in found))
        kept = {name: value for name, value in asked.items() if value}
        return {
            "seats": [Seat(one, places.get(one.area, "Indonesia")) for one in found],
            "areas": areas_of(book, actor),
            "following": urlencode({**kept, "after": found[-1].email}) if len(found) == PAGE else "",
        }

    known = {"asked": asked, "roles": roles_under(actor), **await room.house.read(look)}
    return page(
        request,
        "staff/list.html",
        visitor,
        status,
        known=known,
        problem=refusal(request, problem),
        typed=Typed(typed),
    )


def refusal(request: Request, why: str) -> str:
    return texts(the_tongue(request)).say(f"desk_staff.refused.{why}") if why else ""


class Typed(dict[str, str]):
    """What was not typed is empty."""

    def __missing__(self, _: str) -> str:
        return ""


def areas_of(book: Book, actor: Actor) -> list[tuple[str, str]]:
    """The areas that a colleague may be given, by code; the centre types the code of a kecamatan."""
    seat = actor.seats[0][1]
    levels = (Level.REGENCY, Level.DISTRICT) if seat else (Level.PROVINCE, Level.REGENCY)
    below = [area for level in levels for area in book.areas.under(seat, level)]
    above = [*book.areas.several([seat]).values()] if seat else []
    named = {one.code: f"{one.code} {label(one)}" for one in [*above, *below]}
    return sorted(named.items())
