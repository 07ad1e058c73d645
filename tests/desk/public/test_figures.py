"""Figures and open data: the same numbers everywhere, nothing small, cacheable, harmless in a spreadsheet."""

import csv
import io
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from starlette.testclient import TestClient

from core.openness.hiding import FEWEST
from core.speech.texts import texts
from desk.public.kept import Kept
from tests.desk.api.office import Office

OCTOBER = datetime(2024, 10, 8, 2, tzinfo=UTC)


@pytest.fixture
def october(office: Office) -> Office:
    """Seven cases in Samarinda, six in Kutai Kartanegara, two at the province: a month ago."""
    office.now = OCTOBER
    for area, many in (("64.72.05.1004", 7), ("64.02.06", 6), ("64", 2)):
        for _ in range(many):
            office.opens(area=area, title="RAHASIA-JUDUL", story="RAHASIA-CERITA")
    office.now = OCTOBER + timedelta(days=40)
    office.opens()
    return office


def rows(visit: TestClient, name: str) -> list[dict[str, str]]:
    text = visit.get(f"/data/{name}.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_same_figures_stand_on_the_page_and_in_the_files(october: Office, visit: TestClient) -> None:
    page = visit.get("/angka").text
    assert "<dd>15</dd>" in page, "of whole months; the one of today is not told"
    lines = rows(visit, "aduan")
    whole = next(one for one in lines if {one["area_code"], one["month"], one["procedure"]} == {"all"})
    assert whole["received"] == "15"
    told = visit.get("/data/aduan.json").json()
    assert [
        {name: "" if one[name] is None else str(one[name]) for name in one} for one in told["rows"]
    ] == lines
    assert told["updated_at"] == "2024-11-17T00:00:00+08:00"


def test_nothing_small_is_told_anywhere(october: Office, visit: TestClient) -> None:
    for name, fields in (("aduan", ("received", "closed")), ("laporan-pengawas", ("filed",))):
        for one in rows(visit, name):
            assert all(one[field] == "" or int(one[field]) >= FEWEST for field in fields), one
    offices = {one["area_code"]: one["received"] for one in rows(visit, "aduan")
               if one["month"] == "all" and one["procedure"] == "all"}  # fmt: skip
    assert offices == {"all": "15", "64": "", "64.72": "7", "64.02": ""}, "13 - 6 would tell the province's"


def test_no_word_of_any_case_is_in_it(october: Office, visit: TestClient) -> None:
    for path in ("/angka", "/angka?lang=en", "/data/aduan.csv", "/data/aduan.json", "/data/kamus.json"):
        assert "RAHASIA" not in visit.get(path).text, path


def test_the_dictionary_explains_each_field_and_code(october: Office, visit: TestClient) -> None:
    told = visit.get("/data/kamus.json").json()
    for one in told["datasets"]:
        fields = [field["name"] for field in one["fields"]]
        assert list(rows(visit, one["dataset"])[0]) == fields
        assert all(set(field["meaning"]) == {"id", "en"} for field in one["fields"])
    assert {row["procedure"] for row in rows(visit, "aduan")} - {"all"} == set(told["codes"]["procedure"])
    assert told["license"] is None


@pytest.mark.parametrize("path", ["/angka", "/data/aduan.csv", "/data/aduan.json"])
def test_what_has_not_changed_is_not_sent_again(october: Office, visit: TestClient, path: str) -> None:
    first = visit.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=900"
    again = visit.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Set-Cookie" not in first.headers
    assert "script-src" not in first.headers["Content-Security-Policy"]


def test_a_name_is_no_formula(office: Office, visit: TestClient) -> None:
    from core.model.areas import Area, Level

    with office.store.begin() as book:
        book.areas.save([Area("64.74", '=HYPERLINK("x")', Level.REGENCY)])
    names = {one["area"] for one in rows(visit, "aduan")}
    assert '\'=HYPERLINK("x")' in names


def test_both_languages_and_no_other_file(office: Office, visit: TestClient) -> None:
    assert texts("en").say("public.angka.heading") in unescape(visit.get("/angka?lang=en").text)
    assert visit.get("/data/../rahasia.csv").status_code == 404
    assert visit.get("/data/nothing.csv").status_code == 404


async def test_it_is_counted_once_in_a_quarter_of_an_hour() -> None:
    made, moment = [], [0.0]

    async def make() -> int:
        made.append(moment[0])
        return len(made)

    kept = Kept(make, lambda: moment[0])
    assert [await kept.get(), await kept.get()] == [1, 1]
    moment[0] = 899.0
    assert await kept.get() == 1
    moment[0] = 900.0
    assert await kept.get() == 2
