"""Papers, evidence and viewing copies as files; who was given what is in the audit log."""

from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from desk.api.dossier import gather_case
from desk.api.papers import VIEWED, begun, find_copy, named
from desk.pages.cases.case import Number
from desk.pages.room import TheRoom
from desk.pages.visitor import TheVisitor
from desk.papers import bundle


def file_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/cases/{number}/papers/{paper}.pdf", print_paper, methods=["GET"])
    router.add_api_route("/cases/{number}/evidence.zip", pack_evidence, methods=["GET"])
    router.add_api_route("/cases/{number}/media/{media}", show_media, methods=["GET"])
    return router


async def print_paper(
    room: TheRoom, visitor: TheVisitor, number: Number, paper: Literal["laporan", "tanda-terima"]
) -> Response:
    """With the identity left open: it is filled in and signed at the office."""
    house = room.house
    dossier = await house.write(
        lambda book: gather_case(book, number, visitor.member, f"paper.{paper}", house.clock())
    )
    content = await run_in_threadpool(dossier.draw, paper)
    return Response(content, 200, named(f"{paper}-{number}.pdf"), "application/pdf")


async def pack_evidence(room: TheRoom, visitor: TheVisitor, number: Number) -> Response:
    """The originals with their hashes, the papers and the history, as one ZIP."""
    house = room.house
    dossier = await house.write(
        lambda book: gather_case(book, number, visitor.member, "bundle.packed", house.clock())
    )
    papers = await run_in_threadpool(dossier.draw_all)
    pieces = bundle(dossier.case, dossier.procedure, dossier.evidence, papers, house.evidence, dossier.now)
    return StreamingResponse(pieces, 200, named(f"bukti-{number}.zip", "attachment"), "application/zip")


async def show_media(room: TheRoom, visitor: TheVisitor, number: Number, media: str) -> Response:
    """The cleaned copy of a picture."""
    house = room.house
    one = await house.read(lambda book: find_copy(book, number, media, visitor.actor, house.clock()))
    pieces = await run_in_threadpool(begun, house, one)
    return StreamingResponse(pieces, 200, named(f"{one.id}.jpg"), VIEWED)
