"""What is taken away: one's own area, through the filters of the list, and noted in the log."""

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from core.model.people import Role
from storage.exports import tables
from tests.desk.pages.desk_office import Answer, DeskOffice, Officer
from tests.desk.pages.reports.filed import FAR, TPS, VILLAGE, Filed


def rows(answer: Answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def test_reports_of_a_form_from_ones_own_area(
    monkeypatch: pytest.MonkeyPatch, desk_office: DeskOffice, umi: Officer, filed: Filed
) -> None:
    monkeypatch.setattr(tables, "PAGE", 2)
    mine = [
        filed.file(TPS, lancar="ya", suara__catatan="=cmd()", **{f"kejadian[{n}]/apa": "ya"})
        for n in range(1, 6)
    ]
    far, apart = filed.file(FAR), filed.file(practice=True)
    read = rows(umi.get("/reports/export.csv?form=pungut"))
    assert sorted(row["number"] for row in read) == sorted(mine)
    assert {row["suara/catatan"] for row in read} == {"'=cmd()"}
    assert {row["person"] for row in read} == {"Ani Contoh"}
    assert [name for name in read[0] if name.startswith("kejadian")] == [
        f"kejadian[{n}]/apa" for n in range(1, 6)
    ]
    assert [row["number"] for row in rows(umi.get("/reports/export.csv?form=pungut&practice=1"))] == [apart]
    workbook = CalamineWorkbook.from_filelike(BytesIO(umi.get("/reports/export.xlsx?form=pungut").content))
    assert {row[0] for row in workbook.get_sheet_by_name("pungut").to_python()[1:]} == set(mine)
    assert rows(umi.get(f"/reports/export.csv?form=pungut&area={VILLAGE}&nihil=1")) == []
    other = desk_office.officer(Role.KABKOTA, "64.02").enter()
    assert [row["number"] for row in rows(other.get("/reports/export.csv?form=pungut"))] == [far]
    assert len(desk_office.audit("pungut")) == 5


def test_what_is_no_form_cannot_be_taken(desk_office: DeskOffice, umi: Officer, filed: Filed) -> None:
    for path in ("/reports/export.csv", "/reports/export.csv?form=lain", "/reports/export.pdf?form=pungut"):
        assert umi.get(path).status_code == 404, path


def test_cases_without_their_words(desk_office: DeskOffice, umi: Officer) -> None:
    mine, away = desk_office.opens(story="Rahasia Contoh"), desk_office.opens(exclude=umi.key)
    far = desk_office.opens(area="64.02.06")
    answer = umi.get("/cases/export.csv?q=" + mine)
    assert [row["number"] for row in rows(answer)] == [mine]
    assert "Rahasia" not in answer.text
    assert not {away, far} & {row["number"] for row in rows(umi.get("/cases/export.csv?closed=1"))}
    assert desk_office.audit("cases") == ["case.exported"] * 2
