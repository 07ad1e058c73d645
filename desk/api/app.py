"""The API put together: an application of its own under `/api/v1`, with its OpenAPI, guards and problems."""

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from desk.api.guards import GUARDS, Limit
from desk.api.house import House
from desk.api.problems import Problem, answer
from desk.api.routes import routes
from desk.guarding import Guard
from desk.refused import Refused

log = structlog.get_logger(__name__)

PATH = "/api/v1"
CODES = {400: "unread", 404: "unknown", 405: "method", 413: "large"}
INTRODUCTION = """
Cases of an election supervision body: citizens' tips and complaints, findings, disputes, requests.

Every route but `POST /status` asks for a bearer token (`lapordesk staff token`). A token sees what the role
and the area of its holder may see; everything else answers 404, as if it were not there. An act may bear the
`serial` that was read, in the body or as `If-Match`; when the case has moved on since, it answers 409.
Labels and problems are in the language of `Accept-Language` (`id`, `en`).
"""


def api(house: House) -> FastAPI:
    """To be mounted at `PATH`."""
    app = FastAPI(
        title="LaporDesk",
        version="1",
        description=INTRODUCTION.strip(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.house = house
    app.include_router(routes())
    app.add_middleware(Limit)
    app.add_middleware(Guard, headers=GUARDS)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused_by_http)
    for away in (OperationalError, InterfaceError):
        app.add_exception_handler(away, _away)
    _describe(app)
    return app


def _describe(app: FastAPI) -> None:
    """FastAPI tells of its own 422; ours is another, and Problem stands in no response model."""
    made = app.openapi

    def described() -> dict[str, object]:
        document = made()
        schemas = document["components"]["schemas"]
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs", {}))
        schemas["Problem"] = problem
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        return document

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def _told(request: Request, refused: Refused) -> Response:
    return answer(request, refused, request.app.state.house.language)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _told(request, error)


async def _invalid(request: Request, error: Exception) -> Response:
    """Where and why, never with what stood there."""
    assert isinstance(error, RequestValidationError)
    faults = [
        {"where": _sayable(".".join(map(str, fault["loc"]))), "why": fault["type"]}
        for fault in error.errors()
    ]
    return _told(request, Refused(422, "invalid", errors=faults))


def _sayable(place: str) -> str:
    """JSON can say half a character, UTF-8 cannot."""
    return place.encode(errors="replace").decode()[:200]


async def _refused_by_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _told(request, Refused(error.status_code, CODES.get(error.status_code, "unread")))
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return response


def _methods(request: Request) -> set[str]:
    """All of this path's: Starlette names only those of the first route that it meets."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return {
        method.upper()
        for template, methods in request.app.openapi()["paths"].items()
        if compile_path(template)[0].match(path)
        for method in methods
    }


async def _away(request: Request, error: Exception) -> Response:
    log.error("api.database away", error=type(error).__name__)
    return _told(request, Refused(503, "away", wait=5))
