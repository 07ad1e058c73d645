"""The keys of buttons."""

import pytest

from core.dialogue.keys import Pressed, answer_key, form_word, is_option, pressed
from core.forms.plan import Plan
from tests.core.dialogue.samples import WITNESSES, form

PLAN = Plan(form(WITNESSES))


def test_a_key_says_which_filling_which_question_and_what() -> None:
    key = answer_key("F0001", PLAN, "saksi[2]/alamat", "skip")
    assert key == "a:F0001:2.2:skip"
    found = pressed(key)
    assert found == Pressed("F0001", 2, (2,), "skip")
    assert found is not None
    assert found.place(PLAN) == "saksi[2]/alamat"


def test_each_place_of_a_form_has_its_own_key() -> None:
    places = ["saksi", "saksi[1]/nama", "saksi[2]/nama", "saksi[1]/alamat", "catatan"]
    keys = [answer_key("F0001", PLAN, place, "0") for place in places]
    assert len(set(keys)) == len(keys)
    assert [found.place(PLAN) for key in keys if (found := pressed(key))] == places


@pytest.mark.parametrize(
    "key", ["", "a:", "a:F:1", "a:F:1:2:3", "a:F:x:2", "a:F::2", "b:F:1:2", "a:F:1.:2", "a:F:999999:2"]
)
def test_garbage_is_no_key(key: str) -> None:
    assert pressed(key) is None


def test_a_question_that_the_form_does_not_have() -> None:
    found = pressed("a:F0001:99:0")
    assert found is not None
    assert found.place(PLAN) == ""


def test_an_option_is_a_number() -> None:
    assert is_option("a:F0001:3:0")
    assert not is_option("a:F0001:3:skip")
    assert not is_option("c:send")


def test_a_forms_name_is_kept_or_cut_to_something_of_its_own() -> None:
    assert form_word("pungut") == "pungut"
    one, two = (form_word("x" * 60 + end) for end in "ab")
    assert one != two
    assert max(len(one), len(two)) <= 36
