import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.spelling import plain, readings, sound, sounds_near


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


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("tj. redeb", "tanjungredeb"),
        ("sungai rampah", "seirampah"),
        ("Sei Meriam", "sungaimeriam"),
        ("samarinda hulu", "samarindaulu"),
        ("Tenggarong 2", "tenggarongii"),
        ("jateng", "jawatengah"),
        ("kab. sumbawa brt", "sumbawabarat"),
    ],
)
def test_words_are_spelled_out_or_shortened(text: str, wanted: str) -> None:
    assert wanted in readings(text)


@pytest.mark.parametrize(
    "one, other",
    [
        ("tengarongsebrang", "tenggarongseberang"),  # vowels and doubled letters
        ("djatinegara", "jatinegara"),
        ("sidomulio", "sidomulyo"),
    ],
)
def test_what_is_heard_alike_sounds_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize("slip", ["mekasari", "mekarpsari", "medarsari", "merkasari"])
def test_a_consonant_that_slipped_is_near(slip: str) -> None:
    assert sound("mekarsari") in sounds_near(sound(slip)) - {sound(slip)}


def test_a_name_of_vowels_sounds_like_itself() -> None:
    assert sound("aie") == "aie"
    assert "" not in sounds_near("b")
