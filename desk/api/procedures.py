"""The procedures in force, for programs that show what can be done."""

from typing import Annotated

from fastapi import APIRouter, Path

from desk.api.asked import NAME
from desk.api.bearer import Reader
from desk.api.house import TheHouse, TheLanguage
from desk.api.problems import told
from desk.api.shown import Procedures, ProcedureWhole
from desk.api.views import procedure_line, procedure_whole
from desk.refused import unknown
from storage.book import Book


def procedure_routes() -> APIRouter:
    router = APIRouter(tags=["procedures"])
    router.add_api_route("/procedures", list_procedures, methods=["GET"], responses=told(401, 403, 429))
    router.add_api_route(
        "/procedures/{name}", show_procedure, methods=["GET"], responses=told(401, 403, 404, 429)
    )
    return router


async def list_procedures(house: TheHouse, held: Reader, language: TheLanguage) -> Procedures:
    """The procedures that new cases follow."""

    def job(book: Book) -> Procedures:
        names = sorted({one.name for one in book.procedures.versions()})
        current = [procedure for name in names if (procedure := book.procedures.current(name))]
        return Procedures(procedures=[procedure_line(procedure, language) for procedure in current])

    return await house.read(job)


async def show_procedure(
    house: TheHouse,
    held: Reader,
    language: TheLanguage,
    name: Annotated[str, Path(pattern=NAME, examples=["laporan"])],
) -> ProcedureWhole:
    """Its states, the moves between them, its clocks."""

    def job(book: Book) -> ProcedureWhole:
        procedure = book.procedures.current(name)
        if procedure is None:
            raise unknown()
        return procedure_whole(procedure, language)

    return await house.read(job)
