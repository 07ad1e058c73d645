"""One of the staff: who they are, what they may be given, and everything that ends."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request, Response

from core.speech.texts import texts
from desk import staffing
from desk.pages.room import Room, TheRoom, the_tongue
from desk.pages.sent import Sent
from desk.pages.showing import go, page
from desk.pages.staff.listing import CLEAN, Typed, areas_of, link_page, refusal
from desk.pages.visitor import TheOverseer, TheSent, Visitor
from desk.refused import Refused
from storage.book import Book
from storage.staff import Member
from storage.tokens import LONGEST_DAYS, SCOPES

HIGHEST = 2**31


def member_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/staff/{whom}", show_member, methods=["GET"])
    for name, act in (("invite", invite), ("change", change), ("end", end), ("tokens", make_token)):
        router.add_api_route(f"/staff/{{whom}}/{name}", act, methods=["POST"])
    router.add_api_route("/staff/{whom}/tokens/{token}/revoke", revoke_token, methods=["POST"])
    return router


async def show_member(request: Request, room: TheRoom, visitor: TheOverseer, whom: int) -> Response:
    return await member_page(request, room, visitor, whom)


async def invite(request: Request, room: TheRoom, _: TheSent, visitor: TheOverseer, whom: int) -> Response:
    def job(book: Book) -> tuple[Member, str]:
        shown = staffing.invite(book, visitor.actor, _bound(whom), room.house.clock())
        return staffing.look_up(book, visitor.actor, whom), shown

    return await _linked(request, room, visitor, whom, CLEAN, job)


async def change(request: Request, room: TheRoom, sent: TheSent, visitor: TheOverseer, whom: int) -> Response:
    def job(book: Book) -> tuple[Member, str]:
        role, area = sent.get("role", ""), sent.get("area", "")
        return staffing.change(book, visitor.actor, _bound(whom), role, area, room.house.clock())

    return await _linked(request, room, visitor, whom, sent, job)


async def end(request: Request, room: TheRoom, _: TheSent, visitor: TheOverseer, whom: int) -> Response:
    now = room.house.clock()
    try:
        await room.house.write(lambda book: staffing.end(book, visitor.actor, _bound(whom), now))
    except Refused as refused:
        return await _again(request, room, visitor, whom, CLEAN, refused)
    return go(f"/staff/{whom}", "staff_ended")


async def make_token(
    request: Request, room: TheRoom, sent: TheSent, visitor: TheOverseer, whom: int
) -> Response:
    """The token stands in the answer itself: it can be shown only now."""
    written = sent.get("days", "")
    days = int(written) if written.isascii() and written.isdecimal() and len(written) < 5 else 0
    scopes = [scope for scope in SCOPES if sent.get(scope)]
    label = sent.get("label", "")

    def job(book: Book) -> tuple[Member, str]:
        now, member = room.house.clock(), staffing.look_up(book, visitor.actor, _bound(whom))
        return member, staffing.make_token(book, visitor.actor, whom, scopes, days, label, now)

    try:
        member, shown = await room.house.write(job)
    except Refused as refused:
        return await _again(request, room, visitor, whom, sent, refused)
    known = {"member": member, "token": shown, "scopes": scopes, "days": days}
    return page(request, "staff/token.html", visitor, known=known)


async def revoke_token(room: TheRoom, _: TheSent, visitor: TheOverseer, whom: int, token: int) -> Response:
    now = room.house.clock()
    await room.house.write(
        lambda book: staffing.revoke_token(book, visitor.actor, _bound(whom), _bound(token), now)
    )
    return go(f"/staff/{whom}", "token")


async def member_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    whom: int,
    *,
    status: int = 200,
    problem: str = "",
    typed: Sent = CLEAN,
) -> Response:
    """Also after an act that was refused: with the reason, and with what they had typed."""
    now, actor, words = room.house.clock(), visitor.actor, texts(the_tongue(request))

    def look(book: Book) -> Mapping[str, object]:
        member = staffing.look_up(book, actor, _bound(whom))
        tokens = book.tokens.of(member.id)
        return {
            "member": member,
            "place": ", ".join(book.areas.chain(member.area)) or "Indonesia",
            "has_account": book.accounts.of(member.id) is not None,
            "visits": book.visits.of(member.id, now),
            "tokens": [one for one in reversed(tokens) if one.revoked_at is None and one.expires_at > now],
            "is_self": member.actor.key == actor.key,
            "areas": areas_of(book, actor),
        }

    known = {
        "roles": staffing.roles_under(actor),
        "scopes": [(one, words.say(f"desk_staff.scope.{one.replace(':', '_')}")) for one in SCOPES],
        "most_days": LONGEST_DAYS,
        **await room.house.read(look),
    }
    return page(
        request,
        "staff/member.html",
        visitor,
        status,
        known=known,
        problem=refusal(request, problem),
        typed=Typed(typed),
    )


async def _linked(
    request: Request,
    room: Room,
    visitor: Visitor,
    whom: int,
    sent: Sent,
    job: Callable[[Book], tuple[Member, str]],
) -> Response:
    try:
        member, shown = await room.house.write(job)
    except Refused as refused:
        return await _again(request, room, visitor, whom, sent, refused)
    return link_page(request, room, visitor, member, shown)


async def _again(
    request: Request, room: Room, visitor: Visitor, whom: int, sent: Sent, refused: Refused
) -> Response:
    if refused.status != 409:
        raise refused
    return await member_page(request, room, visitor, whom, status=409, problem=refused.code, typed=sent)


def _bound(number: int) -> int:
    """A number that no database has is as unknown as one that is not there."""
    return number if 0 < number < HIGHEST else 0
