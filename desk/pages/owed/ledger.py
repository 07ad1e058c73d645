"""Who owes what, by area and week: the silent, the late, the vacant posts, each a list of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from fastapi import APIRouter, Request, Response

from core.dialogue.coordinators.deskwords import after_key
from core.dialogue.reminders.seats import seat_name
from core.digests.calendar import span_shown
from core.digests.digest import Digest, Mark, Part, Tally
from core.digests.standing import standing_of
from core.model.areas import Level, level_of, within
from core.model.people import Role
from core.model.zones import zone_of
from core.speech.texts import Texts, texts
from desk import weekly
from desk.chasing import Chance, chance, look_at_span
from desk.lately import Key
from desk.pages.names import who_is
from desk.pages.owed.asked import KINDS, Asked, asked_of
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor, Visitor
from desk.refused import Refused
from storage.areas import label
from storage.book import Book

PAGE = 25
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A post in one of the lists."""

    post: int
    seat: str
    holder: str
    """Empty: nobody."""
    owed: int
    since: datetime
    told: datetime | None = None
    called: datetime | None = None
    by: str = ""
    note: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    part: Part
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    asked: Asked
    name: str
    up: str
    """The code of the area above, where they may look; "-" for the whole country."""
    tally: Tally
    at: datetime
    """When that was counted."""
    parts: Sequence[PartRow]
    is_deep: bool
    """The areas below have areas below."""
    rows: Sequence[Row]
    following: str
    weeks: Sequence[tuple[str, str]]
    """The Mondays that may be chosen, each with its week in words."""
    chance: Chance | None


def ledger_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/owed", show_ledger, methods=["GET"])
    return router


async def show_ledger(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    asked = asked_of(request.query_params, visitor.member, room.house.clock())
    return await ledger_page(request, room, visitor, tongue, asked)


async def ledger_page(
    request: Request,
    room: Room,
    visitor: Visitor,
    tongue: str,
    asked: Asked,
    *,
    status: int = 200,
    problem: str = "",
) -> Response:
    words = texts(tongue)
    shown = await room.house.read(lambda book: _sheet(book, room, visitor, asked, words))
    values = {"sheet": shown, "asked": asked, "kinds": KINDS, "problem": problem}
    return page(request, "owed/ledger.html", visitor, status, known=values)


def _sheet(book: Book, room: Room, visitor: Visitor, asked: Asked, words: Texts) -> Sheet:
    member = visitor.member
    there = look_at_span(book, member, asked.span)
    if there is not None and there.level is Level.TPS:
        raise Refused(404, "unknown")
    counted = _counted(book, room, visitor, asked)
    parts = counted.parts
    if asked.area:
        parts = tuple(sorted(parts, key=lambda part: (-part.tally.silent, part.code)))
    rows = _rows(book, asked, words)
    return Sheet(
        asked=asked,
        name=label(there) if there else "Indonesia",
        up=_above(asked.area, member.area),
        tally=counted.tally,
        at=counted.made_for,
        parts=[PartRow(one, standing_of(one.tally)) for one in parts],
        is_deep=not asked.area or level_of(asked.area) not in (Level.DISTRICT, Level.VILLAGE),
        rows=rows[:PAGE],
        following=_following(asked, rows) if len(rows) > PAGE else "",
        weeks=_weeks(asked, words.language),
        chance=chance(book, member, asked.area, asked.now),
    )


def _counted(book: Book, room: Room, visitor: Visitor, asked: Asked) -> Digest:
    """As it stands; of an area as its Monday page has it, so that both say the same."""
    if asked.area:
        wanted = weekly.wanted(asked.area, asked.monday, asked.now, as_it_stands=True)
        return weekly.digest_of(room.house, book, visitor.member, wanted)
    house, key = room.house, Key("", asked.monday, "country")
    return house.lately.digest(house.store, book, key, asked.now, partial(_country, asked))


def _country(asked: Asked, book: Book) -> Digest:
    """Of the whole country no more is counted than stands here."""
    tally, parts = book.tallies.tally(asked.span), book.tallies.parts(asked.span)
    last, now = weekly.sunday_of(asked.monday), asked.now
    return Digest("", "Indonesia", "", zone_of(""), asked.monday, last, now, {}, tally, Tally(), parts)


def _rows(book: Book, asked: Asked, words: Texts) -> list[Row]:
    """One more than a page where there are more."""
    span, after = asked.span, asked.after
    match asked.kind:
        case "late":
            return [
                Row(one.row, _seat(one.role, one.place, words), one.holder, 1, one.due, one.told)
                for one in book.owing.late(span, PAGE + 1, after)
            ]
        case "vacant":
            return [
                Row(one.post, _seat(one.role, one.place, words), "", one.owed, one.since)
                for one in book.owing.vacant(span, PAGE + 1, after)
            ]
        case _:
            return _silent(book, asked, words)


def _silent(book: Book, asked: Asked, words: Texts) -> list[Row]:
    found = book.owing.silent(asked.span, PAGE + 1, asked.after)
    calls = book.calls.latest([one.post for one in found if one.called])
    names: Mapping[str, str] = who_is(book, (call.by for call in calls.values()), words)
    phones = _phones(book, [one.post for one in found[:PAGE]])
    rows = []
    for one in found:
        call = calls.get(one.post)
        by, note = (names.get(call.by, ""), call.note) if call else ("", "")
        seat, phone = _seat(one.role, one.place, words), phones.get(one.post, "")
        told = one.last_told
        rows.append(Row(one.post, seat, one.holder, one.owed, one.since, told, one.called, by, note, phone))
    return rows


def _phones(book: Book, posts: Sequence[int]) -> Mapping[int, str]:
    """Of those who stand on the page, as each one's own page has it: no more than these are opened."""
    held = book.seats.held_now(posts)
    people = book.people.several(set(held.values()), with_phone=True)
    return {post: people[person].phone for post, person in held.items() if person in people}


def _following(asked: Asked, rows: Sequence[Row]) -> str:
    """Where the next page begins: after the last that is shown."""
    last = rows[PAGE - 1]
    moment = last.told if asked.kind == "late" and last.told else last.since
    return asked.query(after=after_key(moment, last.post))


def _weeks(asked: Asked, language: str) -> list[tuple[str, str]]:
    this = weekly.this_monday(asked.area, asked.now)
    mondays: list[date] = [this - timedelta(weeks=n) for n in range(WEEKS)]
    if asked.monday not in mondays:
        mondays.append(asked.monday)
    return [(one.isoformat(), span_shown(one, weekly.sunday_of(one), language)) for one in mondays]


def _above(area: str, own: str) -> str:
    if area == own:
        return ""
    above = area.rpartition(".")[0]
    return above if above and within(above, own) else "-"


def _seat(role: str, place: Sequence[str], words: Texts) -> str:
    return seat_name(Role(role), place, words)
