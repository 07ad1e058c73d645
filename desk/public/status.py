"""`/status`: how it stands with a case, for whoever has its code, by a plain form.

The code comes in the body of a POST, never in an address; it is not shown again, and nobody keeps the page.
"""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response

from core.speech.texts import texts
from desk.api.house import House
from desk.following import follow
from desk.public.pages import Pages, page
from desk.refused import Refused

PATH = "/status"
LONGEST = 1000
"""Bytes of a form; a code has nineteen letters."""
SHOWN = 100


async def code_sent(request: Request) -> str:
    """The code that the form brought; no more is read than a form of ours sends."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            return ""
    return dict(parse_qsl(body.decode("ascii", "replace"))).get("code", "")[:SHOWN]


def status_page(house: House, pages: Pages) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def ask(lang: str = "") -> Response:
        return page(pages.render("status.html", PATH, lang, status=(), problem=""))

    @router.post(PATH)
    async def tell(request: Request, code: Annotated[str, Depends(code_sent)], lang: str = "") -> Response:
        language = pages.tongue(lang)
        try:
            if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
                raise Refused(403, "elsewhere_sent")
            shown = await follow(house, language, code, request)
        except Refused as refused:
            return _refused(pages, refused, language)
        lines = tuple(shown.status.splitlines())
        return page(pages.render("status.html", PATH, language, status=lines, problem=""))

    return router


def _refused(pages: Pages, refused: Refused, language: str) -> Response:
    words = texts(language)
    key = f"public.status.{refused.code}"
    problem = words.say(key if key in words.sentences else "public.status.no_code")
    content = pages.render("status.html", PATH, language, status=(), problem=problem)
    response = page(content, refused.status)
    if refused.wait:
        response.headers["Retry-After"] = str(refused.wait)
    return response
