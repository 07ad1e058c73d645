"""How stored values are shown."""

import pytest

from core.forms.answers import Reading, show
from core.forms.form import Kind
from tests.core.forms.answers.asking import NOW, options, question

LIST = options("log=Logistik", "cuaca=Cuaca")


@pytest.mark.parametrize(
    ("kind", "stored", "indonesian", "english"),
    [
        (Kind.INTEGER, "2821202", "2.821.202", "2,821,202"),
        (Kind.DECIMAL, "-1234.5", "-1.234,5", "-1,234.5"),
        (Kind.DATE, "2024-11-27", "Rabu 27 November 2024", "Wednesday 27 November 2024"),
        (Kind.TIME, "07:20:00.000+08:00", "07.20 WITA", "07:20 WITA"),
        (Kind.TIME, "07:20:05.000+07:00", "07.20.05 WIB", "07:20:05 WIB"),
        (Kind.TIME, "07:20:00.000-03:30", "07.20 UTC-03:30", "07:20 UTC-03:30"),
        (Kind.DATETIME, "2024-11-27T07:20:00.000+08:00",
         "Rabu 27 November 2024, 07.20 WITA", "Wednesday 27 November 2024, 07:20 WITA"),
        (Kind.SELECT_ONE, "log", "Logistik", "Logistik"),
        (Kind.SELECT_MULTIPLE, "log cuaca", "Logistik, Cuaca", "Logistik, Cuaca"),
        (Kind.RANK, "cuaca log", "1. Cuaca, 2. Logistik", "1. Cuaca, 2. Logistik"),
        (Kind.SELECT_ONE, "gone", "gone", "gone"),
        (Kind.GEOPOINT, "-0.5 117.1 0 0", "-0.50000, 117.10000", "-0.50000, 117.10000"),
        (Kind.IMAGE, "m1 m2", "2 foto", "photos: 2"),
        (Kind.TEXT, "apa adanya", "apa adanya", "apa adanya"),
        (Kind.INTEGER, "", "—", "—"),
        (Kind.INTEGER, "bukan angka", "bukan angka", "bukan angka"),
        (Kind.GEOPOINT, "rusak", "rusak", "rusak"),
    ],
)  # fmt: skip
def test_a_value_is_shown_in_the_persons_language(
    kind: Kind, stored: str, indonesian: str, english: str
) -> None:
    assert show(question(kind), stored, Reading("id", NOW, LIST)) == indonesian
    assert show(question(kind), stored, Reading("en", NOW, LIST)) == english
