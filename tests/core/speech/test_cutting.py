"""Cutting words to measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.speech.cutting import shorten, size, split

WORDS = st.text(st.sampled_from("ab é.?!\n😀👩\u200d🚒🇮🇩\u0301क्षि "), max_size=300)


def bare(text: str) -> str:
    return "".join(text.split())


@given(WORDS, st.integers(10, 60), st.integers(10, 60))
def test_pieces_fit_and_hold_every_letter(text: str, room: int, last: int) -> None:
    pieces = split(text, room, min(room, last))

    assert all(0 < size(piece) <= room for piece in pieces)
    assert all(size(piece) <= last for piece in pieces[-1:])
    assert bare("".join(pieces)) == bare(text)


@given(st.lists(st.text("abcde.?", min_size=1, max_size=12), max_size=60), st.integers(12, 40))
def test_words_that_fit_are_never_torn(words: list[str], room: int) -> None:
    assert " ".join(split(" ".join(words), room, room)).split() == words


@given(WORDS, st.integers(3, 40))
def test_shortened_text_begins_alike(text: str, room: int) -> None:
    short = shorten(text, room)

    assert size(short) <= room or size(text) <= room
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("text", "room", "pieces"),
    [
        ("Satu. Dua.\n\nTiga empat", 14, ["Satu. Dua.", "Tiga empat"]),
        ("Satu dua\ntiga. Empat", 16, ["Satu dua", "tiga. Empat"]),
        ("Satu dua tiga. Empat lima", 20, ["Satu dua tiga.", "Empat lima"]),
        ("Satu dua tiga", 8, ["Satu dua", "tiga"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 4, []),
        ("abc👩\u200d🚒", 5, ["abc", "👩\u200d🚒"]),
        ("ab🇮🇩🇮🇩", 8, ["ab🇮🇩", "🇮🇩"]),
        ("abce\u0301f", 4, ["abc", "e\u0301f"]),
        ("ab👍🏽", 4, ["ab", "👍🏽"]),
    ],
)
def test_where_it_is_cut(text: str, room: int, pieces: list[str]) -> None:
    assert split(text, room, room) == pieces


def test_sizes_are_utf_16_units() -> None:
    assert size("abc") == 3
    assert size("é😀") == 3
