"""Posts and rosters beyond one's area answer as those that are not there: each role, area, route, owner."""

import re

from fastapi.routing import APIRoute

from core.model.areas import within
from core.model.people import Role
from desk.pages.app import ROUTES
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer
from tests.desk.pages.people.staffed import bring, staff

SEATS = (
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.72"),
    (Role.KABKOTA, "64.02"),
    (Role.PROVINSI, "64"),
    (Role.PROVINSI, "63"),
    (Role.RI, ""),
)
WHERE = {"Siti": "64.72.05.1004.001", "Dewi": "64.72.05", "Joko": "64.02.06"}
ALL = sorted(
    f"{next(iter(route.methods))} {route.path}"
    for routes in ROUTES
    for route in routes().routes
    if isinstance(route, APIRoute) and route.path.startswith("/people/")
)
OF_POSTS, OF_DRAFTS = ([one for one in ALL if part in one] for part in ("{post}", "{key}"))


def asked(who: Officer, mark: str, route: str, thing: str) -> Answer:
    method, path = route.replace("{post}", thing).replace("{key}", thing).split(" ")
    if method == "GET":
        return who.get(path)
    return who.browser.post(f"/desk{path}", data={"csrf": mark, "name": "x", "phone": "x"}, headers=SAME)


def bare(answer: Answer, thing: str) -> tuple[int, str]:
    return answer.status_code, re.sub(
        rf"((posts|import|area)(/|%2F|=|%3D)){re.escape(thing)}\b", r"\1", answer.text
    )


def test_the_matrix_has_every_route() -> None:
    others = set(ALL) - set(OF_POSTS) - set(OF_DRAFTS)
    assert others == {
        "GET /people/import", "GET /people/import/roster.csv", "POST /people/cards", "POST /people/import",
    }  # fmt: skip
    assert len(OF_POSTS) >= 3
    assert len(OF_DRAFTS) >= 3


def test_a_post_is_seen_from_its_own_areas(desk_office: DeskOffice) -> None:
    posts = staff(desk_office)
    for role, seat in SEATS:
        look_around(desk_office, posts, role, seat)


def look_around(desk_office: DeskOffice, posts: dict[str, int], role: Role, seat: str) -> None:
    who = desk_office.officer(role, seat).enter()
    mark = who.mark()
    for name, area in WHERE.items():
        post, may = str(posts[name]), within(area, seat)
        for route in OF_POSTS:
            nothing, answer = (asked(who, mark, route, thing) for thing in ("999999", post))
            assert nothing.status_code == 404
            assert (bare(answer, post) != bare(nothing, "999999")) == may, f"{route} {name}"
        with desk_office.store.begin() as book:  # what was ended is held again
            person = book.people.by_phone(f"+62800000030{['Siti', 'Budi', 'Dewi', 'Joko'].index(name) + 1}")
            assert person
            book.seats.hand_over(posts[name], person.id, desk_office.now)
        for path in ("/people", f"/people?area={seat}", f"/people?q={name}", f"/people?area={seat}&q={name}"):
            assert (f"{name} Contoh" in who.get(path).text) == (may and (seat != "" or "area=6" in path)), (
                path
            )
        there = who.get(f"/people?area={area}")
        assert there.status_code == (200 if may else 404)
        assert there.status_code == 200 or bare(there, area) == bare(who.get("/people?area=64.99"), "64.99")
        cards = who.post("/people/cards", area=area)
        assert cards.status_code == (404 if not may else 303 if name == "Siti" else 200), cards.text
        post_card = who.post("/people/cards", post=post, area=seat)
        assert post_card.status_code == (200 if may else 404)


def test_a_roster_is_its_owners_alone(desk_office: DeskOffice, umi: Officer) -> None:
    content = b"nama,telepon,jabatan,wilayah,tps\nRahma Contoh,08000000311,PTPS,Sidodadi,001\n"
    key = bring(umi, "/people/import", "roster.csv", content).headers["Location"].rpartition("/")[2]
    others = [
        desk_office.officer(Role.KABKOTA, "64.72", "lain@contoh.example"),
        desk_office.officer(Role.RI, ""),
    ]
    for other in others:
        other.enter()
        mark = other.mark()
        for route in OF_DRAFTS:
            answer, nothing = (asked(other, mark, route, one) for one in (key, "AAAAAAAAAAAA"))
            assert bare(answer, key) == bare(nothing, "AAAAAAAAAAAA")
            assert answer.status_code == 404
        assert "roster.csv</strong>" not in other.get("/people/import").text
    assert umi.get(f"/people/import/{key}").status_code == 200
    desk_office.later(days=1, minutes=1)
    assert umi.enter().get(f"/people/import/{key}").status_code == 404


def test_nothing_is_shown_to_whoever_is_not_signed_in(desk_office: DeskOffice) -> None:
    post, browser = str(staff(desk_office)["Siti"]), desk_office.open_browser()
    for route in ("GET /people", *ALL):
        method, path = route.replace("{post}", post).replace("{key}", "AAAAAAAAAAAA").split(" ")
        answer = browser.request(method, f"/desk{path}", headers=SAME)
        assert (answer.status_code, answer.text) == (303, ""), route
