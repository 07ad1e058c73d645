"""What is answered when something cannot be had: a problem (RFC 9457), in the language that was asked for.

{"type": "urn:lapordesk:problem:unknown", "title": "Tidak ada yang …", "status": 404, "code": "unknown"}
"""

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from core.speech.texts import LANGUAGES, texts
from desk.refused import Refused

MEDIA_TYPE = "application/problem+json"
KIND = "urn:lapordesk:problem:"


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(
        description="Its place: body.story, query.limit, path.number.", examples=["body.story"]
    )
    why: str = Field(description="A word for what is wrong.", examples=["string_too_long"])


class Problem(BaseModel):
    """Why the request was not done (RFC 9457), for people in `title` and `detail`, for programs in `code`."""

    type: str = Field(examples=["urn:lapordesk:problem:unknown"])
    title: str = Field(examples=["There is nothing like that, or it is not yours to see."])
    status: int = Field(examples=[404])
    code: str = Field(examples=["unknown"])
    detail: str | None = Field(None, examples=["The case has moved on since you read it."])
    errors: list[Fault] | None = Field(None, description="With `invalid`: everything that is wrong.")


def answer(request: Request, refused: Refused, default: str) -> Response:
    language = language_of(request, default)
    say = texts(language).say
    content: dict[str, object] = {
        "type": KIND + refused.code,
        "title": say(f"api.{refused.code}"),
        "status": refused.status,
        "code": refused.code,
    }
    if refused.detail:
        content["detail"] = refused.detail(texts(language))
    if refused.errors:
        content["errors"] = refused.errors
    headers = {"Content-Language": language}
    if refused.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="lapordesk"'
    if refused.wait:
        headers["Retry-After"] = str(refused.wait)
    return JSONResponse(content, refused.status, headers, MEDIA_TYPE)


def language_of(request: Request, default: str) -> str:
    """The language of ours that they like best, by Accept-Language; the house's own when it names none."""
    liked: list[tuple[float, str]] = []
    for part in request.headers.get("Accept-Language", "").split(","):
        name, _, weight = part.partition(";")
        tag = name.strip().lower().partition("-")[0]
        if tag in LANGUAGES and (value := _weight(weight)) > 0:
            liked.append((value, tag))
    return max(liked, key=lambda one: one[0])[1] if liked else default


def told(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The problems that a route may answer with, as OpenAPI wants to have them."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {
            "description": MEANING[status],
            "content": content,
            **({"headers": RETRY_AFTER} if status in (429, 503) else {}),
        }
        for status in sorted({*statuses, 422, 503})
    }


MEANING = {
    400: "It is not what HTTP or JSON allow.",
    401: "No token, or one that opens nothing.",
    403: "The token is not good for that.",
    404: "There is no such thing, or it is not yours to see: nobody learns which.",
    405: "Not with this method.",
    409: "It moved on since it was read (`outrun`), the rules say no (`refused`), or it was `sent_already`.",
    413: "The body is too large.",
    422: "Something is missing or not well formed; `errors` lists all of it.",
    429: "Too many tries from here; `Retry-After` says when to come back.",
    503: "The database does not answer just now.",
}
RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def _weight(written: str) -> float:
    name, _, value = written.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
