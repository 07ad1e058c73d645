"""Who holds which post in an area of one's own, with search; of the whole country the provinces alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from core.model.areas import Level, level_of, lineage, within
from core.model.people import Role
from core.speech.texts import Texts, texts
from desk.api.cursor import read_cursor, write_cursor
from desk.pages.people.rows import rows
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import unknown
from desk.rostering import area_of
from storage.areas import label
from storage.book import Book
from storage.roster.entries import Unread
from storage.roster.values import read_phone
from storage.seats import Place, Seat, Wanted

PAGE = 25
LONGEST = 100
FIELDS = ("area", "q", "role", "only", "after")
ONLY = ("vacant", "silent")

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of a role there are, and how many of them nobody holds."""

    role: str
    name: str
    many: int
    vacant: int


def people_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/people", list_people, methods=["GET"])
    return router


async def list_people(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    asked, words = _asked(request), texts(tongue)
    area = asked.get("area", area_of(visitor.actor))
    if not within(area, area_of(visitor.actor)):
        raise unknown()
    wanted = _wanted(room, visitor, asked, area)

    def look(book: Book) -> Mapping[str, object]:
        if area and book.areas.get(area) is None:
            raise unknown()
        found = _found(book, wanted, asked.get("q", "")) if area else []
        cursor = write_cursor(book.keys, visitor.actor, _marked(found[-1])) if len(found) == PAGE else ""
        return {
            "rows": rows(found, words),
            "inner": _inner(book, area),
            "above": _above(book, area, area_of(visitor.actor)),
            "standing": _standing(book, area, words) if area else [],
            "following": urlencode({**asked, "after": cursor}) if cursor else "",
        }

    known = await room.house.read(look)
    roles = [(role.value, words.say(f"dialogue.role.{role.value}")) for role in Role if role is not Role.RI]
    shown = {"area": area, "asked": asked, "roles": roles, **known}
    return page(request, "people/list.html", visitor, known=shown)


def _asked(request: Request) -> Asked:
    given = {
        name: request.query_params.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in FIELDS
    }
    return {name: value for name, value in given.items() if value}


def _wanted(room: Room, visitor: Visitor, asked: Asked, area: str) -> Wanted:
    after = asked.get("after", "")
    role, only = asked.get("role", ""), asked.get("only", "")
    return Wanted(
        area,
        Role(role) if role in set(Role) else None,
        vacant=only == "vacant",
        silent=only == "silent",
        text=asked.get("q", ""),
        after=_place(read_cursor(room.house.store.keys, visitor.actor, after)) if after else None,
        limit=PAGE,
    )


def _found(book: Book, wanted: Wanted, text: str) -> list[Seat]:
    """By name; a telephone number finds whoever has it."""
    try:
        phone = read_phone(text) if any(letter.isdigit() for letter in text) else ""
    except Unread:
        phone = ""
    if not phone:
        return book.seats.find(wanted)
    person = book.people.by_phone(phone)
    theirs = book.seats.of_person(person.id) if person else []
    return [seat for seat in theirs if within(seat.post.area, wanted.area)]


def _inner(book: Book, area: str) -> list[tuple[str, str]]:
    """The areas one level below; a village's polling stations stand in the list itself."""
    if area and level_of(area) in (Level.VILLAGE, Level.TPS):
        return []
    return [(one.code, label(one)) for one in book.areas.children(area)]


def _above(book: Book, area: str, own: str) -> list[tuple[str, str]]:
    """The way up as far as it is theirs, the widest first, with the area itself at the end."""
    codes = [code for code in lineage(area) if within(code, own)] if area else []
    known = book.areas.several(codes)
    return [(code, label(known[code])) for code in codes if code in known]


def _standing(book: Book, area: str, words: Texts) -> list[Standing]:
    return [
        Standing(role.value, words.say(f"dialogue.role.{role.value}"), posts.many, posts.vacant)
        for role, posts in book.vacancies.counts(area).items()
    ]


def _marked(seat: Seat) -> str:
    area, role, number = seat.place
    return f"{area}|{role}|{number}"


def _place(written: str) -> Place:
    area, role, number = written.split("|")
    return area, role, int(number)
