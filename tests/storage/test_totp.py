"""The second step, by the vectors of RFC 6238, appendix B."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.totp import address, code, draw_secret, matching_step, step_of, written

SECRET = b"12345678901234567890"
NOW = datetime(2024, 11, 20, 2, 0, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_the_rfc(seconds: int, shown: str) -> None:
    assert code(SECRET, step_of(datetime.fromtimestamp(seconds, UTC)), digits=8) == shown


@pytest.mark.parametrize(
    ("late", "is_let_in"), [(-31, True), (0, True), (29, True), (60, False), (-68, False)]
)
def test_a_clock_may_be_half_a_minute_off(late: int, is_let_in: bool) -> None:
    shown = code(SECRET, step_of(NOW))
    assert (matching_step(SECRET, shown, NOW + timedelta(seconds=late)) is not None) == is_let_in


def test_blanks_do_not_count_and_odd_digits_are_none() -> None:
    shown = code(SECRET, step_of(NOW))
    assert matching_step(SECRET, f" {shown[:3]} {shown[3:]}", NOW) == step_of(NOW)
    for odd in ("", "12345", shown + "0", "١٢٣٤٥٦", "abcdef"):
        assert matching_step(SECRET, odd, NOW) is None


def test_an_app_is_told_all_it_needs() -> None:
    told = address(SECRET, "umi@contoh.example", "LaporDesk Contoh")
    assert told == (
        "otpauth://totp/LaporDesk%20Contoh%3Aumi@contoh.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=LaporDesk%20Contoh&digits=6&period=30"
    )
    assert written(SECRET).startswith("GEZD GNBV ")
    assert draw_secret() != draw_secret()
