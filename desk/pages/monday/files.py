"""The picture, the workbook and the paper of a week, as they are sent on Mondays."""

from typing import Literal

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from desk import weekly
from desk.pages.monday.address import AreaCode, Monday
from desk.pages.room import TheRoom, TheTongue
from desk.pages.visitor import TheVisitor

Ending = Literal["png", "xlsx", "pdf"]


def week_file_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/monday/{area}/{week}/desk.{ending}", show_file, methods=["GET"])
    return router


async def show_file(
    room: TheRoom,
    visitor: TheVisitor,
    tongue: TheTongue,
    area: AreaCode,
    week: Monday,
    ending: Ending,
    now: str = Query("", max_length=1),
) -> Response:
    house = room.house
    asked = weekly.wanted(area, week, house.clock(), as_it_stands=now == "1")
    digest = await house.read(lambda book: weekly.digest_of(house, book, visitor.member, asked))
    content = await run_in_threadpool(house.draw[ending], digest, tongue)
    named = {"Content-Disposition": f'attachment; filename="{weekly.file_name(digest, ending)}"'}
    return Response(content, 200, named, weekly.KINDS[ending])
