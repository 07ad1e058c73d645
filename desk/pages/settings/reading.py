"""How LaporDesk is set up and how it stands: for those who oversee, without any secret."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheOverseer


def settings_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/settings", show_settings, methods=["GET"])
    return router


async def show_settings(request: Request, room: TheRoom, visitor: TheOverseer, tongue: TheTongue) -> Response:
    standing = await run_in_threadpool(room.standing, tongue)
    custodians, can_seal = await room.house.read(
        lambda book: (book.custodians.every(), book.custodians.can_seal())
    )
    known = {
        "standing": standing,
        "troubles": sum(one.state != "fine" for one in standing.findings),
        "custodians": [(one.name, one.kind, one.made_at, one.retired_at) for one in custodians],
        "can_seal": can_seal,
    }
    return page(request, "settings/page.html", visitor, known=known)
