"""Days as they are typed, on Wednesday 27 November 2024."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers.showing import date_shown
from core.forms.form import Kind
from tests.core.forms.answers.asking import NOW, ask, echo, refusal, value


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("27/11/24", "2024-11-27"),
        ("3/4/2024", "2024-04-03"),
        ("27/11", "2024-11-27"),
        ("27 Nov", "2024-11-27"),
        ("27 Nopember", "2024-11-27"),
        ("5 Peb 24", "2024-02-05"),
        ("17 Agt", "2024-08-17"),
        ("17 ags", "2024-08-17"),
        ("9 Sept", "2024-09-09"),
        ("1 Mei", "2024-05-01"),
        ("Jum'at 22 Nov", "2024-11-22"),
        ("kemarin", "2024-11-26"),
        ("kmrn sore", "2024-11-26"),
        ("kemarin dulu", "2024-11-25"),
        ("hari ini", "2024-11-27"),
        ("tadi pagi", "2024-11-27"),
        ("tadi malam", "2024-11-26"),
        ("td mlm", "2024-11-26"),
        ("semalam", "2024-11-26"),
        ("besok", "2024-11-28"),
        ("lusa", "2024-11-29"),
        ("2 hari lalu", "2024-11-25"),
        ("dua hari yg lalu", "2024-11-25"),
        ("seminggu lalu", "2024-11-20"),
        ("Senin lalu", "2024-11-25"),
        ("Rabu lalu", "2024-11-20"),
        ("hari Rabu", "2024-11-27"),
        ("Senin depan", "2024-12-02"),
        ("hari Minggu", "2024-11-24"),
        ("barusan", "2024-11-27"),
        ("tgl 25", "2024-11-25"),
        ("tgl 28", "2024-10-28"),
        ("yesterday", "2024-11-26"),
        ("3 days ago", "2024-11-24"),
        ("last Monday", "2024-11-25"),
    ],
)
def test_a_day_that_needs_interpreting_is_said_back(typed: str, stored: str) -> None:
    answer = ask(Kind.DATE, typed)
    assert value(answer) == stored
    assert echo(answer) == date_shown(date.fromisoformat(stored), "id")


@pytest.mark.parametrize(
    "typed",
    [
        "27-11-2024",
        "27.11.2024",
        "2024-11-27",
        "27112024",
        "27 November 2024",
        "Rabu, 27 Nov 2024",
        "Nov 27, 2024",
    ],
)
def test_a_full_date_is_taken_as_it_stands(typed: str) -> None:
    answer = ask(Kind.DATE, typed)
    assert (value(answer), echo(answer)) == ("2024-11-27", "")


@pytest.mark.parametrize(
    ("typed", "year"), [("31 Des", 2023), ("30 Nov", 2024), ("25 Des", 2024), ("29 Feb", 2024)]
)
def test_without_a_year_it_is_the_last_one_unless_it_comes_within_a_month(typed: str, year: int) -> None:
    assert value(ask(Kind.DATE, typed)).startswith(str(year))


def test_this_morning_after_midnight_was_yesterday() -> None:
    assert value(ask(Kind.DATE, "tadi sore", now=NOW.replace(hour=1))) == "2024-11-26"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Kamis 27 November 2024", "answers.date.weekday"),
        ("31/11/2024", "answers.date.impossible"),
        ("30 Feb", "answers.date.impossible"),
        ("11/27/2024", "answers.date.month"),
        ("minggu lalu", "answers.date.week"),
        ("27", "answers.date.unread"),
        ("nanti saja", "answers.date.unread"),
        ("1/1/0000", "answers.date.impossible"),
    ],
)
def test_what_is_no_one_day_is_asked_again(typed: str, key: str) -> None:
    assert refusal(ask(Kind.DATE, typed)).key == key


def test_a_weekday_that_does_not_fit_is_offered_both_ways() -> None:
    assert refusal(ask(Kind.DATE, "Kamis 27 November 2024")).values == {
        "weekday": "Kamis",
        "date": "Rabu 27 November 2024",
        "other": "Kamis 28 November 2024",
    }


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["id", "en"]))
def test_a_date_that_was_shown_reads_back_the_same(day: date, language: str) -> None:
    answer = ask(Kind.DATE, date_shown(day, language))
    assert (value(answer), echo(answer)) == (day.isoformat(), "")
