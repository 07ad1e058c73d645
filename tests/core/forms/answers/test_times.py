"""Times of day as they are typed."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers.showing import time_shown
from core.forms.form import Kind
from tests.core.forms.answers.asking import NOW, WITA, ask, echo, refusal, value


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("7.15 wita", "07:15"),
        ("jam 7", "07:00"),
        ("jm7", "07:00"),
        ("jam 7 pagi", "07:00"),
        ("jam 7 malam", "19:00"),
        ("jm 8 mlm", "20:00"),
        ("jam 12 siang", "12:00"),
        ("jam 12 malam", "00:00"),
        ("jam 1 siang", "13:00"),
        ("jam 1 malam", "01:00"),
        ("jam 3 dini hari", "03:00"),
        ("jam 4 sore", "16:00"),
        ("19.00 malam", "19:00"),
        ("stgh 8", "07:30"),
        ("setengah delapan", "07:30"),
        ("jam setengah 8 malam", "19:30"),
        ("setengah 1 siang", "12:30"),
        ("jam 7 lewat 20", "07:20"),
        ("tujuh lewat dua puluh", "07:20"),
        ("7 lewat seperempat", "07:15"),
        ("jam 7 kurang 10", "06:50"),
        ("jam 1 kurang 10 siang", "12:50"),
        ("0715", "07:15"),
        ("13.00 s.d. selesai", "13:00"),
        ("24.00", "00:00"),
        ("7am", "07:00"),
        ("7:05 p.m.", "19:05"),
        ("half past 7", "07:30"),
        ("quarter to 8", "07:45"),
        ("skrg", "10:30"),
        ("barusan", "10:30"),
        ("2 jam lalu", "08:30"),
        ("setengah jam yg lalu", "10:00"),
        ("tadi pagi jam 7", "07:00"),
    ],
)
def test_a_time_that_needs_interpreting_is_said_back(typed: str, clock: str) -> None:
    answer = ask(Kind.TIME, typed)
    assert value(answer) == f"{clock}:00.000+08:00"
    assert echo(answer) == f"{clock.replace(':', '.')} WITA"


@pytest.mark.parametrize("typed", ["07.15", "07:15", " 07.15 WITA "])
def test_a_time_written_out_is_taken_as_it_stands(typed: str) -> None:
    answer = ask(Kind.TIME, typed)
    assert (value(answer), echo(answer)) == ("07:15:00.000+08:00", "")


def test_a_named_zone_is_kept() -> None:
    assert value(ask(Kind.TIME, "07.15 WIB")) == "07:15:00.000+07:00"
    assert echo(ask(Kind.TIME, "jam 7 malam WIT")) == "19.00 WIT"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("jam 2", "answers.time.which"),
        ("setengah 3", "answers.time.which"),
        ("07.00-13.00", "answers.time.two"),
        ("25.00", "answers.time.impossible"),
        ("07.75", "answers.time.impossible"),
        ("jam 13 pagi", "answers.time.impossible"),
        ("pagi", "answers.time.unread"),
        ("belum tahu", "answers.time.unread"),
    ],
)
def test_what_is_no_one_time_is_asked_again(typed: str, key: str) -> None:
    assert refusal(ask(Kind.TIME, typed)).key == key


def test_two_in_the_night_and_in_the_afternoon_are_both_offered() -> None:
    assert refusal(ask(Kind.TIME, "jam 2")).values == {"typed": "jam 2", "early": "02.00", "late": "14.00"}
    assert value(ask(Kind.TIME, "02.00")) == "02:00:00.000+08:00"


@given(st.times(), st.sampled_from(["id", "en"]))
def test_a_time_that_was_shown_reads_back_the_same(moment: time, language: str) -> None:
    local = moment.replace(microsecond=0, tzinfo=WITA)
    assert value(ask(Kind.TIME, time_shown(local, language))) == local.isoformat(timespec="milliseconds")


def test_now_is_the_persons_own(now: datetime = NOW) -> None:
    assert value(ask(Kind.TIME, "sekarang", now=now.replace(hour=23, minute=59))) == "23:59:00.000+08:00"
