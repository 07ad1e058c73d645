"""An area's week for programs: the digest as figures, picture, workbook and page; the ledger as it stands.

A past week's digest is the one of its Monday at seven, and the same whenever it is asked for; with `now=true`
it says what is known now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from core.dialogue.coordinators.deskwords import after_key, after_of
from core.digests.digest import Day, Digest, FormCount, Part, Silence, Tally
from core.digests.span import week as week_of
from core.digests.weeks import monday_of
from core.model.areas import Area
from desk import weekly
from desk.api.bearer import Watcher
from desk.api.house import House, TheHouse, TheLanguage
from desk.api.problems import told
from desk.refused import Refused
from desk.weekly import AREA, DAY
from storage.areas import label
from storage.book import Book
from storage.staff import Member

CURSOR = r"^\d{1,11}\.\d{1,18}$"
MOST = 200
BINARY = {"type": "string", "format": "binary"}
AreaCode = Annotated[str, Path(pattern=AREA, examples=["64.72"])]
Week = Annotated[str, Path(pattern=DAY, examples=["2024-11-18"], description="Any day of the week.")]
Now = Annotated[bool, Query(description="What is known now, instead of that Monday at seven.")]


@dataclass(frozen=True, slots=True)
class LedgerShown:
    """What was expected in a week, and what came of it."""

    area: str
    name: str
    first: date
    last: date
    tally: Tally
    before: Tally
    parts: list[Part]
    days: list[Day]
    forms: list[FormCount]
    silences: list[Silence]
    """The most overdue first."""
    next: Annotated[str | None, Field(description="The `cursor` of the next page of silences.")]


def digest_routes() -> APIRouter:
    router = APIRouter(tags=["digests"])
    problems = told(401, 403, 404, 429)
    for ending, draw in (("png", show_picture), ("xlsx", show_workbook), ("pdf", show_page)):
        content = {weekly.KINDS[ending]: {"schema": BINARY}}
        answers = problems | {200: {"description": "The file.", "content": content}}
        path = "/digests/{area}/{week}." + ending
        router.add_api_route(path, draw, methods=["GET"], response_class=Response, responses=answers)
    router.add_api_route("/digests/{area}/{week}", show_digest, methods=["GET"], responses=problems)
    router.add_api_route("/ledger", show_ledger, methods=["GET"], responses=problems)
    return router


async def show_digest(house: TheHouse, held: Watcher, area: AreaCode, week: Week, now: Now = False) -> Digest:
    """The figures, as all renderings have them."""
    return await _digest(house, held.member, area, week, now=now)


async def show_picture(
    house: TheHouse, held: Watcher, language: TheLanguage, area: AreaCode, week: Week, now: Now = False
) -> Response:
    """For a phone, upright."""
    return await _drawn(house, await _digest(house, held.member, area, week, now=now), language, "png")


async def show_workbook(
    house: TheHouse, held: Watcher, language: TheLanguage, area: AreaCode, week: Week, now: Now = False
) -> Response:
    """All tables, with charts."""
    return await _drawn(house, await _digest(house, held.member, area, week, now=now), language, "xlsx")


async def show_page(
    house: TheHouse, held: Watcher, language: TheLanguage, area: AreaCode, week: Week, now: Now = False
) -> Response:
    """For the meeting, to be signed."""
    return await _drawn(house, await _digest(house, held.member, area, week, now=now), language, "pdf")


async def show_ledger(
    house: TheHouse,
    held: Watcher,
    area: Annotated[str, Query(pattern=AREA, examples=["64.72"])],
    week: Annotated[str | None, Query(pattern=DAY, description="Any day of it; left out: this week.")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(pattern=CURSOR)] = None,
) -> LedgerShown:
    """What is owed as it stood a minute ago, by area, day and form, and the posts that are silent now."""
    moment = house.clock()
    monday = _monday(week) if week else monday_of(house.local_now.date())

    def job(book: Book) -> LedgerShown:
        there = weekly.look_at(book, held.member, area)
        asked = weekly.wanted(area, monday, moment, as_it_stands=True)
        digest = weekly.digest_of(house, book, held.member, asked)
        return _ledger(book, there, digest, moment, limit, cursor)

    return await house.read(job)


async def _digest(house: House, member: Member, area: str, week: str, *, now: bool) -> Digest:
    asked = weekly.wanted(area, _monday(week), house.clock(), as_it_stands=now)
    return await house.read(lambda book: weekly.digest_of(house, book, member, asked))


async def _drawn(house: House, digest: Digest, language: str, ending: str) -> Response:
    draw: Callable[[Digest, str], bytes] = house.draw[ending]
    content = await run_in_threadpool(draw, digest, language)
    named = {"Content-Disposition": f'inline; filename="{weekly.file_name(digest, ending)}"'}
    return Response(content, 200, named, weekly.KINDS[ending])


def _ledger(
    book: Book, there: Area, digest: Digest, moment: datetime, limit: int, cursor: str | None
) -> LedgerShown:
    span = week_of(there.code, digest.first, moment)
    named = {one.code: label(one) for one in book.areas.children(there.code)}
    page = book.tallies.silences(span, limit, after_of(cursor) if cursor else None)
    is_full = len(page) == limit
    return LedgerShown(
        there.code,
        label(there),
        digest.first,
        digest.last,
        digest.tally,
        digest.before,
        [Part(one.code, named.get(one.code, one.name), one.tally, one.before) for one in digest.parts],
        list(digest.days),
        list(digest.forms),
        list(page),
        after_key(page[-1].since, page[-1].post) if is_full else None,
    )


def _monday(day: str) -> date:
    try:
        return monday_of(date.fromisoformat(day))
    except ValueError:
        raise Refused(404, "unknown") from None
