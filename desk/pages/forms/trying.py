"""A form tried in a simulated chat beside its sheet: the rules of earnest, and nothing is kept of it.

POST /desk/forms/drafts/5F0C2A9BE1D3/try   text=jam 7 lewat 20 | choice=a:X7K2M:3:0 | sends=file | anew=1
"""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from core.dialogue.known import House
from core.dialogue.trial import Heard, Trial, kind_asked, path_of, row_asked, trial_from_json
from core.forms.form import Form, Kind
from desk import forming
from desk.forming import Checked, Studio
from desk.pages.drafts import ending_of, whole_draft
from desk.pages.forms.sheets import Shown, sheets
from desk.pages.keys import Key
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import go, page
from desk.pages.visitor import TheSent, TheVisitor, Visitor
from desk.refused import unknown
from desk.rostering import area_of
from storage.book import Book
from storage.drafts import DraftKind

LONGEST = 4000


def trial_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/forms/drafts/{key}/try", show_trial, methods=["GET"])
    router.add_api_route("/forms/drafts/{key}/try", go_on, methods=["POST"])
    return router


async def show_trial(
    request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue, key: Key
) -> Response:
    whole = await whole_draft(room, visitor, DraftKind.FORM, key)
    form = Checked.read(whole.told).form
    if form is None:
        raise unknown()
    trial = trial_from_json(whole.talk) if whole.talk else await _turn(room, visitor, tongue, key, None)
    scene = await room.house.read(lambda book: forming.scene_of(book, form, _studio(room, visitor, tongue)))
    survey = [
        one
        for one in await run_in_threadpool(sheets, whole.content, ending_of(whole))
        if one.name == "survey"
    ]
    known: Mapping[str, object] = {
        "draft": whole.draft,
        "title": form.words(form.title, tongue),
        "person": scene.person,
        "trial": trial,
        "sends": _sends(form, kind_asked(scene, trial)),
        "sheet": survey[0] if survey else None,
        "row": row_asked(scene, trial),
        "answers": _answers(trial, survey),
    }
    return page(request, "forms/try.html", visitor, known=known)


async def go_on(room: TheRoom, visitor: TheVisitor, tongue: TheTongue, sent: TheSent, key: Key) -> Response:
    await _turn(room, visitor, tongue, key, _heard(sent))
    return go(f"/forms/drafts/{key}/try#last")


async def _turn(room: Room, visitor: Visitor, tongue: str, key: str, heard: Heard | None) -> Trial:
    whose, studio = visitor.member.id, _studio(room, visitor, tongue)

    def job(book: Book) -> Trial:
        whole = book.drafts.get(key, DraftKind.FORM, whose, studio.now)
        trial = forming.try_form(book, whole, whose, heard, studio) if whole else None
        if trial is None:
            raise unknown()
        return trial

    return await room.house.write(job)


def _studio(room: Room, visitor: Visitor, tongue: str) -> Studio:
    house = room.house
    pretended = House(room.name, house.zone, province=house.province)
    area = area_of(visitor.actor) or house.province
    return Studio(pretended, tongue, area, house.letters, house.clock())


def _heard(sent: Sent) -> Heard | None:
    """None: from the beginning."""
    if sent.get("anew"):
        return None
    if sent.get("sends") in ("file", "pin"):
        return Heard(sends=sent["sends"])
    return Heard(sent.get("text", "")[:LONGEST].strip(), sent.get("choice", "")[:64])


def _sends(form: Form, asked: Kind | None) -> list[str]:
    """What can be pretended to be sent: a file where one is asked for, a pin where the form has a place."""
    has_pin = any(one.kind is Kind.GEOPOINT for one in form.questions())
    return [*(["file"] if asked else []), *(["pin"] if has_pin else [])]


def _answers(trial: Trial, survey: list[Shown]) -> Mapping[int, str]:
    """What would be stored, by the row of the sheet that asks for it; several turns in one line."""
    found: dict[str, list[str]] = {}
    for place, value in trial.answers.items():
        found.setdefault(path_of(place)[-1], []).append(value)
    named = {row.number: row.name for one in survey for row in one.rows}
    return {number: " · ".join(found[name]) for number, name in named.items() if name in found}
