"""The built-in tables of places."""

from core.forms.form import Option
from core.forms.xlsform import area_tables
from core.model.areas import Area, Level

AREAS = (
    Area("64.72.01.1001", "Sidodadi", Level.VILLAGE, "Kelurahan"),
    Area("64.72.01.1001.012", "TPS 012", Level.TPS),
    Area("64.72.01", "Samarinda Ulu", Level.DISTRICT),
    Area("64.72", "Samarinda", Level.REGENCY, "Kota"),
    Area("64", "Kalimantan Timur", Level.PROVINCE),
)


def test_each_table_holds_the_areas_of_its_level_with_those_above_them() -> None:
    assert area_tables(AREAS) == {
        "kabupaten.csv": (Option("64.72", {"": "Samarinda"}, {"parent": "64"}),),
        "kecamatan.csv": (
            Option("64.72.01", {"": "Samarinda Ulu"}, {"kabupaten": "Samarinda", "parent": "64.72"}),
        ),
        "desa.csv": (
            Option(
                "64.72.01.1001",
                {"": "Sidodadi"},
                {"kecamatan": "Samarinda Ulu", "kabupaten": "Samarinda", "parent": "64.72.01"},
            ),
        ),
    }
