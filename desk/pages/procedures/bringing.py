"""A procedure's file brought by an overseer: checked alone, or put in force when nothing is wrong with it."""

from fastapi import APIRouter, Request, Response

from core.speech.texts import texts
from desk.pages.procedures.reading import procedures_page
from desk.pages.procedures.telling import told
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import go
from desk.pages.uploads import TheUpload
from desk.pages.visitor import TheOverseer
from desk.publishing import Checked, check, publish
from desk.refused import Refused
from storage.book import Book

FAULTS = 50
"""More than so many are not read by anybody; how many there are is said."""


def bringing_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/procedures", bring, methods=["POST"])
    return router


async def bring(
    request: Request, room: TheRoom, brought: TheUpload, visitor: TheOverseer, tongue: TheTongue
) -> Response:
    """`act` says whether it is only to be checked."""
    words, is_check = texts(tongue), brought.sent.get("act") != "publish"
    if not brought.name:
        return await procedures_page(request, room, visitor, tongue, status=409, problem="no_file")

    def job(book: Book) -> tuple[Checked, str]:
        checked = check(book, brought.content, brought.name)
        if is_check or checked.problems or checked.procedure is None:
            return checked, ""
        is_new = publish(book, visitor.actor, checked, room.house.clock())
        return checked, "published" if is_new else "published_before"

    try:
        checked, done = await (room.house.read(job) if is_check else room.house.write(job))
    except Refused as refused:
        return await procedures_page(request, room, visitor, tongue, status=409, problem=refused.code)
    if done and checked.procedure:
        return go(f"/procedures/{checked.procedure.name}", done)
    said = [problem.say(words) for problem in checked.problems]
    more = {
        "problems": said[:FAULTS],
        "count": len(said),
        "file": brought.name,
        "checked": told(checked.procedure, words) if checked.procedure else None,
    }
    status = 422 if said else 200
    return await procedures_page(request, room, visitor, tongue, status=status, more=more)
