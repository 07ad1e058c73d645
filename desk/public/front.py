"""The first page: how a citizen hands in a tip and hears back, how a supervisor reports; in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Response

from core.model.messages import Channel
from core.speech.texts import LANGUAGES, Texts, texts
from desk.public.pages import FOLDER, GUARDS, Pages, page

ORDER = (Channel.WEBCHAT, Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS)
NO_NUMBERS: Mapping[Channel, str] = {}


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
    pages = Pages(house, language)
    made = {one: pages.render("front.html", "/", one, open_ways=_told(one, ways)) for one in LANGUAGES}
    style, icon = ((FOLDER / "static" / name).read_bytes() for name in ("public.css", "icon.svg"))
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def show(lang: str = "") -> Response:
        return page(made[pages.tongue(lang)], more={})

    @router.get("/public.css")
    async def show_style() -> Response:
        return Response(style, media_type="text/css; charset=utf-8", headers=GUARDS)

    @router.get("/icon.svg")
    async def show_icon() -> Response:
        return Response(icon, media_type="image/svg+xml", headers=GUARDS)

    return router


def _told(language: str, ways: Mapping[Channel, str]) -> list[Way]:
    words = texts(language)
    return [_way(words, channel, number) for channel, number in ways.items()]


def _way(words: Texts, channel: Channel, number: str) -> Way:
    name = channel.value
    tip, report = words.say(f"public.tip.{name}"), words.say(f"public.report.{name}")
    return Way(words.say(f"public.{name}"), tip, report, number)
