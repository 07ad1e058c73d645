"""A form that an author brings: checked at once, shown beside its problems, published when it has none.

POST /desk/forms/check   file   →  303 /desk/forms/drafts/5F0C2A9BE1D3   →  POST …/publish
"""

from collections.abc import Mapping
from pathlib import PurePath

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from core.forms.comparing import Comparison, compare
from core.forms.form import Form
from core.speech.texts import texts
from desk import forming
from desk.forming import Checked
from desk.pages.drafts import ending_of, whole_draft
from desk.pages.forms.listing import form_list, is_author, loaded
from desk.pages.forms.sheets import sheets, told
from desk.pages.keys import KEY_LENGTH, Key
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import go, page
from desk.pages.uploads import TheUpload
from desk.pages.visitor import TheOverseer, TheSent, TheVisitor, Visitor
from desk.refused import unknown
from desk.workbook import kind_of_source
from storage.book import Book
from storage.drafts import DraftKind
from storage.forms import AlreadyPublished

KINDS = ("xlsx", "xls", "md", "csv")


def draft_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/forms/check", bring_form, methods=["POST"])
    router.add_api_route("/forms/try", try_published, methods=["POST"])
    router.add_api_route("/forms/drafts/{key}", show_draft, methods=["GET"])
    router.add_api_route("/forms/drafts/{key}/publish", publish_draft, methods=["POST"])
    router.add_api_route("/forms/drafts/{key}/drop", drop_draft, methods=["POST"])
    return router


async def bring_form(
    request: Request, room: TheRoom, tongue: TheTongue, brought: TheUpload, visitor: TheOverseer
) -> Response:
    if not brought.content or brought.kind not in KINDS:
        why = texts(tongue).say("desk_forms.kind" if brought.content else "desk_forms.empty")
        return await form_list(request, room, visitor, 409, why)
    instead = brought.sent.get("instead", "")
    key = await _keep(room, visitor, brought.name, brought.content, brought.kind, instead)
    return go(f"/forms/drafts/{key}")


async def try_published(room: TheRoom, visitor: TheVisitor, sent: TheSent) -> Response:
    """A published version is tried as a draft of their own is."""
    name, version = sent.get("name", ""), sent.get("version", "")

    def look(book: Book) -> bytes:
        loaded(book, name, version)
        return book.forms.source(name, version)

    source = await room.house.read(look)
    kind = kind_of_source(source)
    key = await _keep(room, visitor, f"{name}.{kind}", source, kind)
    return go(f"/forms/drafts/{key}/try")


async def show_draft(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, key: Key
) -> Response:
    return await _draft_page(request, room, visitor, tongue, key)


async def publish_draft(
    request: Request, room: TheRoom, tongue: TheTongue, _: TheSent, key: Key, visitor: TheOverseer
) -> Response:
    whole = await whole_draft(room, visitor, DraftKind.FORM, key)
    form = Checked.read(whole.told).form
    if form is None:
        raise unknown()

    def job(book: Book) -> None:
        now, language = room.house.clock(), room.house.language
        forming.publish(book, form, whole.content, language, now, visitor.actor)
        book.drafts.drop(key, visitor.member.id)

    try:
        await room.house.write(job)
    except AlreadyPublished:
        why = texts(tongue).say("desk_forms.taken", name=form.name, version=form.version)
        return await _draft_page(request, room, visitor, tongue, key, 409, why)
    return go("/forms", "form_published")


async def drop_draft(room: TheRoom, visitor: TheVisitor, _: TheSent, key: Key) -> Response:
    await whole_draft(room, visitor, DraftKind.FORM, key)
    await room.house.write(lambda book: book.drafts.drop(key, visitor.member.id))
    return go("/forms", "draft_dropped")


async def _keep(room: Room, visitor: Visitor, name: str, content: bytes, kind: str, instead: str = "") -> str:
    """Checked off the event loop, and kept for a week; gives its key."""
    areas = await room.house.read(lambda book: forming.areas_below(book, room.house.province))
    checked = await run_in_threadpool(forming.check, content, kind, PurePath(name).stem, areas)
    key, written = room.house.letters(KEY_LENGTH), checked.written()

    def job(book: Book) -> None:
        now = room.house.clock()
        book.drafts.drop(instead, visitor.member.id)
        book.drafts.keep(key, DraftKind.FORM, visitor.member.id, name, content, written, now)

    await room.house.write(job)
    return key


async def _draft_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    key: str,
    status: int = 200,
    problem: str = "",
) -> Response:
    whole = await whole_draft(room, visitor, DraftKind.FORM, key)
    checked = Checked.read(whole.told)
    form = checked.form
    versions = await room.house.read(lambda book: _versions(book, form)) if form else (None, False)
    former, is_taken = versions
    known: Mapping[str, object] = {
        "draft": whole.draft,
        "form": form,
        "problems": told(checked.problems, texts(tongue)),
        "errors": sum(one.is_error for one in checked.problems),
        "sheets": await run_in_threadpool(sheets, whole.content, ending_of(whole), checked.problems),
        "former": former,
        "is_taken": is_taken,
        "found": compare(former, form) if form and former else Comparison(),
        "label": lambda words: form.words(words, tongue) if form else "",
        "is_author": is_author(visitor),
    }
    return page(request, "forms/draft.html", visitor, status, known, problem=problem)


def _versions(book: Book, form: Form) -> tuple[Form | None, bool]:
    """The version in use, and whether this very one is published with other content."""
    known = forming.newest(book, form.name)
    return loaded(book, known.name, known.version) if known else None, forming.is_taken(book, form)
