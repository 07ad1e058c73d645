import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.render.drawing.letters import fit, font, line_height

NAME = "Penajam Paser Utara"


def test_words_keep_their_size_where_there_is_room() -> None:
    assert fit("Paser", 400, 80, 700, 60, 30, 1).size == 60


def test_words_become_smaller_before_they_are_cut() -> None:
    done = fit(NAME, 300, 80, 700, 60, 16, 1)
    assert (done.lines, 16 <= done.size < 60) == ((NAME,), True)


def test_words_go_over_two_lines_where_two_fit() -> None:
    assert fit(NAME, 170, 80, 700, 30, 24, 2).lines == ("Penajam", "Paser Utara")


@pytest.mark.parametrize(
    ("words", "lines"), [(NAME, ("Penajam…",)), ("Pemutakhirandaftarpemilih", ("Pemutakhi…",))]
)
def test_what_does_not_fit_is_cut_at_a_word_if_there_is_one(words: str, lines: tuple[str, ...]) -> None:
    assert fit(words, 170, 30, 700, 24, 24, 1).lines == lines


@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])), st.integers(24, 400), st.integers(10, 90)
)
def test_nothing_is_wider_or_higher_than_its_box(words: str, width: int, height: int) -> None:
    done = fit(words, width, height, 400, 40, 18, 3)
    face = font(400, done.size)
    assert all(face.getlength(line) <= width for line in done.lines if len(line) > 2)
    assert done.line_height * len(done.lines) <= max(height, line_height(done.size))


def test_the_letters_have_what_we_write() -> None:
    missing = font(700, 30).getmask("\uffff").getbbox()
    for sign in "–—−…·✓▲éŁ%+≤":
        assert font(700, 30).getmask(sign).getbbox() not in (None, missing), sign
