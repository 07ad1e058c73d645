"""A roster brought as a file: every fault at once, what would change, and only then taken in.

POST /desk/people/import   file   →  303 /desk/people/import/5F0C2A9BE1D3   →  POST …/confirm
"""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from core.speech.texts import Texts, texts
from desk import rostering
from desk.pages.drafts import ending_of, whole_draft
from desk.pages.keys import KEY_LENGTH, Key
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import go, page
from desk.pages.uploads import MEGABYTE, ROSTER_LIMIT, TheUpload
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.rostering import Looked
from storage.book import Book
from storage.drafts import DraftKind, Whole
from storage.roster import RosterUnreadable, read_roster
from storage.roster.changes import Kind as Change
from storage.roster.sheets import Kind

KINDS: dict[str, Kind] = {"xlsx": "xlsx", "csv": "csv"}
SAMPLE = (
    "nama,telepon,jabatan,wilayah,tps\r\n"
    'Siti Contoh,0800 0000 012,PTPS,"{village}",012\r\n'
    'Budi Contoh,0800 0000 013,PKD,"{village}",\r\n'
)


def import_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/people/import", ask_for_roster, methods=["GET"])
    router.add_api_route("/people/import", bring_roster, methods=["POST"])
    router.add_api_route("/people/import/roster.csv", give_sample, methods=["GET"])
    router.add_api_route("/people/import/{key}", show_roster, methods=["GET"])
    router.add_api_route("/people/import/{key}/confirm", confirm_roster, methods=["POST"])
    router.add_api_route("/people/import/{key}/drop", drop_roster, methods=["POST"])
    return router


async def ask_for_roster(request: Request, room: TheRoom, visitor: TheVisitor) -> Response:
    return await _ask(request, room, visitor)


async def bring_roster(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, brought: TheUpload
) -> Response:
    words, kind = texts(tongue), KINDS.get(brought.kind)
    if not brought.content or kind is None:
        key = "desk_people.import.kind" if brought.content else "desk_people.import.empty"
        return await _ask(request, room, visitor, words.say(key))
    try:
        instead = brought.sent.get("instead", "")
        key = await _keep(room, visitor, brought.name, brought.content, kind, instead)
    except RosterUnreadable as unreadable:
        return await _ask(request, room, visitor, words.say(unreadable.key))
    return go(f"/people/import/{key}")


async def show_roster(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, key: Key
) -> Response:
    whole = await whole_draft(room, visitor, DraftKind.ROSTER, key)
    return _roster_page(request, visitor, texts(tongue), whole, Looked.read(whole.told))


async def confirm_roster(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, _: TheSent, key: Key
) -> Response:
    """Taken in as it was shown; where something has changed since, it is shown anew."""
    whole = await whole_draft(room, visitor, DraftKind.ROSTER, key)
    kind, shown = KINDS[ending_of(whole)], Looked.read(whole.told)
    rows = await run_in_threadpool(read_roster, whole.content, kind)

    def job(book: Book) -> Looked | None:
        now = room.house.clock()
        done = rostering.take_in(book, visitor.actor, rows, shown, now)
        if done is not None:
            book.drafts.drop(key, visitor.member.id)
        return done

    if await room.house.write(job):
        return go("/people", "import")
    anew = await _keep(room, visitor, whole.draft.name, whole.content, kind, key)
    whole = await whole_draft(room, visitor, DraftKind.ROSTER, anew)
    words = texts(tongue)
    looked, why = Looked.read(whole.told), words.say("desk_people.import.changed")
    return _roster_page(request, visitor, words, whole, looked, 409, why)


async def drop_roster(room: TheRoom, visitor: TheVisitor, _: TheSent, key: Key) -> Response:
    await whole_draft(room, visitor, DraftKind.ROSTER, key)
    await room.house.write(lambda book: book.drafts.drop(key, visitor.member.id))
    return go("/people/import", "draft_dropped")


async def give_sample(room: TheRoom, visitor: TheVisitor) -> Response:
    """A sheet to fill: the headings, and two rows as examples."""
    headers = {"Content-Disposition": 'attachment; filename="roster.csv"'}
    content = SAMPLE.format(village="Nama kelurahan/desa, nama kecamatan")
    return Response(content, 200, headers, "text/csv; charset=utf-8")


async def _ask(request: Request, room: Room, visitor: Visitor, problem: str = "") -> Response:
    now, whose = room.house.clock(), visitor.member.id
    drafts = await room.house.read(lambda book: book.drafts.of(DraftKind.ROSTER, whose, now))
    most = ROSTER_LIMIT // MEGABYTE
    status = 409 if problem else 200
    return page(request, "people/import.html", visitor, status, drafts=drafts, most=most, problem=problem)


async def _keep(
    room: Room, visitor: Visitor, name: str, content: bytes, kind: Kind, instead: str = ""
) -> str:
    """Read while others write, looked at and kept until tomorrow; gives its key."""
    rows = await run_in_threadpool(read_roster, content, kind)
    key = room.house.letters(KEY_LENGTH)

    def job(book: Book) -> None:
        now = room.house.clock()
        looked = rostering.look_at(book, visitor.actor, rows, now)
        if instead:
            book.drafts.drop(instead, visitor.member.id)
        book.drafts.keep(key, DraftKind.ROSTER, visitor.member.id, name, content, looked.written(), now)

    await room.house.write(job)
    return key


def _roster_page(
    request: Request,
    visitor: Visitor,
    words: Texts,
    whole: Whole,
    looked: Looked,
    status: int = 200,
    problem: str = "",
) -> Response:
    faults = [(one.row, one.column, words.say(one.key, **one.values)) for one in looked.faults]
    known: Mapping[str, object] = {
        "draft": whole.draft,
        "looked": looked,
        "faults": faults,
        "changes": _changes(looked, words),
        "changed": sum(count for kind, count in looked.counts.items() if kind != Change.SAME),
    }
    return page(request, "people/preview.html", visitor, status, known, problem=problem)


def _changes(looked: Looked, words: Texts) -> list[tuple[str, list[str]]]:
    """Each kind that there is, with its count, and the first of them in words."""
    return [
        (
            words.say(f"roster.changes.{kind}", count=count),
            [_told(one, words) for one in looked.first.get(kind, ())],
        )
        for kind, count in looked.counts.items()
        if count
    ]


def _told(one: Mapping[str, str], words: Texts) -> str:
    before = f"{one['before']} → " if one["before"] else ""
    return f"{before}{one['name']}: {words.say('dialogue.role.' + one['role'])}, {one['place']}"
