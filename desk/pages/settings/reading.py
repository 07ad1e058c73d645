"""How LaporDesk is set up and how it stands: for those who oversee, without any secret."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from core.speech.texts import Texts, texts
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheOverseer
from storage.custodians import Custodian

WORST_FIRST = ("broken", "look", "fine")


def settings_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/settings", show_settings, methods=["GET"])
    return router


async def show_settings(request: Request, room: TheRoom, visitor: TheOverseer, tongue: TheTongue) -> Response:
    words = texts(tongue)
    standing = await run_in_threadpool(room.standing, tongue)
    custodians, can_seal = await room.house.read(
        lambda book: (book.custodians.every(), book.custodians.can_seal())
    )
    findings = sorted(standing.findings, key=lambda one: WORST_FIRST.index(one.state))
    known = {
        "standing": standing,
        "findings": [
            (one.state, words.say(f"desk_settings.state.{one.state}"), one.said) for one in findings
        ],
        "meanings": {one.name: words.say(f"desk_settings.of.{one.key}") for one in standing.settings},
        "troubles": sum(one.state != "fine" for one in findings),
        "custodians": [(one.name, _kind(one, words), one.retired_at or one.made_at) for one in custodians],
        "can_seal": can_seal,
    }
    return page(request, "settings/page.html", visitor, known=known)


def _kind(one: Custodian, words: Texts) -> str:
    kind = "retired" if one.retired_at else one.kind
    return words.say(f"desk_settings.kind.{kind}")
