from dataclasses import replace
from datetime import timedelta

from core.cases.status import status_words
from tests.core.cases.samples import NOW, a_case, procedure

TIP = procedure()
CASE = a_case(TIP)


def test_it_says_what_it_means_and_what_comes_next_by_when() -> None:
    assert status_words(CASE, TIP, "id", NOW) == (
        "Aduan Anda sudah kami terima.\n"
        "Paling lambat Jumat 29 November 2024, petugas memeriksa apakah ceritanya sudah lengkap."
    )
    assert "Friday 29 November 2024" in status_words(CASE, TIP, "en", NOW)


def test_a_day_that_has_gone_by_is_not_promised() -> None:
    late = status_words(CASE, TIP, "id", NOW + timedelta(days=5))
    assert "29 November" not in late and "sudah lewat" in late


def test_an_open_question_is_mentioned() -> None:
    assert "menunggu jawaban" in status_words(replace(CASE, awaits=True), TIP, "id", NOW)


def test_an_end_promises_nothing() -> None:
    told = status_words(a_case(TIP, "dicabut"), TIP, "id", NOW)
    assert told == "Aduan Anda sudah dicabut sesuai permintaan Anda."


def test_another_language_is_told_in_ours_and_an_odd_state_in_general_words() -> None:
    assert status_words(CASE, TIP, "jv", NOW).startswith("Aduan Anda sudah kami terima.")
    assert status_words(replace(CASE, state="hilang"), TIP, "id", NOW) == "Aduan Anda sedang ditangani."
