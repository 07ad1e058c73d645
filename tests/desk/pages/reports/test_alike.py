"""The same picture at two posts, on Today: with both reports, and only where both are one's own to see."""

import re

from core.model.people import Role
from tests.desk.api.office import VILLAGE
from tests.desk.pages.desk_office import DeskOffice
from tests.desk.pages.reports.filed import FAR, TPS, Filed

TITLE = "The same picture at two posts"


def alike(office: DeskOffice, one: str, other: str) -> None:
    with office.store.begin() as book:
        book.pictures.note(one, [(other, 12)], office.now)


def test_both_reports_are_led_to_and_shown(desk_office: DeskOffice, filed: Filed) -> None:
    umi = desk_office.officer().enter()
    assert TITLE not in umi.get("/").text
    here, there = filed.file(), filed.file(VILLAGE)
    pictures = filed.pictured(here), filed.pictured(there, "aaaa0000bbbb1111", VILLAGE)
    alike(desk_office, *pictures)
    page = umi.get("/").text
    assert TITLE in page
    assert set(re.findall(r'href="/desk/reports/([^"]+)"', page)) == {here, there}
    shown = re.findall(r'src="/desk(/reports/[^"]+)"', page)
    assert [umi.get(path).status_code for path in shown] == [200, 200]
    assert "TPS 012, Sidodadi" in page
    desk_office.later(days=8)
    assert TITLE not in desk_office.officer().enter().get("/").text


def test_a_pair_with_one_foot_outside_is_told_to_nobody_there(desk_office: DeskOffice, filed: Filed) -> None:
    here, away = filed.file(), filed.file(FAR)
    alike(desk_office, filed.pictured(here), filed.pictured(away, "aaaa0000bbbb1111", FAR))
    for role, area, sees in (
        (Role.KABKOTA, "64.72", False),
        (Role.KABKOTA, "64.02", False),
        (Role.PROVINSI, "63", False),
        (Role.PROVINSI, "64", True),
        (Role.RI, "", True),
    ):
        page = desk_office.officer(role, area).enter().get("/").text
        assert (TITLE in page) == (away in page) == sees, (role, area)
    assert TPS.startswith("64.72")
