import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cases.tracking import ALPHABET, DRAWN, code_in, is_mistyped, make

CODE = make("7Q2MK9TD4XW1B6R")
PLAIN = CODE.replace("-", "")
DRAWS = st.text(ALPHABET, min_size=DRAWN, max_size=DRAWN)


def test_it_comes_in_groups_of_four_with_a_letter_that_checks() -> None:
    assert CODE == "7Q2M-K9TD-4XW1-B6RF"


@pytest.mark.parametrize(
    "written",
    [
        CODE,
        PLAIN,
        CODE.lower(),
        CODE.replace("-", " "),
        CODE.replace("-", " - "),
        CODE.replace("-", "–"),
        "7Q2MK9TD 4XW1B6RF",
        f"  {CODE}  ",
        f"kode saya {CODE.lower()} pak, ada kabar?",
        f"Kode: {PLAIN}.",
        f"{CODE}\nstatus",
        "7Q2M-K9TD-4XWI-B6RF",
        "7Q2M-K9TD-4XWl-B6RF",
        "status 7q2m k9td 4xwl b6rf ya",
    ],
)
def test_it_is_read_as_people_write_it(written: str) -> None:
    assert code_in(written) == PLAIN
    assert not is_mistyped(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "status",
        "7Q2M-K9TD",
        "6472030112850001",
        "NIK saya 6472 0301 1285 0001",
        "saya dari desa sana",
        "ada bagi bagi beras",
        "rt 05 desa loa mana pagi hari ada bagi bagi",
        "081200000012 dan 080000000012",
        f"{PLAIN}9",
        f"X{CODE}",
    ],
)
def test_prose_and_other_numbers_are_no_code(written: str) -> None:
    assert code_in(written) == ""
    assert not is_mistyped(written)


def test_a_wrong_check_letter_is_told_from_prose() -> None:
    assert is_mistyped("7Q2M-K9TD-4XW1-B6RE")
    assert is_mistyped("kode 7Q2M K9TD 4XW1 B6RE")
    assert not is_mistyped("tolong")


@given(DRAWS)
def test_each_code_is_found_again(letters: str) -> None:
    assert code_in(make(letters)) == make(letters).replace("-", "") or not re.search("[A-Z]", letters)


@given(DRAWS, st.data())
def test_no_single_wrong_letter_and_no_swap_of_neighbours_passes(letters: str, data: st.DataObject) -> None:
    code = make(letters).replace("-", "")
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != code[place]]))
    assert code_in(code[:place] + other + code[place + 1 :]) == ""
    if place and code[place] != code[place - 1]:
        assert code_in(code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]) == ""


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    assert len(code_in(text)) in (0, 16)
    is_mistyped(text)
