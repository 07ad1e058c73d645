"""Nobody outside its area, and nobody kept from it, learns that a case exists: each route, each who asks."""

import re

import pytest

from core.model.people import Role
from tests.desk.api.office import VILLAGE, Answer, Office

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
ROUTES: dict[str, dict[str, object] | None] = {
    "GET /cases/{number}": None,
    "GET /cases/{number}/likely": None,
    "GET /cases/{number}/papers/laporan.pdf": None,
    "GET /cases/{number}/papers/tanda-terima.pdf": None,
    "GET /cases/{number}/evidence.zip": None,
    "GET /cases/{number}/media/5f0c2a9be1d34c77": None,
    "GET /audit?subject={number}": None,
    "POST /cases/{number}/notes": {"text": "Catatan."},
    "POST /cases/{number}/questions": {"text": "Jam berapa?"},
    "POST /cases/{number}/moves": {"move": "telusuri"},
    "POST /cases/{number}/assignment": {"to": "me"},
    "POST /cases/{number}/exclusions": {"whom": "staff:2", "reason": REASON},
    "POST /cases/{number}/links": {"other": "{number}"},
    "POST /cases/{number}/hold": {"on": True, "reason": REASON},
    "POST /cases/{number}/identity": {"reason": REASON, "custodian": 1, "passphrase": "bukan"},
}
NOWHERE = "K-ZZZ-ZZ0"


def sees(role: Role, seat: str, office: str) -> bool:
    """What has to come out, told apart from the rules that are tested."""
    if role is Role.PANWASCAM:
        return False
    return not seat or office == seat or office.startswith(f"{seat}.")


def asked(office: Office, route: str, number: str, who: dict[str, str]) -> Answer:
    _, path = route.format(number=number).split(" ")
    body = ROUTES[route]
    if route.endswith("/links"):
        body = {"other": number}
    return office.get(path, who) if body is None else office.post(path, who, **body)


def without_number(answer: Answer, number: str) -> tuple[int, str, list[tuple[str, str]]]:
    headers = [(name, value) for name, value in answer.headers.items() if name != "content-length"]
    return answer.status_code, answer.text.replace(number, ""), sorted(headers)


def test_the_matrix_knows_every_route_of_a_case(office: Office) -> None:
    document = office.app.openapi()
    told = {
        f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method in methods
        if "/cases/{number}" in path
    }
    tried = {re.sub(r"/media/.*", "/media/{media}", route) for route in ROUTES}
    tried = {re.sub(r"papers/.*\.pdf", "papers/{paper}.pdf", route) for route in tried}
    assert told <= tried


@pytest.mark.parametrize("is_kept_away", [False, True], ids=["not excluded", "excluded"])
@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_existence_is_told_to_those_who_may_see(
    office: Office, role: Role, seat: str, is_kept_away: bool
) -> None:
    office.token(Role.KABKOTA, "63.71", email="orang-lain@contoh.example")  # staff:2, for the exclusions
    who = dict(office.token(role, seat))
    key = office.key_of(role, seat)
    for where, area in AREAS.items():
        number = office.opens(area=area, exclude=key if is_kept_away else "")
        may = sees(role, seat, where) and not is_kept_away
        for route in ROUTES:
            answer, nothing = (asked(office, route, one, who) for one in (number, NOWHERE))
            assert nothing.status_code == 404, f"{route}: {nothing.text}"
            same = without_number(answer, number) == without_number(nothing, NOWHERE)
            if "/media/" in route:
                continue  # there is no such picture in any case
            assert same != may, f"{route} {where}: {answer.status_code} {answer.text}"
        listed = [case["number"] for case in office.get("/cases?limit=100&open=false", who).json()["cases"]]
        assert (number in listed) == may
        found = office.get(f"/cases?q={number}&open=false", who).json()["cases"]
        assert bool(found) == may


def test_a_picture_is_shown_with_its_own_case_only(office: Office) -> None:
    theirs, others = office.opens(), office.opens(area="64.02.06")
    office.pictured(theirs, "aaaa0000bbbb1111")
    office.pictured(others, "cccc0000dddd1111")
    for number, media, status in (
        (theirs, "aaaa0000bbbb1111", 200),
        (theirs, "cccc0000dddd1111", 404),
        (others, "cccc0000dddd1111", 404),
        (theirs, "eeee0000ffff1111", 404),
    ):
        assert office.get(f"/cases/{number}/media/{media}").status_code == status


def test_a_link_does_not_tell_of_the_other(office: Office) -> None:
    mine, hidden = office.opens(), office.opens(area="64.02.06")
    there, nowhere = (office.post(f"/cases/{mine}/links", other=one) for one in (hidden, NOWHERE))
    assert without_number(there, hidden) == without_number(nowhere, NOWHERE)


def test_a_case_that_moves_away_is_gone_for_those_who_had_it(office: Office) -> None:
    number = office.opens("laporan")
    province = office.token(Role.PROVINSI, "64")
    moves = office.get(f"/cases/{number}", province).json()["moves"]
    away = next((one for one in moves if "office" in one["needs"]), None)
    if away is None:
        office.post(f"/cases/{number}/moves", province, move="kaji-awal")
        moves = office.get(f"/cases/{number}", province).json()["moves"]
        away = next(one for one in moves if "office" in one["needs"])
    given: dict[str, object] = {"reason": REASON} if "reason" in away["needs"] else {}
    answer = office.post(f"/cases/{number}/moves", province, move=away["name"], office="64.02", **given)
    assert answer.status_code == 200, answer.text
    assert office.get(f"/cases/{number}").status_code == 404
    assert office.get(f"/cases/{number}", office.token(Role.KABKOTA, "64.02")).status_code == 200


def scopes() -> list[tuple[str, str]]:
    needed = {
        "papers": ("papers", "evidence"),
        "identity": ("identity",),
        "audit": ("audit",),
        "cases:read": ("GET",),
    }
    return [
        (route, next((s for s, marks in needed.items() if any(m in route for m in marks)), "cases:write"))
        for route in ROUTES
    ]


@pytest.mark.parametrize(("route", "scope"), scopes())
def test_a_token_is_good_for_its_scope_and_no_other(office: Office, route: str, scope: str) -> None:
    number = office.opens()
    others = [one for one in ("cases:read", "cases:write", "identity", "papers", "audit") if one != scope]
    without = dict(office.token(Role.KABKOTA, "64.72", *others))
    answer = asked(office, route, number, without)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert asked(office, route, number, dict(office.token(Role.KABKOTA, "64.72", scope))).status_code != 403
