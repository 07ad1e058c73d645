"""Whatever a program may send: no answer is a fault of ours, and each is as the OpenAPI says.

schemathesis makes the requests from the document: its examples, the edges of each parameter, then random
ones, right and wrong. Where it draws a case's number, one that is there is put in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import cast

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.api.app import api
from desk.api.asked import CASE
from desk.api.callers import Failures
from desk.api.house import House
from tests.desk.api.office import Office

NEVER = Failures(10**9, 1.0)
RANDOM = 6
"""Random requests a route, right ones and wrong ones each, besides examples and edges."""


SHARE = 6
"""On PostgreSQL every sixth is enough: what reads the request is the same."""
turns = count()


class Stage:
    """schemathesis reads the document when tests are gathered; who answers is put up for each test."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


stage = Stage(api(cast(House, None)))
schema = schemathesis.openapi.from_asgi("/openapi.json", stage)


@pytest.fixture
def answering(office: Office) -> Iterator[Office]:
    """With nobody waiting: the wrong tokens that are tried here are many."""
    house = replace(office.house, wrong_tokens=NEVER, wrong_passphrases=NEVER, asked_status=NEVER)
    before, stage.app = stage.app, api(house)
    yield office
    stage.app = before


@schema.parametrize()
@settings(max_examples=RANDOM, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_route_answers_as_it_says(case: schemathesis.Case, answering: Office, engine: str) -> None:
    if engine == "postgres" and next(turns) % SHARE:
        return
    number = case.path_parameters.get("number") if case.path_parameters else None
    if isinstance(number, str) and re.fullmatch(CASE, number):
        case.path_parameters["number"] = answering.opens()
    case.call_and_validate(headers=dict(answering.samarinda))
