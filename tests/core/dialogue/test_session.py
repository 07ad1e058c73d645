"""What is kept between two messages survives as text."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.dialogue.session import Session, Stage, from_json, to_json
from core.forms.filling import Filling
from core.model.messages import Choice
from core.model.records import Answers, Flag

words = st.text(max_size=12)
fillings = st.builds(
    Filling,
    id=words,
    form=words,
    version=words,
    post=st.none() | st.integers(1, 999),
    started_at=st.datetimes(timezones=st.just(UTC)),
    answers=st.builds(
        Answers,
        st.dictionaries(words, words, max_size=3),
        st.dictionaries(words, st.integers(0, 9), max_size=2),
    ),
    practice=st.booleans(),
    place=words,
    closed=st.frozensets(words, max_size=2),
    confirmed=st.lists(st.builds(Flag, words, words), max_size=2).map(tuple),
    revises=words,
    fresh=st.tuples(words, st.floats(0, 1)),
)
sessions = st.builds(
    Session,
    language=st.sampled_from(["id", "en"]),
    practice=st.booleans(),
    stage=st.sampled_from(Stage),
    subject=words,
    filling=st.none() | fillings,
    aside=st.lists(fillings, max_size=2).map(tuple),
    offered=st.lists(st.builds(Choice, words, words, words), max_size=3).map(tuple),
    numbered=st.booleans(),
    picked=st.lists(words, max_size=2).map(tuple),
    picking=words,
    pictured=words,
    album=words,
    spare=st.lists(words, max_size=2).map(tuple),
)


@given(sessions)
def test_a_session_comes_back_as_it_was(session: Session) -> None:
    assert from_json(to_json(session)) == session


def test_what_an_older_version_did_not_know_has_its_default() -> None:
    assert from_json("{}") == Session()


def test_what_a_newer_version_added_does_no_harm() -> None:
    kept = json.loads(to_json(Session(stage=Stage.QUESTION))) | {"stage": "dance", "mood": "good"}
    assert from_json(json.dumps(kept)).stage is Stage.START


def test_the_current_filling_comes_first_and_each_only_once() -> None:
    one, two = (
        Filling(letter, "uji", "1", 7, started_at=datetime(2024, 11, 27, tzinfo=UTC), answers=Answers())
        for letter in "ab"
    )
    session = Session().turn_to(one).turn_to(two)
    assert [filling.id for filling in session.begun()] == ["b", "a"]
    assert [filling.id for filling in session.turn_to(one).begun()] == ["a", "b"]
    assert [filling.id for filling in session.put_aside().begun()] == ["b", "a"]
    assert session.drop().begun() == (one,)
