"""Points on the map."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import Understood
from core.forms.form import Kind
from core.model.messages import Location
from tests.core.forms.answers.asking import ask, echo, incoming, refusal, value


def test_a_pin_is_taken_as_it_is() -> None:
    answer = ask(Kind.GEOPOINT, incoming(location=Location(-0.50215, 117.15362, 12.5)))
    assert (value(answer), echo(answer)) == ("-0.50215 117.15362 0 12.5", "")


@pytest.mark.parametrize(
    "typed",
    [
        "-0.5, 117.1",
        "-0.5 117.1",
        "-0,5 117,1",
        "117.1, -0.5",
        "0.5 LS 117.1 BT",
        "0°30'00\"S 117°06'00\"E",
        "lat -0.5 long 117.1",
        "geo:-0.5,117.1",
        "https://maps.google.com/?q=-0.5,117.1",
        "https://www.google.com/maps/place/X/@-0.5,117.1,17z",
    ],
)
def test_typed_degrees_are_said_back(typed: str) -> None:
    answer = ask(Kind.GEOPOINT, typed)
    assert (value(answer), echo(answer)) == ("-0.5 117.1 0 0", "-0.50000, 117.10000")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Samarinda", "answers.geopoint.unread"),
        ("https://maps.app.goo.gl/x1", "answers.geopoint.link"),
        ("999 999", "answers.geopoint.outside"),
        ("", "answers.empty"),
    ],
)
def test_what_is_no_point_is_refused(typed: str, key: str) -> None:
    assert refusal(ask(Kind.GEOPOINT, typed)).key == key


def test_a_pin_does_not_answer_a_question_in_words() -> None:
    assert refusal(ask(Kind.INTEGER, incoming(location=Location(-0.5, 117.1)))).key == "answers.words_wanted"


@given(st.floats(), st.floats(), st.floats())
def test_no_pin_crashes(latitude: float, longitude: float, accuracy: float) -> None:
    answer = ask(Kind.GEOPOINT, incoming(location=Location(latitude, longitude, accuracy)))
    if isinstance(answer, Understood):
        north, east, *_ = (float(part) for part in value(answer).split())
        assert -90 <= north <= 90
        assert -180 <= east <= 180
