"""One system that is told: what reached it lately, and what can be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from core.hooks.event import TEST
from core.speech.texts import Texts, texts
from desk import hooking
from desk.pages.names import where_is
from desk.pages.room import TheRoom, the_tongue
from desk.pages.settings.hooks import kinds_told, secret_page
from desk.pages.showing import go, page
from desk.pages.staff.member import HIGHEST
from desk.pages.visitor import TheOverseer, TheSent
from storage.book import Book
from storage.hook_outbox import HookDelivery

WHYS = frozenset({"timeout", "connection", "private", "restored", "unreadable"})


@dataclass(frozen=True, slots=True)
class Told:
    """One event and how it went."""

    one: HookDelivery
    label: str
    state: str
    why: str

    @property
    def is_done(self) -> bool:
        return self.one.due_at is None


def hook_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/settings/hooks/{number}", show_hook, methods=["GET"])
    for name, act in (("rotate", rotate), ("test", try_out), ("stop", stop), ("again", send_again)):
        router.add_api_route(f"/settings/hooks/{{number}}/{name}", act, methods=["POST"])
    return router


async def show_hook(request: Request, room: TheRoom, visitor: TheOverseer, number: int) -> Response:
    words = texts(the_tongue(request))

    def look(book: Book) -> Mapping[str, object]:
        hook = hooking.look_up(book, visitor.actor, _bound(number))
        owner = book.staff.get(hook.staff_id)
        return {
            "hook": hook,
            "place": where_is(book, [hook.area]).get(hook.area, "Indonesia"),
            "owner": owner,
            "told": [_told(one, words) for one in book.hook_outbox.of(hook.id)],
        }

    known = {"kinds": kinds_told(words), "now": room.house.clock(), **await room.house.read(look)}
    return page(request, "settings/hook.html", visitor, known=known)


async def rotate(request: Request, room: TheRoom, _: TheSent, visitor: TheOverseer, number: int) -> Response:
    """The new secret stands in the answer itself."""
    now = room.house.clock()
    hook, secret = await room.house.write(
        lambda book: hooking.rotate(book, visitor.actor, _bound(number), now)
    )
    return secret_page(request, visitor, hook, secret, texts(the_tongue(request)).say("hooks.old_secret"))


async def try_out(room: TheRoom, _: TheSent, visitor: TheOverseer, number: int) -> Response:
    now = room.house.clock()
    await room.house.write(lambda book: hooking.try_out(book, visitor.actor, _bound(number), now))
    return go(f"/settings/hooks/{number}", "hook_test")


async def stop(room: TheRoom, _: TheSent, visitor: TheOverseer, number: int) -> Response:
    now = room.house.clock()
    await room.house.write(lambda book: hooking.stop(book, visitor.actor, _bound(number), now))
    return go(f"/settings/hooks/{number}", "hook_stop")


async def send_again(room: TheRoom, sent: TheSent, visitor: TheOverseer, number: int) -> Response:
    now, written = room.house.clock(), sent.get("delivery", "")
    row = int(written) if written.isascii() and written.isdecimal() and len(written) < 16 else 0
    await room.house.write(lambda book: hooking.send_again(book, visitor.actor, _bound(number), row, now))
    return go(f"/settings/hooks/{number}", "hook_again")


def _told(one: HookDelivery, words: Texts) -> Told:
    """Not of which case or report: it may not be for whoever looks."""
    label = words.say("hooks.kind.test") if one.kind == TEST else words.say(f"hooks.kind.{one.kind}")
    return Told(one, label, words.say(f"hooks.state.{one.state}"), _why(one, words))


def _why(one: HookDelivery, words: Texts) -> str:
    if one.status:
        return one.answer
    if not one.answer:
        return ""
    return words.say(f"hooks.why.{one.answer if one.answer in WHYS else 'other'}")


def _bound(number: int) -> int:
    """A number that no database has is as unknown as one that is not there."""
    return number if 0 < number < HIGHEST else 0
