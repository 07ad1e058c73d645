"""Numbers as supervisors type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import Refused
from core.forms.answers.numbers import lexical
from core.forms.answers.showing import number_shown
from core.forms.form import Kind
from tests.core.forms.answers.asking import ask, echo, question, refusal, value


@pytest.mark.parametrize(
    ("typed", "stored", "said_back"),
    [
        ("287", "287", ""),
        ("2.821.202", "2821202", "2.821.202"),
        ("1.234", "1234", "1.234"),
        ("2 821 202", "2821202", "2.821.202"),
        ("Rp50.000", "50000", "50.000"),
        ("Rp 50.000,-", "50000", "50.000"),
        ("50rb", "50000", "50.000"),
        ("50 ribu", "50000", "50.000"),
        ("50k", "50000", "50.000"),
        ("1,5 jt", "1500000", "1.500.000"),
        ("1.5 juta", "1500000", "1.500.000"),
        ("2 juta 500 ribu", "2500000", "2.500.000"),
        ("1.234.000,00", "1234000", "1.234.000"),
        ("001", "1", ""),
        ("1O5", "105", "105"),
        ("l2", "12", "12"),
        ("287 orang", "287", "287"),
        ("ada 12 pak", "12", "12"),
        ("100%", "100", "100"),
        ("287.", "287", "287"),
        ("dua ratus tujuh belas", "217", "217"),
        ("duapuluh lima", "25", "25"),
        ("seribu dua ratus", "1200", "1.200"),
        ("sebelas", "11", "11"),
        ("twenty-one", "21", "21"),
        ("-5", "-5", ""),
        ("minus 5", "-5", "-5"),
        ("٢٨٧", "287", ""),
    ],
)
def test_a_count_is_read_and_said_back_where_it_was_interpreted(
    typed: str, stored: str, said_back: str
) -> None:
    answer = ask(Kind.INTEGER, typed)
    assert (value(answer), echo(answer)) == (stored, said_back)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("12.5", "answers.number.whole"),
        ("12,5", "answers.number.whole"),
        ("1.5", "answers.number.whole"),
        ("1,234", "answers.number.whole"),
        ("dua tiga", "answers.number.unread"),
        ("12 5", "answers.number.unread"),
        ("12 dari 20", "answers.number.unread"),
        ("5l", "answers.number.unread"),
        ("banyak", "answers.number.unread"),
        ("3273012304850001", "answers.number.huge"),
        ("-", "answers.number.nothing"),
        ("tdk ada", "answers.number.nothing"),
    ],
)
def test_what_could_be_another_number_is_asked_again(typed: str, key: str) -> None:
    assert refusal(ask(Kind.INTEGER, typed)).key == key


@pytest.mark.parametrize(
    "typed", ["nihil", "kosong", "nol", "tidak ada", "tdk ada", "gak ada", "-", "—", "Nihil."]
)
def test_nothing_is_nought_only_where_the_question_says_so(typed: str) -> None:
    answer = ask(question(Kind.INTEGER, nothing=True), typed)
    assert (value(answer), echo(answer)) == ("0", "0")
    assert refusal(ask(Kind.INTEGER, typed)).key == "answers.number.nothing"


@pytest.mark.parametrize(
    ("typed", "language", "stored"),
    [
        ("5,45", "id", "5.45"),
        ("5,45%", "id", "5.45"),
        ("12.5", "id", "12.5"),
        ("0.500", "id", "0.5"),
        ("1.234", "id", "1234"),
        ("1.234,50", "id", "1234.5"),
        ("1.234", "en", "1.234"),
        ("1,234.5", "en", "1234.5"),
        ("-0", "id", "0"),
    ],
)
def test_decimals_follow_the_language(typed: str, language: str, stored: str) -> None:
    assert value(ask(Kind.DECIMAL, typed, language=language)) == stored


def test_a_decimal_written_the_other_way_is_said_back() -> None:
    assert echo(ask(Kind.DECIMAL, "12.5")) == "12,5"
    assert echo(ask(Kind.DECIMAL, "12,5")) == ""


@given(st.integers(-(10**14), 10**14), st.sampled_from(["id", "en"]))
def test_a_number_that_was_shown_reads_back_the_same(number: int, language: str) -> None:
    assert value(ask(Kind.INTEGER, number_shown(Decimal(number), language), language=language)) == str(number)


@given(st.decimals(-(10**8), 10**8, places=4), st.sampled_from(["id", "en"]))
def test_a_decimal_that_was_shown_reads_back_the_same(number: Decimal, language: str) -> None:
    stored = lexical(number)
    assert value(ask(Kind.DECIMAL, number_shown(Decimal(stored), language), language=language)) == stored


def test_a_range_names_its_bounds_and_its_nearest_steps() -> None:
    score = question(Kind.RANGE, minimum="0", maximum="10", step="2.5")
    assert value(ask(score, "7,5")) == "7.5"
    assert dict(refusal(ask(score, "11")).values) == {"minimum": "0", "maximum": "10"}
    assert dict(refusal(ask(score, "4")).values) == {"step": "2,5", "below": "2,5", "above": "5"}


def test_a_range_without_parameters_is_nought_to_ten() -> None:
    assert value(ask(Kind.RANGE, "10")) == "10"
    assert refusal(ask(question(Kind.RANGE, minimum="x", step="NaN"), "11")).key == "answers.range.outside"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("-1", "answers.number.low"), ("10.000", "answers.number.high"), ("0", ""), ("9999", "")],
)
def test_a_count_keeps_its_own_limits(typed: str, key: str) -> None:
    answer = ask(question(Kind.INTEGER, minimum="0", maximum="9999"), typed)
    assert (answer.key if isinstance(answer, Refused) else "") == key
