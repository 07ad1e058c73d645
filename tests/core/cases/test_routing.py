import pytest

from core.cases.routing import office_of, role_of
from core.model.people import Role


@pytest.mark.parametrize(
    ("area", "office"),
    [
        ("64.72.01.1001.012", "64.72"),
        ("64.72.01.1001", "64.72"),
        ("64.02.08", "64.02"),
        ("64.02", "64.02"),
        ("64", "64"),
        ("", "64"),
    ],
)
def test_a_case_goes_to_the_kabkota_of_the_event_or_to_the_province(area: str, office: str) -> None:
    assert office_of(area, "64") == office


def test_each_office_is_somebodys() -> None:
    seats = [role_of(office) for office in ("", "64", "64.02", "64.02.08", "64.02.08.2001")]
    assert seats == [Role.RI, Role.PROVINSI, Role.KABKOTA, Role.PANWASCAM, Role.PKD]
