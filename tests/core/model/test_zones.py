from zoneinfo import ZoneInfo

import pytest

from core.model.zones import zone_of


@pytest.mark.parametrize(
    "code, zone",
    [
        ("11", "Asia/Jakarta"),
        ("36.74", "Asia/Jakarta"),
        ("61", "Asia/Jakarta"),
        ("62.71", "Asia/Jakarta"),
        ("63", "Asia/Makassar"),
        ("64.72.03.1005.012", "Asia/Makassar"),
        ("51", "Asia/Makassar"),
        ("76", "Asia/Makassar"),
        ("81", "Asia/Jayapura"),
        ("96", "Asia/Jayapura"),
        ("", "Asia/Jakarta"),
    ],
)
def test_each_province_has_its_zone(code: str, zone: str) -> None:
    assert zone_of(code) == zone
    ZoneInfo(zone)
