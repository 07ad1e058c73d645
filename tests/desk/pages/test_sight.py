"""Nobody outside its area, and nobody kept from it, learns that a case exists: each role, area, route, owner.

The routes are those of the desk itself: a new one without an example here makes this fail.
"""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from core.model.people import Role
from desk.pages.app import ROUTES
from tests.desk.api.office import VILLAGE
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer

SEATS = (
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.72"),
    (Role.KABKOTA, "64.02"),
    (Role.KABKOTA, "63.71"),
    (Role.PROVINSI, "64"),
    (Role.PROVINSI, "63"),
    (Role.RI, ""),
)
AREAS = {"64.72": VILLAGE, "64.02": "64.02.06", "64": "64"}
"""Where something happens, by the office that works it."""
REASON = "Alasan yang cukup panjang."
NOWHERE = "K-ZZZ-ZZ0"
PICTURE = "5f0c2a9be1d34c77"
FORMS: dict[str, dict[str, str]] = {
    "note": {"text": "Catatan."},
    "ask": {"text": "Jam berapa?"},
    "move": {"move": "telusuri"},
    "assign": {"to": "me"},
    "exclude": {"whom": "staff:1", "reason": REASON},
    "link": {"other": NOWHERE},
    "hold": {"on": "yes", "reason": REASON},
    "identity": {"reason": REASON, "custodian": "1", "passphrase": "bukan"},
}


def case_routes() -> Iterator[str]:
    """GET /cases/{number}, POST /cases/{number}/note, …"""
    for routes in ROUTES:
        for route in routes().routes:
            if isinstance(route, APIRoute) and "{number}" in route.path and "/cases/" in route.path:
                method = next(iter(route.methods))
                if "{paper}" in route.path:
                    yield f"{method} {route.path.replace('{paper}', 'laporan')}"
                    yield f"{method} {route.path.replace('{paper}', 'tanda-terima')}"
                else:
                    yield f"{method} {route.path.replace('{media}', PICTURE)}"


ALL = sorted(case_routes())


def sees(role: Role, seat: str, office: str) -> bool:
    """What has to come out, told apart from the rules that are tested."""
    if role is Role.PANWASCAM:
        return False
    return not seat or office == seat or office.startswith(f"{seat}.")


def asked(who: Officer, mark: str, route: str, number: str) -> Answer:
    method, path = route.replace("{number}", number).split(" ")
    if method == "GET":
        return who.get(path)
    sent = {"csrf": mark, "serial": "0"} | FORMS[path.rpartition("/")[2]]
    return who.browser.post(f"/desk{path}", data=sent, headers=SAME)


def without_number(answer: Answer, number: str) -> tuple[int, str, list[tuple[str, str]]]:
    headers = [(name, value) for name, value in answer.headers.items() if name != "content-length"]
    return answer.status_code, answer.text.replace(number, ""), sorted(headers)


def test_the_matrix_has_a_form_for_every_act() -> None:
    acts = {route.rpartition("/")[2] for route in ALL if route.startswith("POST")}
    assert acts == FORMS.keys()
    assert len(ALL) >= 13


@pytest.mark.parametrize("is_kept_away", [False, True], ids=["not excluded", "excluded"])
@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_existence_is_told_to_those_who_may_see(
    desk_office: DeskOffice, role: Role, seat: str, is_kept_away: bool
) -> None:
    who = desk_office.officer(role, seat).enter()
    mark = who.mark()
    for where, area in AREAS.items():
        number = desk_office.opens(area=area, title="Judul Contoh", exclude=who.key if is_kept_away else "")
        may = sees(role, seat, where) and not is_kept_away
        for route in ALL:
            desk_office.house.wrong_passphrases._seen.clear()
            answer, nothing = (asked(who, mark, route, one) for one in (number, NOWHERE))
            assert nothing.status_code == 404, f"{route}: {nothing.text}"
            if PICTURE in route:
                assert answer.status_code == 404  # no case has this picture
                continue
            same = without_number(answer, number) == without_number(nothing, NOWHERE)
            assert same != may, f"{route} {where}: {answer.status_code} {answer.text}"
        for path in ("/", "/cases", "/cases?closed=1", f"/cases?q={number}", f"/cases?office={where}"):
            assert (f"/desk/cases/{number}" in who.get(path).text) == may, path


def test_nothing_is_shown_to_whoever_is_not_signed_in(desk_office: DeskOffice) -> None:
    number, browser = desk_office.opens(), desk_office.open_browser()
    for route in ALL:
        method, path = route.replace("{number}", number).split(" ")
        answer = browser.request(method, f"/desk{path}", headers=SAME)
        assert (answer.status_code, answer.text) == (303, ""), route
        assert answer.headers["Location"].startswith("/desk/sign-in")


def test_a_link_and_a_likeness_do_not_tell_of_the_other(desk_office: DeskOffice) -> None:
    umi = desk_office.officer().enter()
    mine, hidden = desk_office.opens(), desk_office.opens(area="64.02.06")
    kept = desk_office.opens(exclude=umi.key)
    told = [umi.act(mine, "link", other=one) for one in (hidden, kept, NOWHERE)]
    pages = {re.sub(f"{hidden}|{kept}|{NOWHERE}", "", one.text) for one in told}
    assert {one.status_code for one in told} == {409}
    assert len(pages) == 1
    page = umi.get(f"/cases/{mine}").text
    assert hidden not in page
    assert kept not in page
