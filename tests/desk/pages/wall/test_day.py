"""The day on the wall: of the own area alone, counted once a minute, without a word of any case."""

from collections.abc import Mapping

import pytest

from core.model.people import Role
from tests.desk.pages.desk_office import DeskOffice
from tests.desk.pages.monday.conftest import posts
from tests.desk.pages.monday.test_week import told
from tests.storage.duties import wita

__all__ = ["posts"]


def test_the_figures_of_the_day(desk_office: DeskOffice, posts: Mapping[str, int]) -> None:
    desk_office.now = wita(23, 19)
    page = desk_office.officer(Role.PROVINSI, "64").enter().get("/wall").text
    words = told(page)
    assert "reports came in 40% 2 of 5" in words, "A1 and A2; A3 is vacant, all were due on Saturday at six"
    assert "Missing 3" in words
    assert "Open cases" in words
    assert 'hx-get="/desk/wall?area=64" hx-trigger="every 30s"' in page
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in page
    assert "Pembagian amplop" not in page


def test_reports_by_the_hour(desk_office: DeskOffice, posts: Mapping[str, int]) -> None:
    desk_office.now = wita(20, 11)
    page = desk_office.officer(Role.KABKOTA, "64.72").enter().get("/wall").text
    assert '<desc id="hours-text">09.00: 2. 10.00: 0. 11.00: 0. </desc>' in page
    assert "Reports today 2" in told(page)


def test_at_midnight_there_is_an_hour_already(desk_office: DeskOffice, posts: Mapping[str, int]) -> None:
    desk_office.now = wita(21, 0, 5)
    page = desk_office.officer(Role.KABKOTA, "64.72").enter().get("/wall")
    assert page.status_code == 200
    assert '<desc id="hours-text">00.00: 0. </desc>' in page.text


SEATS = ((Role.PANWASCAM, "64.72.05"), (Role.KABKOTA, "64.02"), (Role.PROVINSI, "63"), (Role.RI, ""))


@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_of_the_own_area_alone(desk_office: DeskOffice, role: Role, seat: str) -> None:
    who = desk_office.officer(role, seat).enter()
    for area in ("64", "64.72", "64.72.05", "64.02", "63", "99", "64.72.05.1004.001"):
        is_there = area in ("64", "64.72", "64.72.05", "64.02", "63")
        may = is_there and (not seat or area == seat or area.startswith(f"{seat}."))
        assert who.get(f"/wall?area={area}").status_code == (200 if may else 404), area
    assert who.get("/wall").status_code == 200


def test_cases_kept_from_somebody_are_not_in_their_figures(desk_office: DeskOffice) -> None:
    umi = desk_office.officer().enter()
    other = desk_office.officer(Role.KABKOTA, "64.72", "lain@contoh.example").enter()
    desk_office.opens(exclude=umi.key)
    assert "Open cases 0" in told(umi.get("/wall").text)
    assert "Open cases 1" in told(other.get("/wall").text)
