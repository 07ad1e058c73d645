"""`/angka` and `/data`: how many complaints and reports there were, and how long it took; of nobody."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from babel.dates import format_date
from fastapi import APIRouter, Request, Response

from core.cases.acts import in_language
from core.openness.figures import ALL, Figures
from core.openness.hiding import FEWEST
from core.speech.texts import LANGUAGES, texts
from desk.api.house import House
from desk.public.counted import Counted, count
from desk.public.kept import Kept
from desk.public.open_data import DATASETS, KINDS, files, stage_words
from desk.public.pages import Pages, cacheable, page

PATH, DATA = "/angka", "/data"
SECONDS = 900
"""So long a browser need not ask again."""
EVERYBODY = {"Access-Control-Allow-Origin": "*"}
"""Other pages may fetch open data."""
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; None is hidden."""

    name: str
    received: int | None
    closed: int | None
    took: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """All that is answered, as bytes, until it is counted anew."""

    pages: Mapping[str, bytes]
    files: Mapping[str, bytes]


def figures_page(house: House, pages: Pages) -> APIRouter:
    async def make() -> Made:
        found = await count(house)
        return Made({one: _page(pages, found, one) for one in LANGUAGES}, files(found, pages.house))

    made = Kept(make)
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def show(request: Request, lang: str = "") -> Response:
        content = (await made.get()).pages[pages.tongue(lang)]
        return cacheable(request, content, HTML, SECONDS)

    @router.get(f"{DATA}/{{name}}")
    async def fetch(request: Request, name: str) -> Response:
        content = (await made.get()).files.get(name)
        if content is None:
            return page(pages.render("missing.html", PATH, ""), 404)
        response = cacheable(request, content, KINDS[PurePath(name).suffix], SECONDS)
        response.headers.update(EVERYBODY)
        return response

    return router


def _page(pages: Pages, counted: Counted, language: str) -> bytes:
    told, say = counted.figures, texts(language).say
    names = {one: in_language(counted.titles[one], language) for one in told.procedures}
    return pages.render(
        "figures.html",
        PATH,
        language,
        updated_at=told.updated_at,
        fewest=FEWEST,
        whole=_line(told, "", (ALL, ALL, ALL)),
        areas=[_line(told, name, (code, ALL, ALL)) for code, name in told.areas.items()],
        procedures=[_line(told, names[one], (ALL, ALL, one)) for one in told.procedures],
        months=[_line(told, _month(one, language), (ALL, one, ALL)) for one in told.months],
        stages=list(_reports(told, language)),
        places=[(name, told.reports.get((code, ALL))) for code, name in told.areas.items()],
        filed=told.reports.get((ALL, ALL)),
        datasets=[(one.name, say(f"public.data.{one.name}")) for one in DATASETS],
    ).encode()


def _line(told: Figures, name: str, cell: tuple[str, str, str]) -> Line:
    return Line(name, told.received.get(cell), told.closed.get(cell), told.took.get(cell))


def _month(written: str, language: str) -> str:
    """2024-11 as people say it: November 2024."""
    return str(format_date(date.fromisoformat(f"{written}-01"), "LLLL y", locale=language))


def _reports(told: Figures, language: str) -> Iterator[tuple[str, int | None]]:
    for stage in told.stages:
        yield stage_words(stage)[language], told.reports.get((ALL, stage))
