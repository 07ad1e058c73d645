from hypothesis import given
from hypothesis import strategies as st

from core.model.messages import Choice, Enclosure, Reply, Template
from core.model.records import Answers, Flag
from storage.written import read_answers, read_flags, read_reply, write_answers, write_flags, write_reply

TEXT = st.text()
REPLIES = st.builds(
    Reply,
    TEXT,
    st.lists(st.builds(Choice, TEXT, TEXT, TEXT), max_size=3).map(tuple),
    st.booleans(),
    st.sampled_from([None, "contact", "location"]),
    st.lists(st.builds(Enclosure, TEXT, TEXT, TEXT, st.integers(0)), max_size=3).map(tuple),
    st.none() | st.builds(Template, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.booleans()),
)
ANSWERS = st.builds(Answers, st.dictionaries(TEXT, TEXT), st.dictionaries(TEXT, st.integers(0, 99)))


@given(REPLIES)
def test_a_reply_is_read_as_it_was_written(reply: Reply) -> None:
    assert read_reply(write_reply(reply)) == reply


@given(ANSWERS)
def test_answers_are_read_as_they_were_written(answers: Answers) -> None:
    assert read_answers(write_answers(answers)) == answers


@given(st.lists(st.builds(Flag, TEXT, TEXT)).map(tuple))
def test_flags_are_read_as_they_were_written(flags: tuple[Flag, ...]) -> None:
    assert read_flags(write_flags(flags)) == flags
