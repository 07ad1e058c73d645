"""No week outside the own area: each role, area and route; what is not theirs is as if it were not there."""

import pytest
from fastapi.routing import APIRoute

from core.model.people import Role
from desk.pages.app import ROUTES
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer
from tests.storage.known_week import MONDAY

SEATS = (
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.72"),
    (Role.KABKOTA, "64.02"),
    (Role.PROVINSI, "64"),
    (Role.PROVINSI, "63"),
    (Role.RI, ""),
)
AREAS = ("64", "64.72", "64.72.05", "64.02", "63", "63.71")
NOWHERE = "99"
ALL = sorted(
    f"{next(iter(route.methods))} {route.path}"
    for routes in ROUTES
    for route in routes().routes
    if isinstance(route, APIRoute) and route.path.startswith("/monday/{area}")
)


def asked(who: Officer, mark: str, route: str, area: str) -> Answer:
    method, path = route.replace("{area}", area).replace("{week}", str(MONDAY)).split(" ")
    if method == "GET":
        return who.get(path.replace("{ending}", "pdf"))
    return who.browser.post(f"/desk{path}", data={"csrf": mark}, headers=SAME)


def test_the_matrix_is_of_all_routes() -> None:
    assert len(ALL) == 6


@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_only_of_the_own_area(desk_office: DeskOffice, role: Role, seat: str) -> None:
    who = desk_office.officer(role, seat).enter()
    mark = who.mark()
    for route in ALL:
        nothing = asked(who, mark, route, NOWHERE)
        assert nothing.status_code == 404
        for area in AREAS:
            answer = asked(who, mark, route, area)
            is_below = not seat or area == seat or area.startswith(f"{seat}.")
            may = is_below if route.startswith("GET") else area == seat
            if may:
                assert answer.status_code in (200, 409), (route, area)
            else:
                same = (answer.status_code, answer.text.replace(f"/monday/{area}", "")) == (
                    404,
                    nothing.text.replace(f"/monday/{NOWHERE}", ""),
                )
                assert same, (route, area, answer.status_code)


def test_nothing_is_shown_to_whoever_is_not_signed_in(desk_office: DeskOffice) -> None:
    browser = desk_office.open_browser()
    for route in ALL:
        method, path = route.replace("{area}", "64.72").replace("{week}", str(MONDAY)).split(" ")
        answer = browser.request(method, f"/desk{path}", headers=SAME)
        assert (answer.status_code, answer.text) == (303, ""), route
