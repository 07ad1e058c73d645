import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.digests.tidy import one_line, tidy
from tests.core.digests.weeks import KUKAR, PROVINCE


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Marang  Kayu\n", "Marang Kayu"),
        ("a\tb\r\nc", "a b c"),
        ("\u202eterbalik\u202c", "terbalik"),
        ("\ud800x\x00\x07", "x"),
        ("Sanga\u00a0Sanga", "Sanga Sanga"),
        ("Desa Ké", "Desa Ké"),
        ("", ""),
    ],
)
def test_a_text_is_one_line_of_visible_letters(text: str, tidied: str) -> None:
    assert one_line(text) == tidied


@given(st.text())
def test_what_is_tidy_can_be_written_anywhere_and_stays(text: str) -> None:
    tidied = one_line(text)
    assert tidied.encode().decode() == tidied
    assert one_line(tidied) == tidied
    assert not {"\n", "\t", "\x00"} & set(tidied)


def test_a_tidy_digest_stays_as_it_is() -> None:
    assert tidy(KUKAR) == KUKAR
    assert tidy(PROVINCE) == PROVINCE
