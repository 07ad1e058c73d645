"""The clock's jobs, for those who look after the house: last and next run, what came of it, run now."""

import re
from dataclasses import dataclass
from datetime import datetime

import structlog
from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from core.speech.texts import Texts, texts
from desk.overseeing import Work
from desk.pages.clock.outcomes import in_words
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import go, page
from desk.pages.visitor import TheOverseer, TheSent
from desk.refused import unknown
from storage.book import Book
from storage.ticks import Run

log = structlog.get_logger(__name__)
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    what: str
    """What it does, in words."""
    where: str
    """Its time zone's city, or whose evening it is; empty where there is only one such job."""
    run: Run | None
    came: str
    next_at: datetime | None


def clock_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/clock", show_jobs, methods=["GET"])
    router.add_api_route("/clock/run", run_now, methods=["POST"])
    return router


async def show_jobs(request: Request, room: TheRoom, visitor: TheOverseer, tongue: TheTongue) -> Response:
    now, words, works = room.house.clock(), texts(tongue), room.house.overseen.clockwork.works

    def look(book: Book) -> list[Row]:
        return [_row(one, book.ticks.run(one.name), now, words) for one in works]

    return page(request, "clock/jobs.html", visitor, rows=await room.house.read(look))


async def run_now(room: TheRoom, visitor: TheOverseer, sent: TheSent) -> Response:
    """It is begun; what came of it is told by the page."""
    name, clockwork = sent.get("job", "")[:LONGEST], room.house.overseen.clockwork
    if name not in {one.name for one in clockwork.works}:
        raise unknown()
    now, key = room.house.clock(), visitor.actor.key
    await room.house.write(lambda book: book.audit.write(key, "clock.run", f"job:{name}", {}, now))
    begun = go("/clock", "begun")
    begun.background = BackgroundTask(_run, room, name)
    return begun


async def _run(room: TheRoom, name: str) -> None:
    try:
        await room.house.overseen.clockwork.run(name)
    except Exception as trouble:  # the edge: nobody waits for the task
        log.error("clock.run failed", job=name, error=type(trouble).__name__)


def _row(work: Work, run: Run | None, now: datetime, words: Texts) -> Row:
    came = in_words(run.outcome, words) if run and run.outcome else ""
    return Row(work.name, _what(work.name, words), _where(work.name), run, came, work.next_at(now))


def _what(name: str, words: Texts) -> str:
    kind = re.split(r"[- ]", name)[0]
    key = f"desk_clock.job.{kind}"
    return words.sentences.get(key, name)


def _where(name: str) -> str:
    """reminders-makassar: "Makassar"; silence-kabkota-makassar: "Kabkota, Makassar"."""
    of = re.split(r"[- ]", name.replace("Asia/", ""))[1:]
    return ", ".join(part.capitalize() for part in of)
