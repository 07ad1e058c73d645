import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.spelling import plain, readings


@pytest.mark.parametrize("name", ["Sanga-Sanga", "SANGA SANGA", "sangasanga", " Sanga–sanga "])
def test_spellings_of_one_name_are_the_same(name: str) -> None:
    assert plain(name) == "sangasanga"


def test_apostrophes_and_accents_do_not_count() -> None:
    assert plain("Long La'ai") == "longlaai"
    assert plain("Désa") == "desa"


@pytest.mark.parametrize(
    "text, found",
    [
        ("kec. Anggana", ("kecanggana", "anggana")),
        ("Kota Bangun", ("kotabangun", "bangun")),
        ("Kutim", ("kutim", "kutaitimur")),
        ("Kab. Kukar", ("kabkukar", "kukar", "kutaikartanegara")),
        ("Desa", ("desa",)),
        ("", ()),
    ],
)
def test_a_name_may_be_read_in_several_ways(text: str, found: tuple[str, ...]) -> None:
    assert readings(text) == found


@given(st.text())
def test_flattening_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
