"""A form that an author brings: checked at once, shown beside its problems, published when it has none.

POST /desk/forms/check   file   →  303 /desk/forms/drafts/5F0C2A9BE1D3   →  POST …/publish
"""

from collections.abc import Mapping
from pathlib import PurePath

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from core.forms.comparing import Comparison, compare
from core.forms.form import Form
from core.forms.written import to_json
from core.forms.xlsform import Sources
from core.speech.texts import texts
from desk import forming
from desk.forming import Checked
from desk.pages.drafts import ending_of, whole_draft
from desk.pages.forms.listing import form_list, is_author, loaded
from desk.pages.forms.sheets import sheets, told
from desk.pages.keys import KEY_LENGTH, Key
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import go, page
from desk.pages.uploads import TheUpload, Upload
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
    if why := _refusal(brought):
        return await form_list(request, room, visitor, 409, texts(tongue).say(why))
    instead = brought.sent.get("instead", "")
    beside = {**await _tables_of(room, visitor, instead), **brought.tables}
    areas = await room.house.read(lambda book: forming.areas_below(book, room.house.province))
    stem = PurePath(brought.name).stem
    checked = await run_in_threadpool(forming.check, brought.content, brought.kind, stem, beside, areas)
    key = await _keep(room, visitor, brought.name, brought.content, checked, instead)
    return go(f"/forms/drafts/{key}")


def _refusal(brought: Upload) -> str:
    """The sentence that tells it; empty where it can be checked."""
    if not brought.content:
        return "desk_forms.empty"
    if brought.kind not in KINDS:
        return "desk_forms.kind"
    are_tables = all(name.casefold().endswith(".csv") for name in brought.tables)
    return "" if are_tables else "desk_forms.tables.kind"


async def _tables_of(room: Room, visitor: Visitor, key: str) -> Sources:
    """Those that came with what is mended now need not be brought again."""
    now, whose = room.house.clock(), visitor.member.id
    whole = await room.house.read(lambda book: book.drafts.get(key, DraftKind.FORM, whose, now))
    return Checked.read(whole.told).tables if whole else {}


async def try_published(room: TheRoom, visitor: TheVisitor, sent: TheSent) -> Response:
    """A published version is tried as a draft of their own is."""
    name, version = sent.get("name", ""), sent.get("version", "")

    def look(book: Book) -> tuple[bytes, Form]:
        form = loaded(book, name, version)
        return book.forms.source(name, version), form

    source, form = await room.house.read(look)
    # Checked anew it would lack the tables that lay beside it.
    checked = Checked((), to_json(form))
    key = await _keep(room, visitor, f"{name}.{kind_of_source(source)}", source, checked)
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


async def _keep(
    room: Room, visitor: Visitor, name: str, content: bytes, checked: Checked, instead: str = ""
) -> str:
    """For a week, in the place of another one; gives its key."""
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
        "tables": sorted(checked.tables),
    }
    return page(request, "forms/draft.html", visitor, status, known, problem=problem)


def _versions(book: Book, form: Form) -> tuple[Form | None, bool]:
    """The version in use, and whether this very one is published with other content."""
    known = forming.newest(book, form.name)
    return loaded(book, known.name, known.version) if known else None, forming.is_taken(book, form)
