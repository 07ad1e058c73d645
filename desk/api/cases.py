"""Cases listed, opened and read; what is done to them stands in `acts.py`."""

from datetime import date, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from core.cases.acts import Opening
from core.cases.lifecycle import alert_of_opening, may_see, open_case
from core.cases.likeness import likely
from core.model.cases import Actor, Secrecy
from core.model.effects import Opened
from desk.acting import look_up
from desk.api.acting import as_it_stands, write
from desk.api.asked import CASE, ListAsked, NewCase
from desk.api.bearer import Reader, Writer
from desk.api.cursor import read_cursor, write_cursor
from desk.api.house import House, TheHouse, TheLanguage
from desk.api.problems import told
from desk.api.shown import CasePage, CaseWhole, Likely, LikelyCase
from desk.api.views import line, whole
from desk.refused import Refused
from storage.book import Book
from storage.cases import Search
from storage.record import Origin, record

EARLIEST = date(2000, 1, 1)
COMPARED = 300
"""So many open cases, those that run out first, are compared for likeness."""

Number = Annotated[str, Path(pattern=CASE, examples=["K-7K2-M9Q"])]


def case_routes() -> APIRouter:
    router = APIRouter(tags=["cases"])
    add = router.add_api_route
    add("/cases", list_cases, methods=["GET"], responses=told(401, 403, 404, 429))
    opening = told(400, 401, 403, 409, 413, 429)
    add("/cases", open_new, methods=["POST"], status_code=201, responses=opening)
    add("/cases/{number}", show_case, methods=["GET"], responses=told(401, 403, 404, 429))
    add("/cases/{number}/likely", show_likely, methods=["GET"], responses=told(401, 403, 404, 429))
    return router


async def list_cases(
    house: TheHouse, held: Reader, language: TheLanguage, asked: Annotated[ListAsked, Query()]
) -> CasePage:
    """The cases that the caller may see, what runs out first in front."""
    actor, now = held.member.actor, house.clock()
    wanted = _search(house, actor, asked, now)

    def job(book: Book) -> CasePage:
        found = book.cases.find(wanted)
        rules = book.procedures.rulebook()
        known = [(case, rules.get(case.procedure, case.version)) for case in found]
        lines = [
            line(case, procedure, language, now)
            for case, procedure in known
            if procedure and may_see(actor, case, procedure)
        ]
        is_full = len(found) == wanted.limit
        return CasePage(
            cases=lines, next=write_cursor(book.keys, actor, found[-1].number) if is_full else None
        )

    return await house.read(job)


async def open_new(
    house: TheHouse, held: Writer, language: TheLanguage, asked: NewCase, response: Response
) -> CaseWhole:
    """Enter a complaint, a petition or a request that came by letter or over the counter."""
    actor = held.member.actor
    opened = await write(house, partial(_open, house=house, actor=actor, asked=asked, language=language))
    response.headers["Location"] = f"/api/v1/cases/{opened.number}"
    response.headers["ETag"] = f'"{opened.serial}"'
    return opened


async def show_case(
    house: TheHouse, held: Reader, language: TheLanguage, number: Number, response: Response
) -> CaseWhole:
    """One case: its notes, its clocks, what is missing, and the moves that the caller could make now."""
    actor, now = held.member.actor, house.clock()

    def job(book: Book) -> CaseWhole:
        hand = look_up(book, number, actor, now)
        return whole(book, hand.case, hand.procedure, actor, language, now)

    shown = await house.read(job)
    response.headers["ETag"] = f'"{shown.serial}"'
    return shown


async def show_likely(house: TheHouse, held: Reader, language: TheLanguage, number: Number) -> Likely:
    """Cases that may be about the same: hints for an officer, who may link them."""
    actor, now = held.member.actor, house.clock()

    def job(book: Book) -> Likely:
        hand = look_up(book, number, actor, now)
        wanted = Search(actor, office=hand.case.office, practice=hand.case.practice, limit=COMPARED)
        found = []
        for case, likeness in likely(hand.case, book.cases.find(wanted)):
            procedure = hand.rules.get(case.procedure, case.version)
            if procedure and may_see(actor, case, procedure):
                found.append(LikelyCase(case=line(case, procedure, language, now), likeness=likeness))
        return Likely(cases=found)

    return await house.read(job)


def _search(house: House, actor: Actor, asked: ListAsked, now: datetime) -> Search:
    return Search(
        actor,
        office=asked.office or "",
        procedure=asked.procedure or "",
        state=asked.state or "",
        text=asked.q or "",
        open_only=asked.open,
        due_before=now if asked.overdue else None,
        assigned=actor.key if asked.assigned == "me" else asked.assigned or "",
        practice=asked.practice,
        after=read_cursor(house.store.keys, actor, asked.cursor) if asked.cursor else "",
        limit=asked.limit,
    )


def _open(book: Book, *, house: House, actor: Actor, asked: NewCase, language: str) -> CaseWhole:
    """The case begins as an officer's: there is nobody to hide, and no tracking code."""
    now = house.clock()
    procedure = book.procedures.current(asked.procedure)
    if procedure is None:
        raise Refused(409, "no_procedure")
    if book.areas.get(asked.area) is None:
        raise Refused(409, "no_area")
    if not _can_be(asked.known_on, house) or not _can_be(asked.happened_on, house):
        raise Refused(409, "no_day")
    identity = asked.identity.model_dump(exclude_none=True) if asked.identity else {}
    if identity and not book.custodians.can_seal():
        raise Refused(409, "no_custodians")
    case, note = open_case(_opening(house, asked), procedure, actor, now)
    if not may_see(actor, case, procedure):
        raise Refused(403, "elsewhere")
    effects = (Opened(case, note, identity=identity), alert_of_opening(case, procedure))
    record(book, effects, Origin.silent(now))
    return as_it_stands(book, case.number, actor, language, now)


def _can_be(day: date | None, house: House) -> bool:
    return day is None or EARLIEST <= day <= house.local_now.date()


def _opening(house: House, asked: NewCase) -> Opening:
    return Opening(
        number=house.draw_number(),
        secrecy=Secrecy.OFFICIAL,
        area=asked.area,
        province=house.province,
        title=asked.title,
        story=asked.story,
        accused=asked.accused,
        where=asked.where,
        known_on=asked.known_on,
        happened_on=asked.happened_on,
    )
