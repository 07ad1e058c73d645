"""The procedures as all of the staff read them: what is in force, and every version before."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from core.cases.acts import in_language
from core.model.people import OVERSEERS
from core.speech.texts import Texts, texts
from desk.pages.procedures.telling import told
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import unknown
from storage.book import Book
from storage.procedures import ProcedureVersion

NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class InForce:
    title: str
    law: str
    version: ProcedureVersion
    older: int


def procedure_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/procedures", list_procedures, methods=["GET"])
    router.add_api_route("/procedures/{name}", show_procedure, methods=["GET"])
    router.add_api_route("/procedures/{name}/file.toml", give_file, methods=["GET"])
    return router


async def list_procedures(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue
) -> Response:
    return await procedures_page(request, room, visitor, tongue)


async def procedures_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    *,
    status: int = 200,
    problem: str = "",
    more: Mapping[str, object] = NOTHING,
) -> Response:
    """Also after a file was brought: with everything that is wrong with it."""
    in_force = await room.house.read(lambda book: _in_force(book, texts(tongue)))
    known = {
        "in_force": in_force,
        "may_publish": visitor.member.role in OVERSEERS,
        "checked": None,
        "problems": (),
        **more,
    }
    said = texts(tongue).say(f"desk_procedures.refused.{problem}") if problem else ""
    return page(request, "procedures/list.html", visitor, status, known=known, problem=said)


async def show_procedure(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, name: str, version: str = ""
) -> Response:
    def look(book: Book) -> Mapping[str, object]:
        versions = _versions(book, name)
        wanted = version or (versions[0].version if versions else "")
        procedure = book.procedures.get(name, wanted)
        if procedure is None:
            raise unknown()
        shown = next(one for one in versions if one.version == wanted)
        return {
            "procedure": told(procedure, texts(tongue)),
            "law": law_in_words(procedure.law, texts(tongue)),
            "version": shown,
            "versions": versions,
            "is_in_force": shown is versions[0],
        }

    return page(request, "procedures/one.html", visitor, known=await room.house.read(look), name=name)


async def give_file(room: TheRoom, _: TheVisitor, name: str, version: str = "") -> Response:
    """As it was published, to be changed and brought back."""

    def look(book: Book) -> str:
        versions = _versions(book, name)
        source = book.procedures.source(name, version or (versions[0].version if versions else ""))
        if source is None:
            raise unknown()
        return source

    source = await room.house.read(look)
    told_name = f'attachment; filename="{name}.toml"'
    return Response(source, 200, {"Content-Disposition": told_name}, "application/toml")


def law_in_words(law: str, words: Texts) -> str:
    return words.say(f"desk_procedures.law.{law}")


def _versions(book: Book, name: str) -> list[ProcedureVersion]:
    """The one in force first."""
    return [one for one in reversed(book.procedures.versions()) if one.name == name]


def _in_force(book: Book, words: Texts) -> list[InForce]:
    names = sorted({one.name for one in book.procedures.versions()})
    found = []
    for name in names:
        versions, current = _versions(book, name), book.procedures.current(name)
        if current:
            title = in_language(current.title, words.language)
            found.append(InForce(title, law_in_words(current.law, words), versions[0], len(versions) - 1))
    return found
