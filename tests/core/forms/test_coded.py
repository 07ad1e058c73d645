"""Coded SMS: codes in any order, generously read, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.coded import begins_with, decode, slots_of
from tests.core.dialogue.samples import form

CODED = """
| | type | name | label | required | relevant | sms |
| | time | buka | Jam buka | yes | | JAM |
| | integer | l | Laki-laki | yes | | DPT |
| | integer | p | Perempuan | yes | | DPT |
| | integer | satu | Suara 01 | yes | | 01 |
| | integer | dua | Suara 02 | yes | | 02 |
| | integer | total | Total | yes | | T |
| | select_one ya_tidak | h1 | Kendala? | yes | | H |
| | select_one ya_tidak | h2 | Dini? | yes | | H |
| | text | apa | Apa? | yes | ${h1} = 'ya' | H1 |
| | text | catatan | Catatan | | | CAT |
"""
FORM = form(CODED)


@pytest.mark.parametrize(
    ("text", "post", "values", "unmatched"),
    [
        ("DPT 150 148", "", {"l": "150", "p": "148"}, ()),
        ("012 DPT 150 148", "12", {"l": "150", "p": "148"}, ()),
        ("TPS 7 dpt 150,148.", "7", {"l": "150", "p": "148"}, ()),
        ("01 143 02 171", "", {"satu": "143", "dua": "171"}, ()),
        ("001 01 143", "1", {"satu": "143"}, ()),
        ("1 143 2 171", "", {"satu": "143", "dua": "171"}, ()),
        ("O1:143 o2=l71", "", {"satu": "143", "dua": "l71"}, ()),
        ("DPT 150 01 143", "", {"l": "150", "satu": "143"}, ()),
        ("DPT 150 1 T 9", "", {"l": "150", "p": "1", "total": "9"}, ()),
        ("DPT150 148 T9", "", {"l": "150", "p": "148", "total": "9"}, ()),
        ("T 1.234", "", {"total": "1.234"}, ()),
        ("JAM 07:05 T 9", "", {"buka": "07:05", "total": "9"}, ()),
        ("H Y T T 9", "", {"h1": "Y", "h2": "T", "total": "9"}, ()),
        ("H YT", "", {"h1": "Y", "h2": "T"}, ()),
        ("H ya tidak", "", {"h1": "ya", "h2": "tidak"}, ()),
        (
            "H YT H1 listrik mati, dpt 01 hilang CAT aman",
            "",
            {"h1": "Y", "h2": "T", "apa": "listrik mati dpt 01 hilang", "catatan": "aman"},
            (),
        ),
        ("CAT hujan DPT 150 148", "", {"catatan": "hujan", "l": "150", "p": "148"}, ()),
        ("DPT 1 2 CAT hujan DPT 3", "", {"l": "1", "p": "2", "catatan": "hujan DPT 3"}, ()),
        ("CAT kata dpt 3", "", {"catatan": "kata dpt 3"}, ()),
        ("DPT 1 2 3 T 9", "", {"l": "1", "p": "2", "total": "9"}, ("3",)),
        ("halo DPT 1 2", "", {"l": "1", "p": "2"}, ("halo",)),
        ("DPT", "", {}, ()),
    ],
)
def test_what_is_read(text: str, post: str, values: dict[str, str], unmatched: tuple[str, ...]) -> None:
    told = decode(text, FORM)
    assert (told.post, dict(told.values), told.unmatched) == (post, values, unmatched)


def test_as_many_values_as_are_missing_are_those() -> None:
    assert decode("DPT 148", FORM, {"l"}).values == {"p": "148"}
    assert decode("DPT 150 148", FORM, {"l"}).values == {"l": "150", "p": "148"}


def test_the_name_of_the_form_begins_it() -> None:
    assert begins_with("Uji 012 DPT", FORM) == "012 DPT"
    assert begins_with("/UJI: DPT", FORM) == "DPT"
    assert begins_with("ujian besok", FORM) is None
    assert begins_with("saya uji", FORM) is None
    assert begins_with("uji " + "a" * 1000, FORM) is None
    assert begins_with("UJI COBA DPT 1", form(CODED, name="uji-coba")) == "DPT 1"


def test_questions_of_one_code_stand_together() -> None:
    assert {code: [q.name for q in of] for code, of in slots_of(FORM).items()}["DPT"] == ["l", "p"]


@given(st.text(max_size=80))
def test_no_text_trips_it_and_every_answer_is_of_the_form(text: str) -> None:
    told = decode(text, FORM)
    assert set(told.values) <= {question.name for question in FORM.questions()}


@given(st.permutations(["DPT 150 148", "01 143", "02 171", "T 314", "H YT", "JAM 07.05"]))
def test_the_order_of_the_codes_is_free(parts: list[str]) -> None:
    numbers = {"l": "150", "p": "148", "satu": "143", "dua": "171", "total": "314"}
    others = {"h1": "Y", "h2": "T", "buka": "07.05"}
    assert decode(" ".join(parts), FORM).values == numbers | others
