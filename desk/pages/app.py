"""The web desk put together: an application of its own under `/desk`, guarded."""

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from starlette.exceptions import HTTPException

from desk.api.guards import Limit
from desk.guarding import Guard
from desk.pages.analysis.page import analysis_routes
from desk.pages.audit.leafing import audit_routes
from desk.pages.audit.verifying import verify_routes
from desk.pages.broadcasts.one import broadcast_page_routes
from desk.pages.broadcasts.writing import broadcast_writing_routes
from desk.pages.cases.acts import act_routes
from desk.pages.cases.case import case_routes
from desk.pages.cases.files import file_routes
from desk.pages.cases.identity import identity_routes
from desk.pages.cases.listing import case_list_routes
from desk.pages.cases.views import view_routes
from desk.pages.channels.health import channel_routes
from desk.pages.clock.jobs import clock_routes
from desk.pages.door.account import account_routes
from desk.pages.door.beginning import beginning_routes
from desk.pages.door.chat import chat_routes
from desk.pages.door.entrance import entrance_routes
from desk.pages.door.link import link_routes
from desk.pages.forms.drafting import draft_routes
from desk.pages.forms.listing import form_list_routes
from desk.pages.forms.trying import trial_routes
from desk.pages.guards import GUARDS
from desk.pages.monday.acts import week_act_routes
from desk.pages.monday.files import week_file_routes
from desk.pages.monday.week import week_routes
from desk.pages.owed.acts import ledger_act_routes
from desk.pages.owed.ledger import ledger_routes
from desk.pages.people.cards import card_routes
from desk.pages.people.importing import import_routes
from desk.pages.people.listing import people_routes
from desk.pages.people.post import post_routes
from desk.pages.procedures.bringing import bringing_routes
from desk.pages.procedures.reading import procedure_routes
from desk.pages.reports.acts import report_act_routes
from desk.pages.reports.exports import export_routes
from desk.pages.reports.files import report_file_routes
from desk.pages.reports.listing import report_list_routes
from desk.pages.reports.report import report_routes
from desk.pages.room import Room
from desk.pages.settings.hook import hook_routes
from desk.pages.settings.hooks import hook_list_routes
from desk.pages.settings.reading import settings_routes
from desk.pages.showing import trouble
from desk.pages.staff.listing import staff_routes
from desk.pages.staff.member import member_routes
from desk.pages.statics import static_routes
from desk.pages.today import today_routes
from desk.pages.uploads import UPLOADS
from desk.pages.visitor import NotSignedIn, to_the_door
from desk.pages.wall.day import wall_routes
from desk.refused import Refused, unknown

log = structlog.get_logger(__name__)
ROUTES = (
    export_routes,
    entrance_routes, beginning_routes, account_routes, today_routes, case_list_routes, case_routes,
    act_routes, identity_routes, file_routes, static_routes,
    week_routes, week_file_routes, week_act_routes, ledger_routes, ledger_act_routes,
    broadcast_writing_routes, broadcast_page_routes, clock_routes, channel_routes, wall_routes,
    report_list_routes, report_routes, report_act_routes, report_file_routes, analysis_routes,
    people_routes, post_routes, card_routes, import_routes,
    form_list_routes, draft_routes, trial_routes,
    view_routes,
    staff_routes, member_routes, procedure_routes, bringing_routes, audit_routes, verify_routes,
    settings_routes, chat_routes, link_routes,
    hook_list_routes, hook_routes,
)  # fmt: skip

TOLD = {404: "unknown", 413: "large"}


def desk(room: Room) -> FastAPI:
    """To be mounted at `desk.pages.room.PATH`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.room = room
    for routes in ROUTES:
        app.include_router(routes())
    app.add_middleware(Limit, uploads=UPLOADS)
    app.add_middleware(Guard, headers=GUARDS, lenient=True)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(NotSignedIn, _unknown_browser)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused_by_http)
    for away in (OperationalError, InterfaceError):
        app.add_exception_handler(away, _away)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return trouble(request, error)


async def _unknown_browser(_: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    return to_the_door(error)


async def _invalid(request: Request, _: Exception) -> Response:
    """An address that is none of ours."""
    return trouble(request, unknown())


async def _refused_by_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return trouble(request, Refused(error.status_code, TOLD.get(error.status_code, "other")))


async def _away(request: Request, error: Exception) -> Response:
    log.error("desk.database away", error=type(error).__name__)
    return trouble(request, Refused(503, "away", wait=5))
