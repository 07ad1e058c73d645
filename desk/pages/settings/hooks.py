"""Other systems that are told what happens here: which there are, and the form by which one is added."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from core.hooks.event import KINDS
from core.speech.texts import Texts, texts
from desk import hooking
from desk.pages.names import where_is
from desk.pages.room import Room, TheRoom, the_tongue
from desk.pages.sent import Sent
from desk.pages.showing import page
from desk.pages.staff.listing import CLEAN, Typed, areas_of
from desk.pages.visitor import TheOverseer, TheSent, Visitor
from desk.refused import Refused
from storage.book import Book
from storage.hook_addresses import is_at_home
from storage.hooks import Hook


def hook_list_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/settings/hooks", list_hooks, methods=["GET"])
    router.add_api_route("/settings/hooks", add_hook, methods=["POST"])
    return router


async def list_hooks(request: Request, room: TheRoom, visitor: TheOverseer) -> Response:
    return await hooks_page(request, room, visitor)


async def add_hook(request: Request, room: TheRoom, sent: TheSent, visitor: TheOverseer) -> Response:
    """The secret stands in the answer itself: it can be shown only now."""
    kinds = [kind for kind in KINDS if sent.get(kind)]
    area, address = sent.get("area", ""), sent.get("address", "")

    def job(book: Book) -> tuple[Hook, str]:
        now, is_local = room.house.clock(), is_at_home(room.address)
        return hooking.add(book, visitor.actor, area, address, kinds, now, is_local=is_local)

    try:
        hook, secret = await room.house.write(job)
    except Refused as refused:
        if refused.status != 409:
            raise
        return await hooks_page(request, room, visitor, status=409, problem=refused.code, typed=sent)
    return secret_page(request, visitor, hook, secret)


def secret_page(request: Request, visitor: Visitor, hook: Hook, secret: str, before: str = "") -> Response:
    known = {"hook": hook, "secret": secret, "before": before}
    return page(request, "settings/hook_secret.html", visitor, known=known)


async def hooks_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    *,
    status: int = 200,
    problem: str = "",
    typed: Sent = CLEAN,
) -> Response:
    actor, words = visitor.actor, texts(the_tongue(request))

    def look(book: Book) -> Mapping[str, object]:
        hooks = book.hooks.under(visitor.member.area)
        places = where_is(book, (one.area for one in hooks))
        return {
            "hooks": [(one, places.get(one.area, "Indonesia")) for one in hooks],
            "areas": areas_of(book, actor),
        }

    known = {
        "kinds": kinds_told(words),
        "seat": visitor.member.area,
        "is_first": typed is CLEAN,
        **await room.house.read(look),
    }
    return page(
        request,
        "settings/hooks.html",
        visitor,
        status,
        known=known,
        problem=words.say(f"hooks.refused.{problem}") if problem else "",
        typed=Typed(typed),
    )


def kinds_told(words: Texts) -> Mapping[str, str]:
    return {kind: words.say(f"hooks.kind.{kind}") for kind in KINDS}
