"""`POST /status`: how it stands with a case, for whoever has its code; the one route without a token."""

from fastapi import APIRouter, Request

from desk.api.asked import StatusAsked
from desk.api.house import TheHouse, TheLanguage
from desk.api.problems import told
from desk.api.shown import StatusShown
from desk.following import follow


def status_routes() -> APIRouter:
    router = APIRouter(tags=["status"])
    router.add_api_route("/status", tell_status, methods=["POST"], responses=told(400, 404, 413, 429))
    return router


async def tell_status(
    house: TheHouse, language: TheLanguage, asked: StatusAsked, request: Request
) -> StatusShown:
    """How it stands, in the words of the chat; a 404 says in its `title` when the code was mistyped."""
    return await follow(house, language, asked.code, request)
