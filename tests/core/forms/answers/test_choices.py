"""Choosing one of a short list."""

import pytest

from core.forms.form import Kind, Option
from tests.core.forms.answers.asking import ask, echo, incoming, options, refusal, value

YES_NO = options("ya=Ya", "tidak=Tidak")
YES_NO_UNKNOWN = options("ya=Ya", "tidak=Tidak", "tt=Tidak tahu")
THERE = options("1=Ada", "0=Tidak ada")
CAUSES = options(
    "logistik=Logistik belum lengkap", "kpps=KPPS terlambat", "cuaca=Cuaca/banjir", "lain=Lainnya"
)
SEXES = options("1=Laki-laki", "2=Perempuan")
STATIONS = options("a=TPS 001", "b=TPS 002", "c=TPS 004")
FIGURES = options("a=3", "b=4", "c=5")
COMPLETE = options("a=Tidak lengkap", "b=Bagus")


@pytest.mark.parametrize(
    ("list_", "typed", "name"),
    [
        (YES_NO, "y", "ya"),
        (YES_NO, "iya pak", "ya"),
        (YES_NO, "iyaaa", "ya"),
        (YES_NO, "👍🏽", "ya"),
        (YES_NO, "tdk", "tidak"),
        (YES_NO, "gak", "tidak"),
        (YES_NO, "1", "ya"),
        (YES_NO, "2.", "tidak"),
        (YES_NO, "no 2", "tidak"),
        (YES_NO, "nomor 2 pak", "tidak"),
        (YES_NO, "yang kedua", "tidak"),
        (YES_NO, "2️⃣", "tidak"),
        (YES_NO_UNKNOWN, "tidak", "tidak"),
        (YES_NO_UNKNOWN, "gak tahu", "tt"),
        (THERE, "ya", "1"),
        (THERE, "tdk", "0"),
        (THERE, "belum ada", "0"),
        (THERE, "2", "0"),
        (SEXES, "p", "2"),
        (SEXES, "1", "1"),
        (CAUSES, "logistik belum lengkap", "logistik"),
        (CAUSES, "KPPS", "kpps"),
        (STATIONS, "tps 4", "c"),
        (STATIONS, "004", "c"),
        (STATIONS, "2", "b"),
        (COMPLETE, "tdk lengkap", "a"),
    ],
)
def test_a_plain_choice_is_not_said_back(list_: tuple[Option, ...], typed: str, name: str) -> None:
    answer = ask(Kind.SELECT_ONE, typed, list_)
    assert value(answer) == name
    if list_ is not SEXES:
        assert echo(answer) == ""


@pytest.mark.parametrize(
    ("list_", "typed", "label"),
    [
        (CAUSES, "logis", "Logistik belum lengkap"),
        (CAUSES, "banjir", "Cuaca/banjir"),
        (CAUSES, "terlambat pak", "KPPS terlambat"),
        (CAUSES, "Logistk belum lenkap", "Logistik belum lengkap"),
        (CAUSES, "lainya", "Lainnya"),
        (SEXES, "L", "Laki-laki"),
        (STATIONS, "3", "TPS 004"),
    ],
)
def test_a_guess_is_said_back(list_: tuple[Option, ...], typed: str, label: str) -> None:
    assert echo(ask(Kind.SELECT_ONE, typed, list_)) == label


@pytest.mark.parametrize(
    ("list_", "typed", "key"),
    [
        (YES_NO, "ya tidak", "answers.choice.unread"),
        (YES_NO, "3", "answers.choice.beyond"),
        (COMPLETE, "lengkap", "answers.choice.unread"),
        (STATIONS, "TPS 003", "answers.choice.unread"),
        (CAUSES, "entahlah", "answers.choice.unread"),
        ((), "ya", "answers.choice.unread"),
    ],
)
def test_what_fits_nothing_is_refused(list_: tuple[Option, ...], typed: str, key: str) -> None:
    assert refusal(ask(Kind.SELECT_ONE, typed, list_)).key == key


def test_what_fits_two_is_asked() -> None:
    double = options("a=Surat suara gubernur", "b=Surat suara bupati", "c=Tinta")
    assert refusal(ask(Kind.SELECT_ONE, "surat suara", double)).among == double[:2]
    assert refusal(ask(Kind.SELECT_ONE, "3", FIGURES)).among == (FIGURES[0], FIGURES[2])
    assert value(ask(Kind.SELECT_ONE, "3", (FIGURES[0], FIGURES[2]))) == "a"


def test_a_hidden_name_that_is_a_figure_is_not_what_was_meant() -> None:
    upside_down = options("2=Laki-laki", "1=Perempuan")
    assert value(ask(Kind.SELECT_ONE, "1", upside_down)) == "2"


def test_every_language_of_a_label_is_understood() -> None:
    both = (Option("a", {"id": "Tinta", "en": "Ink"}), Option("b", {"id": "Bilik", "en": "Booth"}))
    assert value(ask(Kind.SELECT_ONE, "booth", both)) == "b"


@pytest.mark.parametrize("key", ["kpps", "f7:2:kpps"])
def test_a_tap_carries_the_name(key: str) -> None:
    answer = ask(Kind.SELECT_ONE, incoming(choice=key), CAUSES)
    assert (value(answer), echo(answer)) == ("kpps", "")


def test_an_old_tap_is_refused_kindly() -> None:
    assert refusal(ask(Kind.SELECT_ONE, incoming(choice="f7:2:gone"), CAUSES)).key == "answers.choice.unread"
