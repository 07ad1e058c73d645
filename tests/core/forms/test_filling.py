"""What an answer changes in a filling."""

from datetime import UTC, datetime

from core.forms.filling import Filling, add_turn, answer, close_repeat, confirm, drop_turn
from core.model.records import Flag

EMPTY = Filling("F0001", "uji", "1", 7, datetime(2024, 11, 27, tzinfo=UTC))


def test_an_answer_is_put_and_replaced() -> None:
    filling = answer(answer(EMPTY, "a", "1"), "a", "2")
    assert filling.answers.values == {"a": "2"}
    assert EMPTY.answers.values == {}


def test_a_new_answer_voids_the_confirmation_of_its_own_place_only() -> None:
    flags = (Flag("a", "aneh"), Flag("b", "aneh"))
    filling = confirm(confirm(EMPTY, flags[0]), flags[1])
    assert filling.confirmed == flags
    assert answer(filling, "a", "1").confirmed == (flags[1],)


def test_a_place_has_one_confirmation() -> None:
    filling = confirm(confirm(EMPTY, Flag("a", "aneh")), Flag("a", "lebih aneh"))
    assert filling.confirmed == (Flag("a", "lebih aneh"),)


def test_turns_are_added_and_dropped() -> None:
    filling = add_turn(EMPTY, "saksi")
    assert filling.answers.counts == {"saksi": 2}
    assert drop_turn(filling, "saksi").answers.counts == {"saksi": 1}
    assert close_repeat(filling, "saksi").closed == {"saksi"}
