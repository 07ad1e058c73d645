"""All routes of the API, in the order in which its OpenAPI tells them."""

from fastapi import APIRouter

from desk.api.acts import act_routes
from desk.api.audit import audit_routes
from desk.api.broadcasts import broadcast_routes
from desk.api.cases import case_routes
from desk.api.digests import digest_routes
from desk.api.identity import identity_routes
from desk.api.papers import paper_routes
from desk.api.procedures import procedure_routes
from desk.api.reports import report_routes
from desk.api.status import status_routes


def routes() -> APIRouter:
    router = APIRouter()
    for some in (
        case_routes(),
        act_routes(),
        identity_routes(),
        report_routes(),
        paper_routes(),
        procedure_routes(),
        digest_routes(),
        audit_routes(),
        broadcast_routes(),
        status_routes(),
    ):
        router.include_router(some)
    return router
