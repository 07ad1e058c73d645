"""The list of cases: filters in the address, so that a view can be kept, here by name or as a bookmark."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from core.cases.acts import in_language
from core.cases.procedure import Procedure
from core.model.cases import Actor
from core.speech.texts import texts
from desk.api.cursor import read_cursor, write_cursor
from desk.pages.cases.rows import rows
from desk.pages.filters import Asked, Blank, filters
from desk.pages.names import offices_of
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.today import AHEAD
from desk.pages.visitor import TheVisitor
from storage.book import Book
from storage.cases import Search

PAGE = 25
TICKS = ("due", "overdue", "mine", "unassigned", "answered", "closed", "practice")
CHOICES = ("procedure", "state", "office")


def case_list_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/cases", list_cases, methods=["GET"])
    return router


async def list_cases(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    asked = known_filters(request.query_params)
    now, actor, words = room.house.clock(), visitor.actor, texts(tongue)
    wanted = case_search(room, actor, asked)

    def look(book: Book) -> Mapping[str, object]:
        found = book.cases.find(wanted)
        procedures = book.procedures.every()
        following = write_cursor(book.keys, actor, found[-1].number) if len(found) == PAGE else ""
        return {
            "rows": rows(book, found, actor, words, now),
            "procedures": _titles(procedures, tongue),
            "states": _states(procedures, asked.get("procedure", ""), tongue),
            "offices": offices_of(book, actor),
            "views": book.views.of(visitor.member.id),
            "following": urlencode({**asked, "after": following}) if following else "",
        }

    ticks = [(name, words.say(f"desk.cases.{name}"), name in asked) for name in TICKS]
    known = await room.house.read(look)
    narrowed = any(name in asked for name in (*CHOICES, *TICKS))
    kept = address(asked)
    shown = {"asked": Blank(asked), "ticks": ticks, "is_narrowed": narrowed, "kept": kept, **known}
    return page(request, "cases/list.html", visitor, known=shown)


def known_filters(given: Mapping[str, str]) -> Asked:
    """What is given and not empty; anything that is no filter of ours is left out."""
    return filters(given, ("q", "after", *CHOICES, *TICKS))


def address(asked: Asked) -> str:
    """The filters as they stand in an address, from the first page."""
    return urlencode({name: value for name, value in asked.items() if name != "after"})


def case_search(room: Room, actor: Actor, asked: Asked) -> Search:
    now = room.house.clock()
    until = now if "overdue" in asked else now + AHEAD if "due" in asked else None
    return Search(
        actor,
        office=asked.get("office", ""),
        procedure=asked.get("procedure", ""),
        state=asked.get("state", ""),
        text=asked.get("q", ""),
        open_only="closed" not in asked,
        due_before=until,
        assigned=actor.key if "mine" in asked else "",
        unassigned="unassigned" in asked,
        answered="answered" in asked,
        practice="practice" in asked,
        after=read_cursor(room.house.store.keys, actor, asked["after"]) if "after" in asked else "",
        limit=PAGE,
    )


def _titles(procedures: list[Procedure], tongue: str) -> list[tuple[str, str]]:
    return sorted({one.name: in_language(one.title, tongue) for one in procedures}.items())


def _states(procedures: list[Procedure], name: str, tongue: str) -> list[tuple[str, str]]:
    """Of the chosen procedure, else of all; a state that several have goes by the first one's words."""
    found: dict[str, str] = {}
    for one in procedures:
        if name in ("", one.name):
            for state in one.states.values():
                found.setdefault(state.name, in_language(state.label, tongue))
    return sorted(found.items(), key=lambda pair: pair[1])
