"""The week as a page: the figures of its picture, as told on Monday or as it stands; who has sent."""

import re
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from core.digests.poster import poster
from core.digests.shapes import read_shapes
from core.model.people import Role
from tests.core.digests.test_shapes import collection, feature, square
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.storage.duties import wita
from tests.storage.known_week import MONDAY

WEEK = f"/monday/64.72/{MONDAY}"


def told(page: str) -> str:
    """The page's words alone."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_figures_are_those_of_the_picture(desk_office: DeskOffice, samarinda: Officer) -> None:
    with desk_office.store.begin() as book:
        digest = book.digests.of("64.72", wita(25, 7))
    drawn = poster(digest, "en")
    page = told(samarinda.get("/monday").text)
    assert f"{drawn.share.label} {drawn.share.value} {drawn.share_of}" in page
    for one in drawn.figures:
        assert f"{one.label} {one.value.replace('(', '').replace(')', '')}" in page
    assert drawn.as_of in page
    assert told(samarinda.get(WEEK).text) == page, "on a Monday the desk's week is the last one"
    assert "Week 18–24 Nov" in page


def test_a_past_week_is_as_it_was_told_unless_asked_for(desk_office: DeskOffice, samarinda: Officer) -> None:
    with desk_office.store.begin() as book:
        book.digests.keep(book.digests.of("64.72", wita(25, 7)), wita(25, 7))
    desk_office.now = wita(27, 9)
    samarinda.enter()
    assert "These figures stay" in samarinda.get(WEEK).text
    as_it_stands = samarinda.get(f"{WEEK}?now=1").text
    assert "Figures of Wednesday 27 Nov, 09:00 WITA" in as_it_stands
    assert "Figures of Monday 25 Nov, 07:00 WITA" in samarinda.get(WEEK).text
    running = samarinda.get("/monday").text
    assert "Week 25 Nov – 1 Dec" in running
    assert "Figures of Wednesday 27 Nov, 09:00 WITA" in running


def test_a_week_that_runs_is_counted_once_a_minute(desk_office: DeskOffice, samarinda: Officer) -> None:
    desk_office.now = wita(27, 9)
    samarinda.enter()
    samarinda.get("/monday")
    desk_office.later(seconds=50)
    assert "09:00 WITA" in samarinda.get("/monday").text
    desk_office.later(seconds=20)
    assert "09:01 WITA" in samarinda.get("/monday").text


def test_the_province_sees_who_has_sent(province: Officer) -> None:
    page = told(province.get("/monday").text)
    assert "Samarinda ✓ 24 Nov 2024, 21:00 Umi Contoh: Aman terkendali" in page
    assert "Kutai Kartanegara ✓ 25 Nov 2024, 08:00 Vina Contoh: Aman terkendali" in page
    assert "Balikpapan not yet" in page


def test_the_map_has_a_title_a_text_and_the_table_beside_it(province: Officer) -> None:
    page = province.get("/monday").text
    svg = re.search(r"<svg viewBox.*?</svg>", page, re.S)
    assert svg
    assert "style=" not in svg[0]
    assert re.search(r'<title id="map-title">Reports that came in, by regency</title>', svg[0])
    assert re.search(r'<desc id="map-text">\d+ areas; their figures stand in the table', svg[0])
    assert "<title>Samarinda: 100%, complete</title>" in svg[0]
    assert f'href="/desk/monday/64.72/{MONDAY}"' in page


def test_real_shapes_where_the_operator_brought_them(desk_office: DeskOffice, samarinda: Officer) -> None:
    tiles = samarinda.get("/monday").text
    with desk_office.store.begin() as book:
        codes = [one.code for one in book.areas.children("64.72")]
    features = [feature(square(117 + n, -1), kode=code) for n, code in enumerate(codes)]
    whole = read_shapes(collection(*features), frozenset(codes))
    object.__setattr__(desk_office.house, "shapes", whole)
    page = samarinda.get("/monday").text
    outline = re.search(r'class="ground" d="(M[\d. ]+L[^"]+z)"', page)
    assert outline
    assert outline[1] not in tiles


def test_the_files_are_those_that_are_sent(desk_office: DeskOffice, samarinda: Officer) -> None:
    picture = samarinda.get(f"{WEEK}/desk.png")
    assert Image.open(BytesIO(picture.content)).size == (1080, 1350)
    assert picture.headers["Content-Disposition"] == f'attachment; filename="desk-64.72-{MONDAY}.png"'
    assert samarinda.get(f"{WEEK}/desk.xlsx").content[:2] == b"PK"
    assert len(PdfReader(BytesIO(samarinda.get(f"{WEEK}/desk.pdf").content)).pages) == 1
    assert samarinda.get(f"{WEEK}/desk.doc").status_code == 404


def test_whoever_watches_the_country_chooses_a_province(desk_office: DeskOffice, samarinda: Officer) -> None:
    centre = desk_office.officer(Role.RI, "").enter()
    assert 'href="/desk/monday/64"' in centre.get("/monday").text
    assert centre.get("/monday/64").status_code == 200


@pytest.mark.parametrize(
    "path", ["/monday/64.7", "/monday/x", f"/monday/64.72.05.1004.001/{MONDAY}", "/monday/64.72/2024-02-31"]
)
def test_what_is_no_week(samarinda: Officer, path: str) -> None:
    assert samarinda.get(path).status_code == 404


def test_a_case_that_is_kept_from_them_is_in_no_figure(desk_office: DeskOffice, samarinda: Officer) -> None:
    desk_office.now = wita(27, 9)
    samarinda.enter()
    other = desk_office.officer(Role.KABKOTA, "64.72", "lain@contoh.example").enter()
    kept = desk_office.opens(exclude=samarinda.key)
    assert kept in other.get("/monday").text
    assert kept not in samarinda.get("/monday").text
