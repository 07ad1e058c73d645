"""Answers in words, and the acknowledgement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import Understood
from core.forms.form import Kind
from tests.core.forms.answers.asking import ask, echo, incoming, refusal, value


def test_words_are_kept_as_they_were_written() -> None:
    written = "Pak, tadi malam ada   yg bagi2 *sembako* 👍\n\nlokasi: RT 5"
    answer = ask(Kind.TEXT, f"  {written}\n")
    assert (value(answer), echo(answer)) == (written, "")


def test_control_characters_are_left_out_and_breaks_are_one_kind() -> None:
    assert value(ask(Kind.TEXT, "a\x00b\x07\r\nc\rd\ud800")) == "ab\nc\nd"


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x01"])
def test_nothing_is_refused(typed: str) -> None:
    assert refusal(ask(Kind.TEXT, typed)).key == "answers.text.empty"


def test_ten_thousand_letters_fit_and_one_more_does_not() -> None:
    assert len(value(ask(Kind.TEXT, "a" * 10_000))) == 10_000
    assert refusal(ask(Kind.TEXT, "a" * 10_001)).values == {"limit": 10_000, "length": 10_001}


@given(st.text(min_size=1))
def test_what_is_kept_can_be_stored_anywhere(typed: str) -> None:
    answer = ask(Kind.TEXT, typed)
    if isinstance(answer, Understood):
        assert "\x00" not in value(answer).encode().decode()


@pytest.mark.parametrize("typed", ["OK", "ok siap", "ya", "sudah", "👍"])
def test_an_acknowledgement(typed: str) -> None:
    assert value(ask(Kind.ACKNOWLEDGE, typed)) == "OK"


def test_an_acknowledgement_by_a_tap() -> None:
    assert value(ask(Kind.ACKNOWLEDGE, incoming(choice="f7:1:OK"))) == "OK"


@pytest.mark.parametrize(("typed", "key"), [("tidak", "no"), ("apa ini", "unread")])
def test_no_acknowledgement(typed: str, key: str) -> None:
    assert refusal(ask(Kind.ACKNOWLEDGE, typed)).key == f"answers.acknowledge.{key}"
