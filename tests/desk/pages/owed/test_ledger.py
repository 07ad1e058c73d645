"""The ledger at the desk: silent, late and vacant apart; who was phoned; reminding where it is allowed."""

import re
from collections.abc import Mapping

import pytest

from core.model.people import Role
from tests.desk.pages.desk_office import SAME, DeskOffice, Officer
from tests.desk.pages.monday.test_week import told
from tests.storage.known_week import MONDAY
from tests.storage.reachable import phone_of, waiting

C1 = "PTPS 001 Melayu, Tenggarong"


def test_silent_late_and_vacant_are_lists_of_their_own(province: Officer) -> None:
    page = told(province.get("/owed").text)
    assert "Missing 1" in page
    assert "Late 2" in page
    assert "Vacant posts 1" in page
    assert f"{C1} Pengawas C1 Contoh · 1 owed, since 23 Nov 2024, 18:00" in page
    late = told(province.get("/owed?kind=late").text)
    assert "PTPS 001 Air Putih" in late
    assert "due 23 Nov 2024, 18:00, came in 24 Nov 2024, 08:00" in late
    assert C1 not in late
    vacant = told(province.get("/owed?kind=vacant").text)
    assert "PTPS 003 Sidodadi, Samarinda Ulu vacant · 1 owed" in vacant
    assert "Nobody is silent" in province.get("/owed?week=2024-11-25").text


def test_the_areas_below_lead_on(province: Officer) -> None:
    page = province.get("/owed").text
    assert f'href="/desk/owed?area=64.02&amp;week={MONDAY}&amp;kind=silent"' in page
    below = province.get("/owed?area=64.02.06").text
    assert C1 in below
    assert f'href="/desk/owed?area=64.02&amp;week={MONDAY}' in below


def test_who_is_silent_can_be_phoned_from_the_page(
    desk_office: DeskOffice, posts: Mapping[str, int], kukar: Officer
) -> None:
    page = kukar.get("/owed").text
    assert re.findall(r'href="tel:([^"]+)"', page) == ["+628000000005"], "of C1, and of nobody else"
    assert f'href="/desk/people/posts/{posts["c1"]}"' in page
    for kind in ("late", "vacant"):
        assert "tel:" not in kukar.get(f"/owed?kind={kind}").text
    elsewhere = desk_office.officer(area="64.71").enter()
    assert "tel:" not in elsewhere.get("/owed").text


def test_a_call_is_noted_with_who_and_why(
    desk_office: DeskOffice, posts: Mapping[str, int], kukar: Officer
) -> None:
    answer = kukar.post("/owed/called", week=str(MONDAY), post=str(posts["c1"]), note="Sinyal buruk.")
    assert answer.headers["Location"] == f"/desk/owed?area=64.02&week={MONDAY}&kind=silent&done=called"
    assert "phoned 25 Nov 2024, 09:00, Umi Contoh: Sinyal buruk." in told(kukar.get("/owed").text)
    with desk_office.store.begin() as book:
        assert [call.by for call in book.calls.of(posts["c1"])] == [kukar.key]
    for post in (posts["c2"], posts["a1"], 999, "x"):
        assert kukar.post("/owed/called", week=str(MONDAY), post=str(post)).status_code == 404


def test_the_silent_are_reminded_at_most_once_an_hour(
    desk_office: DeskOffice, posts: Mapping[str, int], kukar: Officer
) -> None:
    assert "never wrote here" in kukar.get("/owed").text
    refused = kukar.post("/owed/remind")
    assert refused.status_code == 409
    assert "Nobody can be reminded just now" in refused.text
    with desk_office.store.begin() as book:
        phone_of(book, posts["c1"])
    assert "Remind again (1 people)" in kukar.get("/owed").text
    assert kukar.post("/owed/remind").status_code == 303
    with desk_office.store.begin() as book:
        assert len(waiting(book)) == 1
    assert desk_office.audit("area:64.02") == ["ledger.chased"]
    assert "reminded less than an hour ago" in kukar.get("/owed").text
    assert kukar.post("/owed/remind").status_code == 409


SEATS = ((Role.KABKOTA, "64.72"), (Role.PANWASCAM, "64.02.06"), (Role.PROVINSI, "63"), (Role.RI, ""))


@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_nothing_outside_the_own_area(
    desk_office: DeskOffice, posts: Mapping[str, int], role: Role, seat: str
) -> None:
    who = desk_office.officer(role, seat).enter()
    mark, post = who.mark(), str(posts["c1"])
    for area in ("64", "64.02", "64.02.06", "64.72"):
        may = not seat or area == seat or area.startswith(f"{seat}.")
        sent = {"csrf": mark, "week": str(MONDAY), "post": post, "area": area}
        for kind in ("silent", "late", "vacant"):
            answer = who.get(f"/owed?area={area}&kind={kind}")
            assert answer.status_code == (200 if may else 404), (area, kind)
        holds = may and "64.02.06".startswith(area)
        called = who.browser.post("/desk/owed/called", data=sent, headers=SAME)
        assert called.status_code == (303 if holds else 404), area
        reminded = who.browser.post("/desk/owed/remind", data=sent, headers=SAME)
        assert reminded.status_code == (409 if may else 404), area
    assert who.get("/owed").status_code == 200
    assert (C1 in who.get("/owed").text) == (seat in ("", "64.02.06"))
    nowhere = [who.get(f"/owed?area={area}") for area in ("99", "x", "64.02.06.1005.001")]
    assert {one.status_code for one in nowhere} == {404}


def test_today_tells_of_silence_and_of_the_week(
    desk_office: DeskOffice, kukar: Officer, samarinda: Officer, province: Officer
) -> None:
    assert "1 posts in your area are silent" in kukar.get("/").text
    assert "No post in your area is silent" in samarinda.get("/").text
    assert "was sent 24 Nov 2024, 21:00" in told(samarinda.get("/").text)
    assert "week 18–24 Nov: 2 of 10 have sent" in told(province.get("/").text)
