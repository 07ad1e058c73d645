"""Nobody outside its area learns that a report exists: each role, area, route, owner; also by an export."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from core.model.people import Role
from desk.pages.app import ROUTES
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer
from tests.desk.pages.reports.filed import FAR, PICTURE, TPS, Filed

SEATS = (
    (Role.PANWASCAM, "64.02.06"),
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.72"),
    (Role.KABKOTA, "64.02"),
    (Role.KABKOTA, "63.71"),
    (Role.PROVINSI, "64"),
    (Role.PROVINSI, "63"),
    (Role.RI, ""),
)
NOWHERE = "P-ZZZ-ZZ0"
FORMS: dict[str, dict[str, str]] = {"verify": {"serial": "1"}, "ask": {"text": "Jam berapa?"}}


def report_routes() -> Iterator[str]:
    """GET /reports/{number}, POST /reports/{number}/verify, …"""
    for routes in ROUTES:
        for route in routes().routes:
            if isinstance(route, APIRoute) and "/reports/{number}" in route.path:
                yield f"{next(iter(route.methods))} {route.path.replace('{media}', PICTURE)}"


ALL = sorted(report_routes())


def sees(seat: str, area: str) -> bool:
    """What has to come out, told apart from the rules that are tested."""
    return not seat or area == seat or area.startswith(f"{seat}.")


def asked(who: Officer, mark: str, route: str, number: str) -> Answer:
    method, path = route.replace("{number}", number).split(" ")
    if method == "GET":
        return who.get(path)
    sent = {"csrf": mark} | FORMS[path.rpartition("/")[2]]
    return who.browser.post(f"/desk{path}", data=sent, headers=SAME)


def without_number(answer: Answer, number: str) -> tuple[int, str, list[tuple[str, str]]]:
    headers = [(name, value) for name, value in answer.headers.items() if name != "content-length"]
    return answer.status_code, answer.text.replace(number, ""), sorted(headers)


def test_the_matrix_has_a_form_for_every_act() -> None:
    assert {route.rpartition("/")[2] for route in ALL if route.startswith("POST")} == FORMS.keys()
    assert len(ALL) >= 5


@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_existence_is_told_to_those_who_may_see(
    desk_office: DeskOffice, filed: Filed, role: Role, seat: str
) -> None:
    who = desk_office.officer(role, seat).enter()
    mark = who.mark()
    for area in (TPS, FAR):
        number = filed.file(area, lancar="ya", suara__catatan="Catatan Contoh")
        for route in ALL:
            answer, nothing = (asked(who, mark, route, one) for one in (number, NOWHERE))
            assert nothing.status_code == 404, f"{route}: {nothing.text}"
            if PICTURE in route:
                assert answer.status_code == 404  # this report has no picture
                continue
            same = without_number(answer, number) == without_number(nothing, NOWHERE)
            assert same != sees(seat, area), f"{route} {area}: {answer.status_code} {answer.text}"
        for path in ("", "?form=pungut", f"?area={area}", "/export.csv?form=pungut"):
            assert (number in who.get(f"/reports{path}").text) == sees(seat, area), path


def test_a_picture_is_shown_to_those_who_see_its_report(desk_office: DeskOffice, filed: Filed) -> None:
    number = filed.file(foto=PICTURE)
    filed.pictured(number)
    for seat, status in (("64.72", 200), ("64.02", 404)):
        who = desk_office.officer(Role.KABKOTA, seat).enter()
        assert who.get(f"/reports/{number}/media/{PICTURE}").status_code == status


def test_a_case_out_of_a_report_is_named_to_those_who_may_see_it(
    desk_office: DeskOffice, filed: Filed
) -> None:
    number, below = filed.file(), desk_office.officer(Role.PANWASCAM, "64.72.05").enter()
    umi, kept_away = desk_office.officer().enter(), desk_office.officer(Role.PROVINSI, "64").enter()
    case = desk_office.opens(area=TPS, exclude=kept_away.key)
    with desk_office.store.begin() as book:
        book.connection.exec_driver_sql(f"UPDATE case_file SET report = '{number}' WHERE number = '{case}'")
    shown = {who.key: case in who.get(f"/reports/{number}").text for who in (below, umi, kept_away)}
    assert shown == {below.key: False, umi.key: True, kept_away.key: False}


def test_nothing_is_shown_to_whoever_is_not_signed_in(desk_office: DeskOffice, filed: Filed) -> None:
    number, browser = filed.file(), desk_office.open_browser()
    for route in (*ALL, "GET /reports", "GET /reports/export.csv", "GET /analysis"):
        method, path = route.replace("{number}", number).split(" ")
        answer = browser.request(method, f"/desk{path}", headers=SAME)
        assert (answer.status_code, answer.text) == (303, ""), route
        assert re.match("/desk/sign-in", answer.headers["Location"])
