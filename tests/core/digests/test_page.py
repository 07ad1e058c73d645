from dataclasses import replace

from core.digests.digest import Confirmation
from core.digests.page import AREAS, DECISIONS, page
from tests.core.digests.weeks import KUKAR, PROVINCE, SEVEN


def test_the_figures_of_the_page() -> None:
    shown = {label: (value, small) for label, value, small in page(KUKAR, "id").figures}
    assert shown["Kepatuhan"] == ("87 %", "masuk 206 dari 237, pekan lalu 82 %")
    assert shown["Belum masuk"] == ("31", "dari 237")
    assert shown["Laporan"] == ("166", "+18 %")
    assert shown["Lewat tenggat"] == ("1", "Habis dalam 3 hari: 3")


def test_areas_that_owe_most_stand_first() -> None:
    areas, _, _ = page(PROVINCE, "id").tables
    assert [row[0] for row in areas.rows[:3]] == ["Kutai Barat", "Mahakam Ulu", "Kutai Kartanegara"]
    assert areas.rows[0] == ("Kutai Barat", "194", "90", "44", "60", "69 %", "69 %")
    assert areas.left_out == ""


def test_what_does_not_fit_is_counted() -> None:
    parts = tuple(replace(KUKAR.parts[0], code=f"64.02.{n}") for n in range(AREAS + 5))
    areas, _, decisions = page(
        replace(KUKAR, parts=parts, decisions=KUKAR.decisions * DECISIONS), "en"
    ).tables
    assert (len(areas.rows), areas.left_out) == (AREAS, "And 5 other areas; all of them are in the workbook.")
    assert (len(decisions.rows), decisions.left_out) == (
        DECISIONS,
        "And 8 more; all of them are in the workbook.",
    )


def test_the_note_of_the_confirmation_is_on_it() -> None:
    sent = replace(KUKAR, confirmation=Confirmation(SEVEN, "Contoh", False, "Jalan putus"))
    assert page(sent, "id").notes_given == "Jalan putus"
    assert page(KUKAR, "id").notes_given == ""
