"""`/prosedur`: what happens to a complaint and by when, in plain words, from the procedures in force."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from core.cases.acts import in_language
from core.cases.procedure import Procedure, State, Term
from core.speech.texts import LANGUAGES, Texts, texts
from desk.api.house import House
from desk.public.counted import in_force
from desk.public.kept import Kept
from desk.public.pages import Pages, cacheable

PATH = "/prosedur"
SECONDS = 900
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Clock:
    name: str
    term: str
    """2 hari kalender sejak tahap itu dimulai; hari pertama tidak dihitung."""
    stages: str


@dataclass(frozen=True, slots=True)
class Told:
    """One procedure, in words."""

    name: str
    title: str
    requirements: list[str]
    hours: str
    clocks: list[Clock]
    steps: list[tuple[str, str]]
    """What each state is called, and what it means to whoever brought the case."""
    ends: list[tuple[str, str]]


def procedures_page(house: House, pages: Pages) -> APIRouter:
    async def make() -> Mapping[str, bytes]:
        found = await house.read(in_force)
        return {one: _page(pages, found, one) for one in LANGUAGES}

    made = Kept(make)
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def show(request: Request, lang: str = "") -> Response:
        return cacheable(request, (await made.get())[pages.tongue(lang)], HTML, SECONDS)

    return router


def _page(pages: Pages, found: list[Procedure], language: str) -> bytes:
    words = texts(language)
    procedures = [tell(one, words) for one in found]
    return pages.render("procedures.html", PATH, language, procedures=procedures).encode()


def tell(procedure: Procedure, words: Texts) -> Told:
    language = words.language
    states = procedure.states.values()
    return Told(
        procedure.name,
        in_language(procedure.title, language),
        [in_language(one, language) for one in procedure.requirements.values()],
        in_language(procedure.hours, language),
        [_clock(term, procedure, words) for term in procedure.terms],
        [_step(one, language) for one in states if not one.is_end],
        [_step(one, language) for one in states if one.is_end],
    )


def _clock(term: Term, procedure: Procedure, words: Texts) -> Clock:
    length = words.say(f"public.prosedur.days.{term.counting}", days=term.days)
    parts = [words.say(f"public.prosedur.since.{term.since}", length=length)]
    if not term.counts_first_day:
        parts.append(words.say("public.prosedur.first_day"))
    if term.extension:
        more = words.say(f"public.prosedur.days.{term.counting}", days=term.extension)
        parts.append(words.say("public.prosedur.extension", length=more))
    stages = [
        in_language(one.label, words.language) for one in procedure.states.values() if one.name in term.states
    ]
    label = in_language(term.label, words.language)
    return Clock(label[:1].upper() + label[1:], " ".join(parts), ", ".join(stages))


def _step(state: State, language: str) -> tuple[str, str]:
    return in_language(state.label, language), in_language(state.told, language)
