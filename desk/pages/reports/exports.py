"""Reports and cases to take away, within one's own area; who took what is in the audit log.

GET /desk/reports/export.xlsx?form=lhp&area=64.72.05   the reports of one form, through the list's filters
GET /desk/cases/export.csv?closed=1                    the cases, without their words and who brought them
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from core.speech.texts import texts
from desk.api.papers import named
from desk.pages.cases.listing import case_search, known_filters
from desk.pages.filters import filters
from desk.pages.reports.listing import CHOICES, TICKS, search
from desk.pages.reports.shelf import duties, shelf
from desk.pages.room import TheRoom, TheTongue
from desk.pages.visitor import TheVisitor
from desk.refused import unknown
from desk.tables import KINDS, Ending, pieces_of
from storage.book import Book
from storage.exports import NothingToExport, Table, table_of_cases, table_of_reports
from storage.report_list import Wanted


def export_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/reports/export.{ending}", export_reports, methods=["GET"])
    router.add_api_route("/cases/export.{ending}", export_cases, methods=["GET"])
    return router


async def export_reports(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, ending: Ending
) -> Response:
    asked, house = filters(request.query_params, (*CHOICES, *TICKS)), room.house
    form, actor = asked.get("form", ""), visitor.actor

    def job(book: Book) -> Wanted:
        forms = shelf(book, texts(tongue))
        wanted = search(room, actor, asked, forms, duties(book, forms))
        if not any(one.name == form for one in book.forms.versions()):
            raise unknown()
        book.audit.write(actor.key, "report.exported", form, {**asked, "as": ending}, house.clock())
        return wanted

    wanted = await house.write(job)
    try:
        table = await run_in_threadpool(table_of_reports, house.store, form, wanted)
    except NothingToExport:
        raise unknown() from None
    return _download(room, form, ending, table)


async def export_cases(request: Request, room: TheRoom, visitor: TheVisitor, ending: Ending) -> Response:
    asked, house, actor = known_filters(request.query_params), room.house, visitor.actor
    wanted = case_search(room, actor, {name: value for name, value in asked.items() if name != "after"})

    def job(book: Book) -> None:
        kept = {name: value for name, value in asked.items() if name != "q"}
        book.audit.write(actor.key, "case.exported", "cases", {**kept, "as": ending}, house.clock())

    await house.write(job)
    return _download(room, "kasus", ending, table_of_cases(house.store, wanted, house.clock()))


def _download(room: TheRoom, name: str, ending: Ending, table: Table) -> Response:
    day = room.house.local_now.date().isoformat()
    headers = named(f"{name}-{day}.{ending}", "attachment")
    return StreamingResponse(pieces_of(ending, table, room.house.clock()), 200, headers, KINDS[ending])
