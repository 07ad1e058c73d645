"""What is asked of a week, by a button or in words; and where such words are none."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dialogue.coordinators.desk_asked import WeekAsked, week_asked
from core.dialogue.coordinators.deskwords import after_key, after_of, desk_key, desk_pressed
from core.dialogue.session import Session, Stage

MONDAY = date(2024, 11, 18)
MENU = Session(stage=Stage.MENU)


def asked(text: str, session: Session = MENU) -> WeekAsked | None:
    return week_asked("", text, session)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/rekap", WeekAsked("digest", "show")),
        ("Rekap", WeekAsked("digest", "show")),
        ("/rekap kukar", WeekAsked("digest", "show", "kukar")),
        ("rekap di Kec. Anggana", WeekAsked("digest", "show", "kec. anggana")),
        ("/rekap minggu lalu", WeekAsked("digest", "show", is_last=True)),
        ("rekap kukar pekan lalu", WeekAsked("digest", "show", "kukar", is_last=True)),
        ("recap last week", WeekAsked("digest", "show", is_last=True)),
        ("/belum", WeekAsked("silent", "quiet")),
        ("yang belum", WeekAsked("silent", "quiet")),
        ("lihat yang belum", WeekAsked("silent", "quiet")),
        ("/belum anggana", WeekAsked("silent", "quiet", "anggana")),
        ("Kirim ke provinsi", WeekAsked("state", "up")),
        ("kirim ke kab/kota", WeekAsked("state", "up")),
        ("kirim nihil", WeekAsked("state", "nihil")),
        ("tambah catatan", WeekAsked("state", "note")),
        ("ubah topik", WeekAsked("state", "topics")),
    ],
)
def test_in_words(text: str, wanted: WeekAsked) -> None:
    assert asked(text) == wanted


@pytest.mark.parametrize("text", ["", "halo", "belumlah", "kirim", "rekapitulasi suara", "nihil", "b" * 200])
def test_other_words_are_about_something_else(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize("stage", [Stage.QUESTION, Stage.REASON, Stage.ACTING, Stage.SUMMARY, Stage.CANCEL])
def test_in_the_middle_of_something_it_takes_a_slash(stage: Stage) -> None:
    session = Session(stage=stage)
    assert asked("belum", session) is None
    assert asked("rekap", session) is None
    assert asked("/belum", session) == WeekAsked("silent", "quiet")


def test_any_words_are_the_note_that_was_asked_for() -> None:
    session = Session(stage=Stage.DESK_NOTE, subject="64.02 20241118")
    assert asked("rekap besok", session) == WeekAsked("state", "desk_note", "64.02", MONDAY)
    assert asked("/rekap", session) == WeekAsked("digest", "show")
    topic = Session(stage=Stage.DESK_TOPIC, subject="64.02 20241118 logistik:masalah")
    assert asked("kurang", topic) == WeekAsked(
        "state", "desk_topic", "64.02", MONDAY, rest="logistik:masalah"
    )
    assert asked("kurang", Session(stage=Stage.DESK_NOTE, subject="rusak")) is None


def test_by_a_button() -> None:
    assert week_asked("d:up:64.02:20241118", "", MENU) == WeekAsked("state", "up", "64.02", MONDAY)
    since = datetime(2024, 11, 24, 10, tzinfo=UTC)
    key = desk_key("q", "64.02", MONDAY, after_key(since, 12))
    paged = week_asked(key, "", MENU)
    assert paged
    assert (paged.need, paged.after) == ("silent", (since, 12))
    assert week_asked("c:menu", "", MENU) is None
    assert week_asked("d:up:64.02", "", MENU) is None


def test_the_longest_key_fits_into_a_button() -> None:
    longest = desk_key("m", "64.02.08", MONDAY, "x" * 24, "perhatian")
    assert len(longest.encode()) <= 64
    pressed = desk_pressed(longest)
    assert pressed
    assert (pressed.act, pressed.area, pressed.week, pressed.rest) == (
        "m",
        "64.02.08",
        MONDAY,
        f"{'x' * 24}:perhatian",
    )


@given(st.text(max_size=80))
def test_whatever_a_key_says_it_is_read_or_not(text: str) -> None:
    for key in (text, f"d:{text}", f"d:q:64:20241118:{text}"):
        pressed = desk_pressed(key)
        assert pressed is None or pressed.week.weekday() == 0
    after = after_of(text)
    assert after is None or after_of(after_key(*after)) == after
