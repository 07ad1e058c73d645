"""A desk report says how the week's topics stand; corrected, withdrawn or nihil it says something else."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import lapordesk
from core.model.effects import TopicSet
from core.model.people import Person, Post, Role
from tests.core.dialogue.phone import Phone, form_of

BUNDLED = Path(lapordesk.__file__).parent / "bundled"
DESK = form_of((BUNDLED / "desk.md").read_text())
SEAT = Post(20, Role.KABKOTA, "64.02", ("Kutai Kartanegara", "Kalimantan Timur"), "Asia/Makassar")
VINA = Person(20, "Vina Contoh", "id", (SEAT,))
SUNDAY = datetime(2024, 11, 24, 12, tzinfo=UTC)
"""20.00 WITA."""
WEEK = date(2024, 11, 18)
TOPICS = [
    *("tahapan", "logistik", "keamanan", "dpt"),
    *("netralitas", "surat-suara", "pelanggaran", "c-pemberitahuan"),
]


def begun(now: datetime = SUNDAY) -> Phone:
    phone = Phone((DESK,), person=VINA, now=now)
    phone.send("menu")
    phone.tap("Laporan Desk")
    return phone


def filled(now: datetime = SUNDAY) -> Phone:
    """All is well but the supplies."""
    phone = begun(now)
    phone.tap("Isi laporan")
    for topic in TOPICS:
        phone.tap("Perlu perhatian" if topic == "logistik" else "Aman")
        if topic == "logistik":
            phone.send("Bilik kurang\ndua")
    phone.tap("Kirim")
    return phone


def told(phone: Phone) -> list[TopicSet]:
    return [effect for effect in phone.effects if isinstance(effect, TopicSet)]


def test_each_question_is_the_topic_of_its_name() -> None:
    phone = filled()
    sets = told(phone)
    assert [one.topic for one in sets] == TOPICS
    assert {(one.area, one.week, one.actor) for one in sets} == {("64.02", WEEK, "person:20")}
    assert {one.report for one in sets} == {phone.reports[0].number}
    assert {one.topic: (one.mark, one.note) for one in sets}["logistik"] == ("perhatian", "Bilik kurang dua")
    assert {one.mark for one in sets if one.topic != "logistik"} == {"aman"}


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2024, 11, 25, 1, tzinfo=UTC), WEEK),
        (datetime(2024, 11, 25, 17, tzinfo=UTC), date(2024, 11, 25)),
    ],
)
def test_on_a_monday_it_is_still_about_the_week_that_ended(now: datetime, week: date) -> None:
    assert {one.week for one in told(filled(now))} == {week}


def test_nihil_says_that_all_is_well() -> None:
    phone = begun()
    phone.tap("Nihil")
    assert [(one.topic, one.mark) for one in told(phone)] == [(topic, "aman") for topic in TOPICS]


def test_in_practice_it_says_nothing() -> None:
    phone = Phone((DESK,), person=VINA, now=SUNDAY)
    phone.send("latihan")
    phone.tap("Laporan Desk")
    phone.tap("Nihil")
    assert told(phone) == []


def test_a_correction_of_tuesday_is_about_the_week_it_was_filed_in() -> None:
    phone = filled()
    phone.now = datetime(2024, 11, 26, 4, tzinfo=UTC)
    phone.send(f"perbaiki {phone.reports[0].number}")
    phone.send("1")
    phone.tap("Masalah")
    phone.send("Mundur sepekan")
    phone.tap("Kirim")
    phone.send("Baru diketahui")
    changed = {one.topic: (one.week, one.mark, one.note) for one in told(phone)}
    assert changed["tahapan"] == (WEEK, "masalah", "Mundur sepekan")


def test_withdrawn_nobody_has_said_anything() -> None:
    phone = filled()
    phone.send(f"tarik {phone.reports[0].number}")
    phone.send("Salah wilayah")
    assert [(one.topic, one.mark, one.note) for one in told(phone)] == [(one, "belum", "") for one in TOPICS]


def test_another_form_says_nothing_of_topics() -> None:
    other = form_of((BUNDLED / "desk.md").read_text().replace("| | kind | desk |", "| | kind | report |"))
    phone = Phone((other,), person=VINA, now=SUNDAY)
    phone.send("menu")
    phone.tap("Laporan Desk")
    phone.tap("Nihil")
    assert told(phone) == []
