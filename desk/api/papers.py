"""Papers and evidence as files: PDFs to be printed and signed, viewing copies, the evidence bundle.

Who was given what is in the audit log before the first byte leaves.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from core.model.cases import Actor
from desk.acting import look_up
from desk.api.bearer import Printer, Reader
from desk.api.cases import Number
from desk.api.dossier import gather_case, gather_report
from desk.api.evidence import evidence_of
from desk.api.house import House, TheHouse
from desk.api.problems import told
from desk.papers import bundle
from desk.refused import Refused, unknown
from storage.book import Book
from storage.evidence import Damaged
from storage.keys import SealBroken
from storage.media import Media
from storage.vaults.vault import Away

LOST = (Damaged, SealBroken, OSError)
REPORT = r"^P-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$"
MEDIA_ID = r"^[0-9a-z]{8,40}$"
VIEWED = "image/jpeg"
"""What a viewing copy is, whatever the original was."""
BINARY = {"type": "string", "format": "binary"}

ReportNumber = Annotated[str, Path(pattern=REPORT, examples=["P-7K2-M9Q"])]
MediaNumber = Annotated[str, Path(pattern=MEDIA_ID, examples=["5f0c2a9be1d34c77"])]


def paper_routes() -> APIRouter:
    router = APIRouter(tags=["papers"])

    def add(path: str, do: Callable[..., object], kind: str) -> None:
        answers = told(401, 403, 404, 429)
        answers[200] = {"description": "The file.", "content": {kind: {"schema": BINARY}}}
        router.add_api_route(path, do, methods=["GET"], response_class=Response, responses=answers)

    add("/cases/{number}/papers/{paper}.pdf", print_paper, "application/pdf")
    add("/reports/{number}/formulir-a.pdf", print_formulir_a, "application/pdf")
    add("/cases/{number}/evidence.zip", pack_evidence, "application/zip")
    add("/cases/{number}/media/{media}", show_media, VIEWED)
    return router


async def print_paper(
    house: TheHouse, held: Printer, number: Number, paper: Literal["laporan", "tanda-terima"]
) -> Response:
    """The form or the receipt, with the identity left open: it is filled in and signed at the office."""
    dossier = await house.write(
        lambda book: gather_case(book, number, held.member, f"paper.{paper}", house.clock())
    )
    content = await run_in_threadpool(dossier.draw, paper)
    return Response(content, 200, named(f"{paper}-{number}.pdf"), "application/pdf")


async def print_formulir_a(house: TheHouse, held: Printer, number: ReportNumber) -> Response:
    """Formulir A of a supervisor's report from the caller's area, as it stands after its corrections."""
    actor = held.member.actor
    dossier = await house.write(
        lambda book: gather_report(book, number, actor, "paper.formulir-a", house.clock())
    )
    content = await run_in_threadpool(dossier.draw, house.evidence)
    return Response(content, 200, named(f"formulir-a-{number}.pdf"), "application/pdf")


async def pack_evidence(house: TheHouse, held: Printer, number: Number) -> Response:
    """The originals with their hashes, a manifest, the papers and the history, as one ZIP."""
    dossier = await house.write(
        lambda book: gather_case(book, number, held.member, "bundle.packed", house.clock())
    )
    papers = await run_in_threadpool(dossier.draw_all)
    pieces = bundle(dossier.case, dossier.procedure, dossier.evidence, papers, house.evidence, dossier.now)
    headers = named(f"bukti-{number}.zip", "attachment")
    return StreamingResponse(pieces, 200, headers, "application/zip")


async def show_media(house: TheHouse, held: Reader, number: Number, media: MediaNumber) -> Response:
    """The cleaned copy of a picture; the original is in the evidence bundle."""
    actor, now = held.member.actor, house.clock()
    one = await house.read(lambda book: find_copy(book, number, media, actor, now))
    pieces = await run_in_threadpool(begun, house, one)
    return StreamingResponse(pieces, 200, named(f"{media}.jpg"), VIEWED)


def find_copy(book: Book, number: str, media: str, actor: Actor, now: datetime) -> Media:
    """A picture of that case with a copy to view; Refused where there is none for them."""
    case = look_up(book, number, actor, now).case
    one = next((one for one in evidence_of(book, case) if one.id == media), None)
    if one is None:
        raise unknown()
    if one.state != "kept" or not one.view_path:
        raise Refused(404, "no_copy")
    return one


def begun(house: House, one: Media) -> Iterator[bytes]:
    """The first piece is read before anything is answered: what does not open is told so."""
    pieces = house.evidence.open(one.id, one.view_path, one.data_key)
    try:
        return chain([next(pieces)], pieces)
    except Away:
        raise Refused(503, "away", wait=30) from None
    except LOST:
        raise Refused(404, "damaged") from None


def named(name: str, shown: Literal["inline", "attachment"] = "inline") -> dict[str, str]:
    return {"Content-Disposition": f'{shown}; filename="{name}"'}
