"""How a public page is made: plain HTML in one of our languages, without scripts, without cookies."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.forms.answers.showing import date_shown
from core.speech.texts import LANGUAGES, texts

FOLDER = Path(__file__).parent.parent
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GUARDS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=300",
}
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""What is for one reader alone."""
WAYS = ("/", "/status", "/angka", "/prosedur")
"""The pages, as the head of each leads to them."""


class Pages:
    """The templates of the public side, for one house."""

    def __init__(self, house: str, language: str, zone: str = "Asia/Makassar") -> None:
        self.house = house
        self.language = language
        self.zone = zone
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates" / "public"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def tongue(self, asked: str) -> str:
        """The language that was asked for if we speak it, else the house's own."""
        return asked if asked in LANGUAGES else self.language

    def render(self, template: str, here: str, asked: str, **values: object) -> str:
        """`here`: the path of the page, for the link to the other language."""
        language = self.tongue(asked)
        words = texts(language)
        return self._environment.get_template(template).render(
            say=words.say,
            language=language,
            other=next(one for one in LANGUAGES if one != language),
            lang="" if language == self.language else f"?lang={language}",
            house=self.house,
            here=here,
            ways=[(path, words.say(f"public.way.{path.strip('/') or 'lapor'}")) for path in WAYS],
            figure=lambda one: format_decimal(one, locale=language),
            day=lambda one: self._day(one, language),
            **values,
        )

    def _day(self, one: date | datetime, language: str) -> str:
        return date_shown(
            one.astimezone(ZoneInfo(self.zone)).date() if isinstance(one, datetime) else one, language
        )


def page(content: str, status: int = 200, more: Mapping[str, str] = PRIVATE) -> Response:
    return HTMLResponse(content, status, {**GUARDS, **more})


def cacheable(request: Request, content: bytes, kind: str, seconds: int) -> Response:
    """The content, or that it has not changed since the caller fetched it."""
    seal = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {**GUARDS, "Cache-Control": f"public, max-age={seconds}", "ETag": seal}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if seal in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(content, 200, headers, kind)
