"""The published forms with their versions, a version's sheet, and what changed between two of them.

GET /desk/forms/sheet?name=lhp&version=2      GET /desk/forms/compare?name=lhp&from=1&to=2
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from core.forms.comparing import compare
from core.forms.form import Form
from core.forms.written import from_json
from core.model.people import OVERSEERS
from desk.pages.forms.sheets import sheets
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.uploads import FORM_LIMIT, MEGABYTE
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import unknown
from desk.workbook import as_kind, kind_of_source
from storage.book import Book
from storage.drafts import DraftKind
from storage.forms import FormVersion

LONGEST = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Listed:
    """A form: the version in use, and those before it, the latest in front."""

    newest: FormVersion
    older: tuple[FormVersion, ...]


def form_list_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/forms", list_forms, methods=["GET"])
    router.add_api_route("/forms/sheet", show_sheet, methods=["GET"])
    router.add_api_route("/forms/compare", show_comparison, methods=["GET"])
    router.add_api_route("/forms/file", give_file, methods=["GET"])
    return router


async def list_forms(request: Request, room: TheRoom, visitor: TheVisitor) -> Response:
    return await form_list(request, room, visitor)


async def show_sheet(
    request: Request, room: TheRoom, visitor: TheVisitor, name: str = "", version: str = ""
) -> Response:
    def look(book: Book) -> Mapping[str, object]:
        known = next((one for one in listed(book) if one.newest.name == name), None)
        versions = (known.newest, *known.older) if known else ()
        this = next((one for one in versions if one.version == version), None)
        if this is None:
            raise unknown()
        return {"this": this, "versions": versions, "source": book.forms.source(name, version)}

    known = await room.house.read(look)
    source = known["source"]
    assert isinstance(source, bytes)
    tables = await run_in_threadpool(sheets, source, kind_of_source(source))
    return page(request, "forms/sheet.html", visitor, known=known, sheets=tables)


async def show_comparison(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue
) -> Response:
    name, before, after = (request.query_params.get(one, "")[:LONGEST] for one in ("name", "from", "to"))

    def load(book: Book) -> tuple[Form, Form]:
        return loaded(book, name, before), loaded(book, name, after)

    old, new = await room.house.read(load)
    return page(
        request,
        "forms/compare.html",
        visitor,
        old=old,
        new=new,
        found=compare(old, new),
        label=lambda words: new.words(words, tongue),
    )


async def form_list(
    request: Request, room: Room, visitor: Visitor, status: int = 200, problem: str = ""
) -> Response:
    """Also after a file that was none, with why."""
    now, whose = room.house.clock(), visitor.member.id

    def look(book: Book) -> Mapping[str, object]:
        return {
            "forms": listed(book),
            "drafts": book.drafts.of(DraftKind.FORM, whose, now),
            "is_author": is_author(visitor),
            "most": FORM_LIMIT // MEGABYTE,
        }

    known = await room.house.read(look)
    return page(request, "forms/list.html", visitor, status, known, problem=problem)


async def give_file(
    room: TheRoom, visitor: TheVisitor, name: str = "", version: str = "", kind: str = ""
) -> Response:
    """As it was published; as an Excel file where that is asked for."""

    def look(book: Book) -> bytes:
        try:
            return book.forms.source(name, version)
        except KeyError:
            raise unknown() from None

    source = await room.house.read(look)
    ending = "xlsx" if kind == "xlsx" else kind_of_source(source)
    content = await run_in_threadpool(as_kind, source, ending)
    if content is None:
        raise unknown()
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, 200, headers, XLSX if ending == "xlsx" else "application/octet-stream")


def listed(book: Book) -> list[Listed]:
    """By their names."""
    every = sorted(book.forms.versions(), key=attrgetter("name"))  # stable: the oldest stays first
    found = []
    for _, group in groupby(every, key=attrgetter("name")):
        *older, last = group
        found.append(Listed(last, tuple(reversed(older))))
    return found


def loaded(book: Book, name: str, version: str) -> Form:
    try:
        return from_json(book.forms.load(name, version))
    except KeyError:
        raise unknown() from None


def is_author(visitor: Visitor) -> bool:
    """May they bring forms and publish them?"""
    return visitor.member.role in OVERSEERS
