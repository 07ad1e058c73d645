"""A week for programs: the same figures as the files, a past one for good, and only of the own area."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader

from core.model.people import Role
from scheduler.render.paper import make_paper
from scheduler.render.picture import draw_picture
from scheduler.render.sheet import make_sheet
from storage.duties import open_periods
from tests.core.elections.samples import duty
from tests.desk.api.office import VILLAGE, Office
from tests.storage.duties import enact, wita

MONDAY = "2024-11-18"


@pytest.fixture
def weekly(office: Office) -> Office:
    """Siti owes a daily report and files one; today is Wednesday."""
    office.reported()
    with office.store.begin() as book:
        daily = duty(roles=frozenset({Role.PKD}), form="lhp", stage="kampanye")
        enact(book, daily, now=wita(18, 5))
        open_periods(book, office.now)
    office.house.draw.update(png=draw_picture, xlsx=make_sheet, pdf=make_paper)  # type: ignore[attr-defined]
    return office


def test_the_figures(weekly: Office) -> None:
    weekly.now = wita(25, 9)
    told = weekly.get(f"/digests/64.72/{MONDAY}").json()
    assert (told["area"], told["name"], told["first"], told["last"]) == (
        "64.72",
        "Samarinda",
        MONDAY,
        "2024-11-24",
    )
    assert told["made_for"].startswith("2024-11-24T23:00:00")
    assert told["tally"]["silent"] == told["tally"]["expected"] == 3
    assert [part["code"] for part in told["parts"]] == ["64.72.05"]
    assert weekly.get("/digests/64.72/2024-11-22").json() == told, "any day of the week"
    assert weekly.get("/digests/64.72/2024-11-25").json()["first"] == "2024-11-25"


def test_as_it_was_told_or_as_it_stands_now(weekly: Office) -> None:
    weekly.now = wita(25, 9)
    with weekly.store.begin() as book:
        told = book.digests.of("64.72", wita(25, 7))
        book.digests.keep(replace(told, findings=77), weekly.now)
    assert weekly.get(f"/digests/64.72/{MONDAY}").json()["findings"] == 77
    assert weekly.get(f"/digests/64.72/{MONDAY}?now=true").json()["findings"] == 0


def test_the_week_that_runs_is_as_it_stands(weekly: Office) -> None:
    weekly.now = wita(20, 10)
    assert weekly.get(f"/digests/64.72/{MONDAY}").json()["made_for"].startswith("2024-11-20T02:00")


def test_the_files(weekly: Office) -> None:
    weekly.now = wita(25, 9)
    picture = weekly.get(f"/digests/64.72/{MONDAY}.png")
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(picture.content)).size == (1080, 1350)
    book = weekly.get(f"/digests/64.72/{MONDAY}.xlsx")
    assert openpyxl.load_workbook(BytesIO(book.content)).worksheets[0]["A1"].value.startswith("Samarinda")
    page = weekly.get(f"/digests/64.72/{MONDAY}.pdf")
    assert len(PdfReader(BytesIO(page.content)).pages) == 1
    assert page.headers["content-disposition"] == 'inline; filename="desk-64.72-2024-11-18.pdf"'
    assert weekly.get(f"/digests/64.72/{MONDAY}.png").content == picture.content
    assert weekly.get(f"/digests/64.72/{MONDAY}.doc").status_code == 422


def test_the_ledger_and_its_silent_posts(weekly: Office) -> None:
    weekly.now = wita(20, 23)
    told = weekly.get("/ledger?area=64.72").json()
    assert (told["first"], told["last"], told["name"]) == (MONDAY, "2024-11-24", "Kota Samarinda")
    assert told["tally"]["silent"] == 3
    [silence] = told["silences"]
    assert (silence["holder"], silence["owed"], silence["area"]) == ("Siti Contoh", 3, VILLAGE)
    assert told["next"] is None
    page = weekly.get("/ledger?area=64.72&limit=1").json()
    assert page["next"]
    assert weekly.get(f"/ledger?area=64.72&limit=1&cursor={page['next']}").json()["silences"] == []
    assert weekly.get("/ledger?area=64.72&week=2024-11-11").json()["tally"]["expected"] == 0


ROUTES = (
    "/digests/{area}/2024-11-18",
    "/digests/{area}/2024-11-18.png",
    "/digests/{area}/2024-11-18.xlsx",
    "/digests/{area}/2024-11-18.pdf",
    "/ledger?area={area}",
)
SEATS = (
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.72"),
    (Role.KABKOTA, "64.02"),
    (Role.PROVINSI, "64"),
    (Role.PROVINSI, "63"),
    (Role.RI, ""),
)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_only_of_the_own_area_and_else_as_if_it_were_not_there(
    weekly: Office, route: str, role: Role, seat: str
) -> None:
    who = weekly.token(role, seat)
    nowhere = weekly.get(route.format(area="99"), who)
    assert nowhere.status_code == 404
    for area in ("64", "64.72", "64.72.05", VILLAGE, "64.02", "63"):
        answer = weekly.get(route.format(area=area), who)
        if not seat or area == seat or area.startswith(f"{seat}."):
            assert answer.status_code == 200, (area, answer.text)
        else:
            assert (answer.status_code, answer.text) == (404, nowhere.text)


@pytest.mark.parametrize("route", ROUTES)
def test_only_with_a_token_that_is_good_for_it(weekly: Office, route: str) -> None:
    path = route.format(area="64.72")
    assert weekly.get(path, {}).status_code == 401
    assert weekly.get(path, weekly.token(Role.KABKOTA, "64.72", "cases:read")).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/digests/64.7/2024-11-18", "/digests/64.72/2024-W47", "/digests/64.72/1999-11-18", "/ledger?area=x"],
)
def test_what_is_not_well_formed(weekly: Office, path: str) -> None:
    assert weekly.get(path).status_code == 422


def test_a_day_that_there_is_not(weekly: Office) -> None:
    assert weekly.get("/digests/64.72/2024-02-31").status_code == 404


def test_a_case_that_is_kept_from_the_caller_is_not_in_it(weekly: Office) -> None:
    weekly.now = wita(21, 9)
    key = weekly.key_of(Role.KABKOTA, "64.72")
    kept, open_to = weekly.opens(exclude=key), weekly.opens()
    told = weekly.get(f"/digests/64.72/{MONDAY}?now=true").text
    assert open_to in told
    assert kept not in told
    other = weekly.token(Role.KABKOTA, "64.72", email="lain@contoh.example")
    assert kept in weekly.get(f"/digests/64.72/{MONDAY}?now=true", other).text
