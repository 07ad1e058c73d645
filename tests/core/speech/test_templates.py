"""Approved words are filled on one line each, whole where they fit, and found in the person's language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.speech.cutting import size
from core.speech.templates import LONGEST, Approved, Templates

SID = "HX" + "0" * 32
TEXT = "Yth. {{1}}, {{2}} belum kami terima. Batasnya {{3}}. Balas pesan ini."
REMINDER = Approved("reminder", "id", SID, TEXT)
ENGLISH = Approved("reminder", "en", SID, "Dear {{1}}, {{2}} is due {{3}}.")


@pytest.mark.parametrize(
    ("variables", "values"),
    [
        (("Ani", "LHP", "20.00"), ("Ani", "LHP", "20.00")),
        (("Ani\n Contoh", "LHP\t\tSelasa", "20.00"), ("Ani Contoh", "LHP Selasa", "20.00")),
        (("Ani", "", "20.00"), ("Ani", "-", "20.00")),
        (("Ani",), ("Ani", "-", "-")),
        (("Ani", "LHP", "20.00", "lebih"), ("Ani", "LHP", "20.00")),
    ],
)
def test_variables(variables: tuple[str, ...], values: tuple[str, ...]) -> None:
    filled = REMINDER.fill(variables)
    assert (filled.sid, filled.values) == (SID, values)
    assert (
        filled.text
        == f"Yth. {values[0]}, {values[1]} belum kami terima. Batasnya {values[2]}. Balas pesan ini."
    )


def test_a_template_without_variables() -> None:
    assert Approved("news", "id", SID, "Ada kabar.").fill(("x",)).values == ()


def test_the_longest_is_cut_until_all_fits() -> None:
    filled = REMINDER.fill(("Ani Contoh", "laporan " * 300, "20.00"))
    assert size(filled.text) <= LONGEST
    assert (filled.values[0], filled.values[2]) == ("Ani Contoh", "20.00")
    assert filled.values[1].endswith("…")


@given(st.lists(st.text(max_size=2000), max_size=4).map(tuple))
def test_whatever_is_said_fits(variables: tuple[str, ...]) -> None:
    filled = REMINDER.fill(variables)
    assert len(filled.values) == 3
    assert size(filled.text) <= LONGEST
    assert all(value and value == " ".join(value.split()) for value in filled.values)


def test_in_their_language_or_in_what_there_is() -> None:
    templates = Templates((REMINDER, ENGLISH))
    assert templates.find("reminder", "en") is ENGLISH
    assert templates.find("reminder", "jv") is REMINDER
    assert Templates((ENGLISH,)).find("reminder", "id") is ENGLISH
    assert templates.find("digest", "id") is None


def test_a_number_may_have_a_limit_of_its_own() -> None:
    templates = Templates(people_a_day=250, numbers={"+6280012345678": 2000})
    assert (templates.most("+6280012345678"), templates.most("+6280012345679")) == (2000, 250)
