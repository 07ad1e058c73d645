"""What many reports say to one question: asked in the address, shown as a chart and as a table."""

from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response

from core.model.areas import is_code
from core.model.cases import Actor
from core.reports.sight import covers
from core.speech.texts import texts
from desk.pages.analysis.question import BY, LONGEST, Asked, look_at, questions_of
from desk.pages.filters import filters
from desk.pages.reports.listing import areas_to_choose, day_of
from desk.pages.reports.shelf import Shelf, shelf
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheVisitor
from storage.analysis import VILLAGE
from storage.book import Book

FIGURES = ("count", "total", "mean", "low", "high")
NAMES = ("form", "question", "by", "area", "from", "to")
USUAL = timedelta(days=29)


def analysis_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/analysis", show_analysis, methods=["GET"])
    return router


async def show_analysis(request: Request, room: TheRoom, visitor: TheVisitor, tongue: TheTongue) -> Response:
    given, actor, words = filters(request.query_params, NAMES), visitor.actor, texts(tongue)
    today = room.house.local_now.date()

    def look(book: Book) -> Mapping[str, object]:
        forms = shelf(book, words)
        asked = _asked(given, actor, forms, today)
        form = forms.forms.get(asked.form)
        questions = questions_of(form, words) if form else []
        return {
            "wanted": asked,
            "forms": forms.titles(),
            "questions": questions,
            "areas": [
                (code, name)
                for code, name in areas_to_choose(book, actor, asked.area)
                if len(code) <= VILLAGE
            ],
            "shown": look_at(book, form, asked, words) if form else None,
            "waiting": book.analysis.waiting(),
        }

    known = await room.house.read(look)
    named = [(name, words.say(f"desk_analysis.{name}")) for name in FIGURES]
    by = [(name, words.say(f"desk_analysis.by.{name}")) for name in BY]
    chosen = given["by"] if given.get("by") in BY else BY[0]
    told = {"by": by, "named": named, "according": words.say(f"desk_analysis.according.{chosen}")}
    return page(request, "analysis/analysis.html", visitor, known={**told, **known})


def _asked(given: Mapping[str, str], actor: Actor, forms: Shelf, today: date) -> Asked:
    last = day_of(given.get("to", "")) or today
    first = day_of(given.get("from", "")) or last - USUAL
    first = max(min(first, last), last - LONGEST)
    name = given.get("form", "")
    questions = (
        [one for one, _ in questions_of(forms.forms[name], forms.words)] if name in forms.forms else []
    )
    question = given.get("question", "")
    return Asked(
        name,
        question if question in questions else next(iter(questions), ""),
        given["by"] if given.get("by") in BY else "area",
        _area(given.get("area", ""), actor),
        first,
        last,
    )


def _area(given: str, actor: Actor) -> str:
    """What they chose inside their own; else the whole of it."""
    if is_code(given) and covers(actor, given):
        return given[:VILLAGE]
    return min((area for _, area in actor.seats), key=len, default="")
