"""Choosing several, and putting in order."""

import pytest

from core.forms.form import Kind
from tests.core.forms.answers.asking import ask, echo, options, refusal, value

THINGS = options(
    "ss=Surat suara, sah", "bilik=Bilik", "tinta=Tinta", "form=Formulir dan sampul", "none=Tidak ada"
)
NEEDED = options("ss=Surat suara", "bilik=Bilik")
ORDERED = options("log=Logistik", "kpps=KPPS", "cuaca=Cuaca")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("1,3", "ss tinta"),
        ("3 1", "ss tinta"),
        ("1 dan 3", "ss tinta"),
        ("1. 3.", "ss tinta"),
        ("1/3", "ss tinta"),
        ("1,1", "ss"),
        ("2", "bilik"),
        ("semua", "ss bilik tinta form"),
        ("semua kecuali 2", "ss tinta form"),
        ("1-3", "ss bilik tinta"),
        ("tinta, bilik", "bilik tinta"),
        ("tinta bilik", "bilik tinta"),
        ("tinta\nbilik", "bilik tinta"),
        ("surat suara, sah, tinta", "ss tinta"),
        ("formulir dan sampul", "form"),
        ("bilik, formulir dan sampul", "bilik form"),
        ("tidak ada", "none"),
        ("nihil", "none"),
        ("tdk ada pak", "none"),
    ],
)
def test_several_are_chosen_in_the_order_of_the_list(typed: str, names: str) -> None:
    assert value(ask(Kind.SELECT_MULTIPLE, typed, THINGS)) == names


def test_only_what_was_guessed_is_said_back() -> None:
    assert echo(ask(Kind.SELECT_MULTIPLE, "1,3", THINGS)) == ""
    assert echo(ask(Kind.SELECT_MULTIPLE, "tnta dan bilik", THINGS)) == "Bilik, Tinta"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("1,9", "answers.choice.part"),
        ("tinta dan anu", "answers.choice.part"),
        ("xyz", "answers.choice.unread"),
        ("13", "answers.choice.beyond"),
        (",", "answers.choice.unread"),
    ],
)
def test_one_unclear_piece_is_enough_to_ask(typed: str, key: str) -> None:
    assert refusal(ask(Kind.SELECT_MULTIPLE, typed, THINGS)).key == key


def test_nothing_is_refused_where_it_is_no_option() -> None:
    assert refusal(ask(Kind.SELECT_MULTIPLE, "tidak ada", NEEDED)).key == "answers.choice.none"


@pytest.mark.parametrize(
    "typed", ["2 1 3", "213", "2,1,3", "2 > 1 > 3", "kpps, logistik, cuaca", "kpps lalu 1 lalu 3"]
)
def test_all_are_put_in_order(typed: str) -> None:
    assert value(ask(Kind.RANK, typed, ORDERED)) == "kpps log cuaca"


def test_an_order_must_be_whole() -> None:
    short = refusal(ask(Kind.RANK, "2 1", ORDERED))
    assert short.key == "answers.rank.incomplete"
    assert short.values == {"count": 3, "missing": "Cuaca", "example": "1 3 2"}
    assert refusal(ask(Kind.RANK, "1 1 2", ORDERED)).key == "answers.rank.twice"


def test_all_but_all_is_nothing() -> None:
    assert refusal(ask(Kind.SELECT_MULTIPLE, "semua kecuali 1,2", NEEDED)).key == "answers.choice.unread"
