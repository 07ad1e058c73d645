"""Walking through a form: what is relevant, calculated and filed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms.filling import Filling
from core.forms.form import Form
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.survey import Survey
from core.forms.walk import MOST_TURNS, finish, take_stock
from core.model.records import Answers, Flag
from tests.core.dialogue.phone import form_of
from tests.core.dialogue.random_forms import forms

NOON = datetime(2024, 11, 27, 12, 0, tzinfo=UTC)
WORLD = World(NOON, "id", {"petugas": "Siti Contoh"}, ("uuid", 0.5))
HEAD = "| survey |\n| | type | name | label | relevant | calculation | repeat_count | appearance |\n"


def made(*rows: str) -> Form:
    return form_of(HEAD + "\n".join(f"| | {row} |" for row in rows))


def filled(form: Form, values: dict[str, str], counts: dict[str, int] | None = None) -> Filling:
    return Filling("F0001", form.name, form.version, 7, NOON, Answers(values, counts or {}))


def stock(form: Form, values: dict[str, str] | None = None, counts: dict[str, int] | None = None) -> Survey:
    return take_stock(Plan(form), filled(form, values or {}, counts), WORLD)


def asked(survey: Survey) -> list[str]:
    return [spot.place for spot in survey.spots]


SKIPPING = made(
    "integer | a | A | | | |",
    "integer | b | B | ${a} > 5 | | |",
    "integer | c | C | ${b} > 5 | | |",
    "calculate | d | | | ${a} + ${b} | |",
)


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ({}, ["a"]),
        ({"a": "9"}, ["a", "b"]),
        ({"a": "9", "b": "9"}, ["a", "b", "c"]),
        ({"a": "1", "b": "9"}, ["a"]),
    ],
)
def test_only_what_is_relevant_is_asked(values: dict[str, str], places: list[str]) -> None:
    assert asked(stock(SKIPPING, values)) == places


def test_an_answer_that_is_not_relevant_any_more_counts_nowhere_but_is_not_forgotten() -> None:
    filling = filled(SKIPPING, {"a": "1", "b": "9", "c": "7"})
    answers, _ = finish(Plan(SKIPPING), filling, WORLD)
    assert answers.values == {"a": "1", "d": "NaN"}
    again = replace(filling, answers=filling.answers.put("a", "9"))
    assert finish(Plan(SKIPPING), again, WORLD)[0].values == {"a": "9", "b": "9", "c": "7", "d": "18"}


def test_what_a_calculation_gives_may_be_looked_ahead_to() -> None:
    form = made(
        "text | a | A | ${s} > 5 | | |", "integer | b | B | | | |", "calculate | s | | | ${b} * 2 | |"
    )
    assert asked(stock(form, {"b": "2"})) == ["b"]
    assert asked(stock(form, {"b": "3"})) == ["a", "b"]


def test_a_repeat_has_one_turn_to_begin_with_and_asks_for_more() -> None:
    form = made("begin_repeat | r | R | | | |", "text | a | A | | | |", "end_repeat | | | | | |")
    assert asked(stock(form)) == ["r[1]/a", "r"]
    assert asked(stock(form, {}, {"r": 2})) == ["r[1]/a", "r[2]/a", "r"]
    assert asked(stock(form, {}, {"r": MOST_TURNS}))[-1] == f"r[{MOST_TURNS}]/a"


def test_a_counted_repeat_has_as_many_turns_and_asks_for_no_more() -> None:
    form = made("integer | n | N | | | |", "begin_repeat | r | R | | | ${n} |", "text | a | A | | | |",
                "end_repeat | | | | | |")  # fmt: skip
    for count, turns in (("", 0), ("0", 0), ("2", 2), ("-3", 0), ("1000", MOST_TURNS)):
        assert len(stock(form, {"n": count}).spots) == 1 + turns


def test_turns_past_the_count_are_not_filed() -> None:
    form = made("integer | n | N | | | |", "begin_repeat | r | R | | | ${n} |", "text | a | A | | | |",
                "end_repeat | | | | | |")  # fmt: skip
    filling = filled(form, {"n": "1", "r[1]/a": "satu", "r[2]/a": "dua"})
    answers, _ = finish(Plan(form), filling, WORLD)
    assert answers == Answers({"n": "1", "r[1]/a": "satu"}, {"r": 1})


def test_a_repeat_that_is_not_relevant_has_no_turns() -> None:
    form = made(
        *("integer | n | N | | | |", "begin_group | g | G | ${n} > 1 | | |", "begin_repeat | r | R | | | |"),
        *("text | a | A | | | |", "end_repeat | | | | | |", "end_group | | | | | |"),
        "calculate | s | | | count(${r}) | |",
    )
    values = {"n": "1", "g/r[1]/a": "satu", "g/r[2]/a": "dua"}
    answers, _ = finish(Plan(form), filled(form, values, {"g/r": 2}), WORLD)
    assert answers == Answers({"n": "1", "s": "0"}, {})
    answers, _ = finish(Plan(form), filled(form, values | {"n": "2"}, {"g/r": 2}), WORLD)
    assert answers.values["s"] == "2"


def test_a_group_of_small_questions_is_asked_in_one_message() -> None:
    rows = (
        "begin_group | g | G | | | | field-list",
        "integer | a | A | | | |",
        "text | b | B | ${a} > 1 | | |",
    )
    form = made(*rows, "integer | c | C | | | |", "end_group | | | | | |")
    assert asked(stock(form)) == ["g"]
    assert [place for place, _ in stock(form).spots[0].members] == ["g/a", "g/c"]
    assert [place for place, _ in stock(form, {"g/a": "2"}).spots[0].members] == ["g/a", "g/b", "g/c"]


def test_a_group_with_pictures_in_it_is_asked_one_by_one() -> None:
    form = made("begin_group | g | G | | | | field-list", "integer | a | A | | | |", "image | b | B | | | |",
                "end_group | | | | | |")  # fmt: skip
    assert asked(stock(form)) == ["g/a", "g/b"]


def test_notes_are_told_before_what_follows_or_at_the_end() -> None:
    form = made("note | x | Mula-mula | | | |", "text | a | A | | | |", "note | y | Terakhir | | | |")
    survey = stock(form)
    assert [survey.say(note, "a") for note in survey.spots[0].notes] == ["Mula-mula"]
    assert [survey.say(note, "") for note in survey.closing] == ["Terakhir"]


def test_silent_questions_are_filled_only_where_they_are_relevant() -> None:
    form = made("hidden | petugas | | | | |", "start | mulai | | | | |", "today | hari | | ${a} > 1 | | |",
                "integer | a | A | | | |")  # fmt: skip
    answers, _ = finish(Plan(form), filled(form, {"a": "1"}), WORLD)
    assert answers.values == {
        "petugas": "Siti Contoh",
        "mulai": "2024-11-27T12:00:00.000+00:00",
        "a": "1",
    }


def test_only_flags_that_still_hold_are_filed() -> None:
    form = form_of(
        "| survey |\n| | type | name | label | constraint | soft |\n| | integer | a | A | . < 5 | yes |"
    )
    doubted = replace(filled(form, {"a": "9"}), confirmed=(Flag("a", "besar"), Flag("z", "lama")))
    assert finish(Plan(form), doubted, WORLD)[1] == (Flag("a", "besar"),)
    right = replace(doubted, answers=Answers({"a": "3"}))
    assert finish(Plan(form), right, WORLD)[1] == ()


@settings(max_examples=60, deadline=None)
@given(
    forms(), st.dictionaries(st.sampled_from(["q1", "q2", "q3", "q4"]), st.sampled_from(["", "1", "9", "a"]))
)
def test_a_form_that_does_not_look_ahead_is_settled_by_one_walk(form: Form, values: dict[str, str]) -> None:
    plan = Plan(form)
    filling = filled(form, values)
    once = take_stock(plan, filling, WORLD)
    if not plan.looks_ahead:
        object.__setattr__(plan, "looks_ahead", True)
        again = take_stock(plan, filling, WORLD)
        assert (once.spots, once.live) == (again.spots, again.live)
        assert finish(plan, filling, WORLD)[0].values == {
            place: once.sheet.values[place] for place in once.live if place in once.sheet.values
        }
