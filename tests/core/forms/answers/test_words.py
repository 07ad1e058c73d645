"""Yes, no, nothing and hello."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import greeting, knows_not, says_nothing, thanks, yes_or_no


@pytest.mark.parametrize(
    "typed",
    [
        "ya",
        "Y",
        "iya betul",
        "iyaaa",
        "ok",
        "oke 👍",
        "siap pak",
        "benar",
        "betul sekali",
        "sdh",
        "👍",
        "👍🏿",
        "yes",
        "Ya!",
    ],
)
def test_yes(typed: str) -> None:
    assert yes_or_no(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "tidak",
        "tdk",
        "gak",
        "nggak",
        "ndak",
        "t",
        "n",
        "g",
        "bukan",
        "salah",
        "belum",
        "tdk ada",
        "tidak setuju",
        "👎",
    ],
)
def test_no(typed: str) -> None:
    assert yes_or_no(typed) is False


@pytest.mark.parametrize(
    "typed", ["", "ya tidak", "mungkin", "ya 👎", "👍👎", "gak tau", "2", "lengkap", "Yayasan"]
)
def test_neither(typed: str) -> None:
    assert yes_or_no(typed) is None


@pytest.mark.parametrize(
    ("typed", "nothing"), [("tdk ada pak", True), ("-", True), ("tidak", False), ("0", False)]
)
def test_nothing(typed: str, nothing: bool) -> None:
    assert says_nothing(typed) is nothing


@pytest.mark.parametrize(
    "typed",
    [
        "halo",
        "Hallooo pak",
        "p",
        "assalamualaikum",
        "Assalamu'alaikum Wr. Wb.",
        "ass wr wb",
        "selamat pagi",
        "selamat malam bapak/ibu",
        "pagi min",
        "izin lapor",
        "good morning",
    ],
)
def test_a_greeting(typed: str) -> None:
    assert greeting(typed)


@pytest.mark.parametrize("typed", ["", "pak", "ya", "2", "halo pak ada money politik", "pagi jam 7", "lapor"])
def test_no_greeting(typed: str) -> None:
    assert not greeting(typed)


@given(st.text())
def test_no_text_is_both_yes_and_nothing_but_no(typed: str) -> None:
    assert not (yes_or_no(typed) is True and says_nothing(typed))


@pytest.mark.parametrize(
    "text",
    ["tidak tahu", "gak tau", "ga tau pak", "kurang tau", "blm tau", "lupa", "entah", "ndak ingat persis",
     "nggak kenal", "I don't know", "not sure"],
)  # fmt: skip
def test_who_knows_not(text: str) -> None:
    assert knows_not(text)


@pytest.mark.parametrize(
    "text", ["tahu", "tidak", "pak lurah tidak tahu malu", "lupa bawa KTP", "kemarin", ""]
)
def test_who_knows(text: str) -> None:
    assert not knows_not(text)


@pytest.mark.parametrize(
    "typed",
    [
        *("terima kasih", "makasih pak admin", "mksh 🙏", "thx min", "siap, terima kasih"),
        *("Terima kasih banyak atas bantuannya ya", "thank you very much"),
    ],
)
def test_thanks(typed: str) -> None:
    assert thanks(typed)


@pytest.mark.parametrize(
    "typed",
    ["terima uang 100rb", "dia bilang terima kasih sudah pilih paslon 2", "kasih amplop", "siap", "ya", ""],
)
def test_no_thanks(typed: str) -> None:
    assert not thanks(typed)
