"""Passwords: which are taken, and that only the right one fits."""

import pytest

from storage.passwords import fits, stretch, weakness

GOOD = "sepuluh perahu pulang sore"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        (GOOD, ""),
        ("pendek", "short"),
        ("a" * 30, "plain"),
        ("x" * 201, "long"),
        ("umi.contoh tahun 2024", "plain"),
    ],
)
def test_what_is_easily_guessed_is_not_taken(password: str, why: str) -> None:
    assert weakness(password, "Umi.Contoh@contoh.example") == why


def test_only_the_right_one_fits_from_any_keyboard() -> None:
    kept = stretch("kafé di ujung jalan")
    assert fits("kafe\u0301 di ujung jalan", kept)
    assert not fits("kafe di ujung jalan", kept)
    assert not fits("", None)
    assert b"ujung" not in kept
    assert stretch(GOOD) != stretch(GOOD)
