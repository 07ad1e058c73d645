"""Any question of a form, by area and by time: choices counted, numbers added up, one's own area alone."""

import re
from datetime import timedelta

from core.model.people import Role
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.reports.filed import FAR, TPS, VILLAGE, Filed

ROW = re.compile(r'<tr><th scope="row">([^<]+)</th>((?:<td[^>]*>[^<]*</td>)+)</tr>')
CELL = re.compile(r"<td[^>]*>([^<]*)</td>")


def table(who: Officer, query: str) -> list[tuple[str, ...]]:
    answer = who.get(f"/analysis?{query}")
    assert answer.status_code == 200, answer.text
    return [(name, *CELL.findall(cells)) for name, cells in ROW.findall(answer.text)]


def count(desk_office: DeskOffice) -> None:
    with desk_office.store.begin() as book:
        book.analysis.count()


def test_choices_by_area_and_by_time(desk_office: DeskOffice, filed: Filed) -> None:
    filed.file(TPS, lancar="ya")
    filed.file(VILLAGE, lancar="ya")
    filed.file(VILLAGE, lancar="tidak", at=desk_office.now - timedelta(days=2))
    filed.file(FAR, lancar="tidak")
    filed.nihil()
    count(desk_office)
    umi = desk_office.officer().enter()
    asked = "form=pungut&question=lancar"
    assert table(umi, asked) == [("Yes (67%)", "2"), ("No (33%)", "1"), ("Samarinda Ulu", "2", "1")]
    assert "Of 4 reports, 1 of them" in umi.get(f"/analysis?{asked}").text
    assert table(umi, f"{asked}&area=64.72.05")[2:] == [("Sidodadi", "2", "1")]
    days = table(umi, f"{asked}&by=day&from=2024-11-18&to=2024-11-20")[2:]
    assert [row[1:] for row in days] == [("0", "1"), ("0", "0"), ("2", "0")]
    assert [row[1:] for row in table(umi, f"{asked}&by=week&from=2024-11-11")[2:]] == [
        ("0", "0"),
        ("2", "1"),
    ]
    province = desk_office.officer(Role.PROVINSI, "64").enter()
    assert table(province, asked)[2:] == [
        ("Kabupaten Kutai Kartanegara", "0", "1"),
        ("Kota Samarinda", "2", "1"),
    ]
    country = desk_office.officer(Role.RI, "").enter()
    assert table(country, f"{asked}&by=day&from=2024-11-20")[2][1:] == ("2", "1")


def test_numbers_by_area(desk_office: DeskOffice, umi: Officer, filed: Filed) -> None:
    for votes in ("1000", "1500", "500"):
        filed.file(suara__sah=votes)
    count(desk_office)
    rows = table(umi, "form=pungut&question=suara/sah")
    assert rows == [("Samarinda Ulu", "1,000"), ("Samarinda Ulu", "3", "3,000", "1,000", "500", "1,500")]
    assert 'data-value="1000.0"' in umi.get("/analysis?form=pungut&question=suara/sah").text


def test_what_waits_is_said_and_what_is_foreign_is_not_shown(
    desk_office: DeskOffice, umi: Officer, filed: Filed
) -> None:
    filed.file(FAR, lancar="ya")
    assert "1 new reports are not counted yet" in umi.get("/analysis?form=pungut").text
    count(desk_office)
    for area in (FAR, "64", "64.02", "63", ""):
        page = umi.get(f"/analysis?form=pungut&question=lancar&area={area}").text
        assert "Of 0 reports" in page
        assert "Loa Janan" not in page


def test_words_are_never_asked_about(umi: Officer, filed: Filed) -> None:
    page = umi.get("/analysis?form=pungut&question=suara/catatan").text
    assert "Remarks" not in page
    for query in (
        "",
        "form=lain",
        "form=pungut&by=hour&from=x&to=9999-99-99",
        "form=pungut&from=0001-01-01&to=0001-01-01",
    ):
        assert umi.get(f"/analysis?{query}").status_code == 200
