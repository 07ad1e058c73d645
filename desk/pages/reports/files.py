"""Formulir A and the viewing copies of a report's pictures; who was given a paper is in the audit log."""

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from desk.api.dossier import gather_report
from desk.api.papers import VIEWED, begun, named
from desk.pages.reports.report import ReportNumber
from desk.pages.room import TheRoom
from desk.pages.visitor import TheVisitor
from desk.refused import Refused, unknown
from desk.reporting import look_up_report
from storage.book import Book
from storage.media import Media


def report_file_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/reports/{number}/formulir-a.pdf", print_formulir_a, methods=["GET"])
    router.add_api_route("/reports/{number}/media/{media}", show_media, methods=["GET"])
    return router


async def print_formulir_a(room: TheRoom, visitor: TheVisitor, number: ReportNumber) -> Response:
    house, actor = room.house, visitor.actor
    dossier = await house.write(
        lambda book: gather_report(book, number, actor, "paper.formulir-a", house.clock())
    )
    content = await run_in_threadpool(dossier.draw, house.evidence)
    return Response(content, 200, named(f"formulir-a-{number}.pdf"), "application/pdf")


async def show_media(room: TheRoom, visitor: TheVisitor, number: ReportNumber, media: str) -> Response:
    """The cleaned copy of a picture."""
    house, actor = room.house, visitor.actor

    def look(book: Book) -> Media:
        look_up_report(book, number, actor)
        one = next((one for one in book.media.of_report(number) if one.id == media), None)
        if one is None:
            raise unknown()
        if one.state != "kept" or not one.view_path:
            raise Refused(404, "no_copy")
        return one

    one = await house.read(look)
    pieces = await run_in_threadpool(begun, house, one)
    return StreamingResponse(pieces, 200, named(f"{one.id}.jpg"), VIEWED)
