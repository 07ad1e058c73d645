"""What people wrote stays their text on paper, and can neither break the page nor turn it round."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desk.papers.legible import BREAK, LONGEST_WORD, PIECE, legible, legible_data


def test_ordinary_words_stay_as_they_are() -> None:
    for text in ("Budi Contoh, RT 05 – é ✓", "#set page() $x$ *a* @b <c> \\ // `x`", "baris 1\nbaris 2"):
        assert legible(text) == text


def test_what_turns_or_hides_is_taken_out() -> None:
    assert legible("Rp\u202e0005\u202c \u2066x\u2069\x00\x07") == "Rp0005 x"


def test_lines_are_lines() -> None:
    assert legible("a\r\nb\rc\u2028d\x0ce") == "a\nb\nc\nd\ne"
    assert legible("a\n\n\n\n\nb") == "a\n\nb"


def test_letters_that_no_font_has_go_by_their_name() -> None:
    hidden = frozenset("😀日")
    assert legible("😀 日", hidden) == "[grinning face] [U+65E5]"
    assert legible("🙏🏽", frozenset("🙏")).startswith("[person with")
    assert legible("\ue000\ud800") == "[U+E000][U+D800]"


def test_long_words_can_break_and_fingerprints_cannot() -> None:
    word = "x" * 100
    assert legible(word).replace(BREAK, "") == word
    assert max(map(len, legible(word).split(BREAK))) == PIECE
    assert legible("ab" * 32) == "ab" * 32


def test_every_text_in_data_and_nothing_else() -> None:
    data = {"a": ["x\x00", {"b": ("\x01y", 3, None, True)}]}
    assert legible_data(data, frozenset()) == {"a": ["x", {"b": ["y", 3, None, True]}]}


@given(st.text())
def test_any_text_ends_up_printable(text: str) -> None:
    shown = legible(text)
    odd = {unicodedata.category(letter) for letter in shown if letter != "\n"} & {"Cc", "Cs", "Co", "Cn"}
    assert not odd
    assert all(len(word) <= LONGEST_WORD for line in shown.split() for word in line.split(BREAK))
