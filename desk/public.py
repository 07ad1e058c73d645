"""The public page: how a citizen hands in a tip and hears back, how a supervisor reports; in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.model.messages import Channel
from core.speech.texts import LANGUAGES, Texts, texts

FOLDER = Path(__file__).parent
ORDER = (Channel.WEBCHAT, Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS)
NO_NUMBERS: Mapping[Channel, str] = {}
GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=300",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One channel, in words."""

    name: str
    tip: str
    report: str
    number: str = ""
    """What to write to; empty where that is no number."""


def public_page(
    house: str,
    language: str,
    channels: Iterable[Channel] = ORDER,
    numbers: Mapping[Channel, str] = NO_NUMBERS,
) -> APIRouter:
    """`/`, telling of those channels that are open here; `/?lang=en` for the other language."""
    open_here = set(channels)
    ways = {channel: numbers.get(channel, "") for channel in ORDER if channel in open_here}
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("public.html")
    pages = {one: _page(template, one, house, ways) for one in LANGUAGES}
    style, icon = ((FOLDER / "static" / name).read_bytes() for name in ("public.css", "icon.svg"))
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def show(lang: str = language) -> Response:
        return HTMLResponse(pages.get(lang, pages[language]), headers=GUARDS)

    @router.get("/public.css")
    async def show_style() -> Response:
        return Response(style, media_type="text/css; charset=utf-8", headers=GUARDS)

    @router.get("/icon.svg")
    async def show_icon() -> Response:
        return Response(icon, media_type="image/svg+xml", headers=GUARDS)

    return router


def _page(template: Template, language: str, house: str, ways: Mapping[Channel, str]) -> str:
    words = texts(language)
    other = next(one for one in LANGUAGES if one != words.language)
    told = [_way(words, channel, number) for channel, number in ways.items()]
    return template.render(say=words.say, language=words.language, other=other, house=house, ways=told)


def _way(words: Texts, channel: Channel, number: str) -> Way:
    name = channel.value
    tip, report = words.say(f"public.tip.{name}"), words.say(f"public.report.{name}")
    return Way(words.say(f"public.{name}"), tip, report, number)
