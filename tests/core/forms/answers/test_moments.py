"""A day and a time in one message."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers.showing import moment_shown
from core.forms.form import Kind
from tests.core.forms.answers.asking import WITA, ask, echo, refusal, value


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("27/11/24 jam 7 pagi", "2024-11-27T07:00"),
        ("jam 7 malam kemarin", "2024-11-26T19:00"),
        ("kemarin jam 7 malam", "2024-11-26T19:00"),
        ("tadi pagi jam 7", "2024-11-27T07:00"),
        ("tadi malam jam 8", "2024-11-26T20:00"),
        ("tadi malam jam 1", "2024-11-27T01:00"),
        ("semalam jam 9", "2024-11-26T21:00"),
        ("Senin lalu jam 7 lewat 20", "2024-11-25T07:20"),
        ("27 Nov pukul 13.00 WITA", "2024-11-27T13:00"),
        ("27 november 1330", "2024-11-27T13:30"),
        ("jam 7 pagi", "2024-11-27T07:00"),
        ("skrg", "2024-11-27T10:30"),
        ("2 jam yang lalu", "2024-11-27T08:30"),
        ("yesterday 7 pm", "2024-11-26T19:00"),
    ],
)
def test_both_are_found_and_said_back(typed: str, stored: str) -> None:
    answer = ask(Kind.DATETIME, typed)
    assert value(answer) == f"{stored}:00.000+08:00"
    assert echo(answer) == moment_shown(datetime.fromisoformat(value(answer)), "id")


@pytest.mark.parametrize(
    "typed", ["27-11-2024 07.15", "27 Nov 2024, 07.15", "07:15 27/11/2024", "2024-11-27T07:15"]
)
def test_a_full_moment_is_taken_as_it_stands(typed: str) -> None:
    answer = ask(Kind.DATETIME, typed)
    assert (value(answer), echo(answer)) == ("2024-11-27T07:15:00.000+08:00", "")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("27 Nov 2024", "answers.moment.time"),
        ("kemarin", "answers.moment.time"),
        ("Kamis 27 November 2024 jam 7 pagi", "answers.date.weekday"),
        ("besok jam 2", "answers.time.which"),
        ("7", "answers.moment.unread"),
        ("nanti malam kalau sempat", "answers.moment.unread"),
    ],
)
def test_what_is_missing_is_asked_for(typed: str, key: str) -> None:
    assert refusal(ask(Kind.DATETIME, typed)).key == key


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)), st.sampled_from(["id", "en"]))
def test_a_moment_that_was_shown_reads_back_the_same(moment: datetime, language: str) -> None:
    local = moment.replace(microsecond=0, tzinfo=WITA)
    assert value(ask(Kind.DATETIME, moment_shown(local, language))) == local.isoformat(
        timespec="milliseconds"
    )
