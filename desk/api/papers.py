"""Papers and evidence as files: PDFs to be printed and signed, viewing copies, the evidence bundle.

Who was given what is in the audit log before the first byte leaves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from core.forms.plan import Plan
from core.forms.written import from_json
from core.model.areas import within
from core.model.cases import Actor
from desk.api.acting import InHand, look_up
from desk.api.bearer import Printer, Reader
from desk.api.cases import Number
from desk.api.house import House, TheHouse
from desk.api.problems import Refused, told, unknown
from desk.papers.bundle import bundle
from desk.papers.drawing import draw_formulir_a, draw_laporan, draw_tanda_terima, draw_timeline
from desk.papers.printing import Picture
from storage.areas import label
from storage.book import Book
from storage.evidence import Damaged
from storage.keys import SealBroken
from storage.media import Media
from storage.tokens import Held

Paper = Literal["laporan", "tanda-terima"]
DRAWN = {"laporan": draw_laporan, "tanda-terima": draw_tanda_terima}
LOST = (Damaged, SealBroken, OSError)
REPORT = r"^P-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$"
MEDIA_ID = r"^[0-9a-z]{8,40}$"
VIEWED = "image/jpeg"
"""What a viewing copy is, whatever the original was."""
MOST_PICTURES = 12


def paper_routes() -> APIRouter:
    router = APIRouter(tags=["papers"])
    refusing = (401, 403, 404, 429)

    def add(path: str, do: object, kind: str) -> None:
        file = {200: {"description": "The file.", "content": {kind: {"schema": BINARY}}}}
        router.add_api_route(
            path, do, methods=["GET"], response_class=Response, responses=told(*refusing) | file  # type: ignore[arg-type]
        )

    add("/cases/{number}/papers/{paper}.pdf", print_paper, "application/pdf")
    add("/reports/{number}/formulir-a.pdf", print_formulir_a, "application/pdf")
    add("/cases/{number}/evidence.zip", pack_evidence, "application/zip")
    add("/cases/{number}/media/{media}", show_media, VIEWED)
    return router


BINARY = {"type": "string", "format": "binary"}


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that papers of a case are drawn from."""

    hand: InHand
    plan: Plan | None
    evidence: tuple[Media, ...]
    office: str
    receiver: str

    def draw(self, paper: str) -> bytes:
        """Who brought it stays sealed: its place on the paper is left to be filled by hand."""
        hand = self.hand
        return DRAWN[paper](
            hand.case,
            hand.procedure,
            self.plan,
            None,
            self.evidence,
            hand.now,
            office=self.office,
            receiver=self.receiver,
        )


async def print_paper(house: TheHouse, held: Printer, number: Number, paper: Paper) -> Response:
    """The form or the receipt, with the identity left open: it is filled in and signed at the office."""
    dossier = await house.write(lambda book: _dossier(book, house, held, number, f"paper.{paper}"))
    content = await run_in_threadpool(dossier.draw, paper)
    return _file(content, "application/pdf", f"{paper}-{number}.pdf")


async def pack_evidence(house: TheHouse, held: Printer, number: Number) -> StreamingResponse:
    """The originals with their hashes, a manifest, the papers and the history, as one ZIP."""
    dossier = await house.write(lambda book: _dossier(book, house, held, number, "evidence.packed"))
    papers = await run_in_threadpool(_papers, dossier)
    hand = dossier.hand
    pieces = bundle(hand.case, hand.procedure, dossier.evidence, papers, house.evidence, hand.now)
    return StreamingResponse(
        pieces, media_type="application/zip", headers=_named(f"bukti-{number}.zip", "attachment")
    )


async def show_media(
    house: TheHouse,
    held: Reader,
    number: Number,
    media: Annotated[str, Path(pattern=MEDIA_ID, examples=["5f0c2a9be1d34c77"])],
) -> StreamingResponse:
    """The cleaned copy of a picture; the original is in the evidence bundle."""
    actor = held.member.actor

    def find(book: Book) -> Media:
        look_up(book, number, actor, house.clock())
        one = next((one for one in book.media.of_case(number) if one.id == media), None)
        if one is None:
            raise unknown()
        if one.state != "kept" or not one.view_path:
            raise Refused(404, "no_copy")
        return one

    one = await house.read(find)
    pieces = await run_in_threadpool(_begun, house, one)
    return StreamingResponse(pieces, media_type=VIEWED, headers=_named(f"{media}.jpg", "inline"))


async def print_formulir_a(
    house: TheHouse,
    held: Printer,
    number: Annotated[str, Path(pattern=REPORT, examples=["P-7K2-M9Q"])],
) -> Response:
    """Formulir A of a supervisor's report from the caller's area, as it stands after its corrections."""
    actor = held.member.actor

    def draw(book: Book) -> bytes:
        report, area = book.reports.get(number), book.reports.area_of(number)
        if report is None or not _covers(actor, area):
            raise unknown()
        evidence = book.media.of_report(number)
        book.audit.write(actor.key, "paper.formulir-a", number, {}, house.clock())
        person = book.people.get(report.person)
        return draw_formulir_a(
            report,
            plan_of(book, report.form, report.version),
            supervisor_of(book, person, report.post),
            evidence,
            house.clock(),
            area=area,
            pictures=tuple(_pictures(house, evidence)),
        )

    return _file(await house.write(draw), "application/pdf", f"formulir-a-{number}.pdf")
