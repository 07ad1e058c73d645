"""Numbers written out."""

import pytest

from core.forms.answers.number_words import number_in_words

ONES = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]


def in_words(number: int) -> str:
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    for size, word in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size:
            count, rest = divmod(number, size)
            front = f"se{word}" if count == 1 else f"{in_words(count)} {word}"
            return f"{front} {in_words(rest)}" if rest else front
    raise AssertionError(number)


def test_every_number_below_ten_thousand_reads_back() -> None:
    assert [number for number in range(10_000) if number_in_words(in_words(number)) != number] == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("dua juta lima ratus ribu", 2_500_000),
        ("seratus ribu", 100_000),
        ("two hundred and seventeen", 217),
        ("a thousand and five", None),
        ("tujuh dua", None),
        ("ribu", None),
        ("", None),
        ("sepuluh belas", None),
    ],
)
def test_odd_and_large_ones(written: str, number: int | None) -> None:
    assert number_in_words(written) == number
