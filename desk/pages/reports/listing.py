"""The list of reports: filters in the address, so that a view can be kept as a bookmark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from core.dialogue.reminders.seats import seat_name
from core.model.areas import is_code, lineage
from core.model.cases import Actor
from core.reports.sight import covers
from core.speech.texts import Texts, texts
from desk.api.cursor import read_cursor, write_cursor
from desk.pages.filters import Asked, Blank, filters
from desk.pages.reports.shelf import OfDuty, Shelf, duties, shelf, stage_names
from desk.pages.room import Room, TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor
from storage.areas import label
from storage.book import Book
from storage.report_list import MARKS, Listed, Wanted

PAGE = 25
CHOICES = ("form", "area", "stage", "duty", "from", "to")
TICKS = (*MARKS, "practice")
DAY = timedelta(days=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Row:
    report: Listed
    title: str
    seat: str
    """PTPS 012 Sidodadi, Samarinda Ulu."""


def report_list_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/reports", list_reports, methods=["GET"])
    return router


async def list_reports(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    asked = filters(request.query_params, (*CHOICES, *TICKS, "after"))
    actor, words = visitor.actor, texts(tongue)

    def look(book: Book) -> Mapping[str, object]:
        forms = shelf(book, words)
        stages, owed = stage_names(book, forms), duties(book, forms)
        found = book.report_list.find(search(room, actor, asked, forms, owed))
        following = write_cursor(book.keys, actor, found[-1].number) if len(found) == PAGE else ""
        return {
            "rows": rows(book, found, forms, words),
            "forms": forms.titles(),
            "areas": areas_to_choose(book, actor, asked.get("area", "")),
            "stages": sorted(stages.items(), key=lambda pair: pair[1]),
            "duties": [(one.key, one.label) for one in owed],
            "following": urlencode({**asked, "after": following}) if following else "",
        }

    known = await room.house.read(look)
    shown = {
        "asked": Blank(asked),
        "ticks": [(name, words.say(f"desk_reports.{name}"), name in asked) for name in TICKS],
        "is_narrowed": any(name in asked for name in (*CHOICES[2:], *TICKS)),
        "taken": urlencode({name: value for name, value in asked.items() if name != "after"}),
        **known,
    }
    return page(request, "reports/list.html", visitor, known=shown)


def search(room: Room, actor: Actor, asked: Asked, forms: Shelf, owed: Sequence[OfDuty]) -> Wanted:
    area, zone = asked.get("area", ""), ZoneInfo(room.house.zone)
    since, last = day_of(asked.get("from", "")), day_of(asked.get("to", ""))
    duty = next((one for one in owed if one.key == asked.get("duty")), None)
    if duty is not None:
        since, last = max(duty.first, since or duty.first), min(duty.last, last or duty.last)
    return Wanted(
        actor,
        area=area if is_code(area) and covers(actor, area) else "",
        forms=_forms(asked, forms, duty),
        since=midnight(since, zone) if since else None,
        until=midnight(last + DAY, zone) if last else None,
        marks=frozenset(name for name in MARKS if name in asked),
        practice="practice" in asked,
        after=read_cursor(room.house.store.keys, actor, asked["after"]) if "after" in asked else "",
        limit=PAGE,
    )


def rows(book: Book, found: list[Listed], forms: Shelf, words: Texts) -> list[Row]:
    places = book.areas.several({code for one in found if one.area for code in lineage(one.area)})

    def seat(one: Listed) -> str:
        line = [label(places[code]) for code in reversed(lineage(one.area)) if code in places]
        return seat_name(one.role, line, words) if one.role else ", ".join(line[:2])

    return [Row(one, forms.title(one.form), seat(one)) for one in found]


def areas_to_choose(book: Book, actor: Actor, asked: str) -> list[tuple[str, str]]:
    """The parts of what they may see; with an area chosen also what it lies in, and its own parts."""
    tops = sorted({area for _, area in actor.seats})
    wanted = [one for top in tops for one in book.areas.children(top)]
    if is_code(asked) and covers(actor, asked):
        line = [code for code in lineage(asked) if covers(actor, code)]
        wanted += [*book.areas.several(line).values(), *book.areas.children(asked)]
    named = {one.code: label(one) for one in wanted}
    depth = min((code.count(".") for code in named), default=0)
    return [(code, "– " * (code.count(".") - depth) + named[code]) for code in sorted(named)]


def day_of(written: str) -> date | None:
    """A day that reports may be of; None for anything else."""
    try:
        day = date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
    return day if day and EARLIEST <= day <= LATEST else None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _forms(asked: Asked, forms: Shelf, duty: OfDuty | None) -> tuple[str, ...]:
    """Those that fit form, stage and duty alike; `("",)` when none does. Nothing asked for: all of them."""
    wanted = [
        *([{asked["form"]}] if "form" in asked else []),
        *([set(forms.of_stage(asked["stage"]))] if "stage" in asked else []),
        *([{duty.form} if duty else set[str]()] if "duty" in asked else []),
    ]
    return (tuple(sorted(set.intersection(*wanted))) or ("",)) if wanted else ()
