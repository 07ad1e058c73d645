from dataclasses import replace

from core.digests.tables import Share, Table
from core.digests.tables_of_reports import areas, days, forms, silent, summary
from tests.core.digests.weeks import KUKAR, PROVINCE, UNKNOWN


def columns(table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.headings, row, strict=True)) for row in table.rows]


def test_the_summary_has_last_week_beside_this_one() -> None:
    rows = {str(row[0]): row[1:] for row in summary(KUKAR, "id").rows}
    assert rows["Kepatuhan"] == (Share(87), Share(82), None)
    assert rows["Laporan"] == (166, 141, "+18 %")
    assert rows["Terlambat"] == (12, 9, "+33 %")


def test_a_provinces_summary_says_who_has_not_confirmed() -> None:
    rows = {str(row[0]): row[1] for row in summary(PROVINCE, "id").rows}
    assert rows["Wilayah yang sudah konfirmasi"] == 7
    assert rows["Belum konfirmasi"] == "Kutai Barat, Kutai Timur, Mahakam Ulu"
    assert "Belum konfirmasi" not in {row[0] for row in summary(KUKAR, "id").rows}


def test_areas_stand_by_code_with_a_column_a_topic() -> None:
    parts = (replace(KUKAR.parts[1], topics={"logistik": "masalah"}), KUKAR.parts[0])
    first, second = columns(areas(replace(KUKAR, parts=parts), "id"))
    assert (first["Wilayah"], second["Wilayah"]) == ("Muara Muntai", "Loa Kulu")
    assert (second["Logistik"], second["Keamanan"]) == ("Masalah", None)


def test_days_are_added_up_as_they_go() -> None:
    last = columns(days(KUKAR, "id"))[-1]
    assert (last["Masuk"], last["Masuk sejak Senin"], last["Ditunggu sejak Senin"]) == (67, 206, 237)


def test_forms_have_what_changed() -> None:
    first = columns(forms(KUKAR, "en"))[0]
    assert (first["Form"], first["Reports"], first["Reports last week"], first["Change"]) == (
        "Form A",
        160,
        137,
        "+17%",
    )


def test_the_silent_are_named_with_their_role_and_place() -> None:
    first = columns(silent(KUKAR, "id"))[0]
    assert (first["Jabatan"], first["Tempat"]) == ("PKD", "Desa 1, Marang Kayu, Kutai Kartanegara")
    assert str(first["Sejak"]) == "2024-11-17 18:00:00+08:00"


def test_where_there_is_nothing_there_are_no_rows() -> None:
    assert [table(UNKNOWN, "id").rows for table in (areas, days, forms, silent)] == [(), (), (), ()]
