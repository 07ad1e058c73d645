"""What is worked out once for each version of a form."""

import pytest

from core.forms.plan import Plan, shared_way
from tests.core.dialogue.phone import form_of

TWICE = """
| survey |
| | type | name | label |
| | begin_group | satu | Satu |
| | text | nama | Nama |
| | text | alamat | Alamat |
| | end_group | | |
| | begin_group | dua | Dua |
| | text | nama | Nama |
| | end_group | | |
"""
BEGIN, END = "begin_repeat | r | R | | |", "end_repeat | | | | |"
HEAD = "| survey |\n| | type | name | label | relevant | calculation | constraint |\n"


def plan(*rows: str) -> Plan:
    return Plan(form_of(HEAD + "\n".join(f"| | {row} |" for row in rows)))


def test_a_name_used_twice_means_the_nearest() -> None:
    made = Plan(form_of(TWICE))
    assert made.nearest("nama", ("dua", "nama")) == ("dua", "nama")
    assert made.nearest("nama", ("satu", "alamat")) == ("satu", "nama")
    assert made.nearest("alamat", ("dua", "nama")) == ("satu", "alamat")
    assert made.nearest("lain", ()) is None


def test_each_item_has_a_number_in_the_order_of_the_sheet() -> None:
    made = Plan(form_of(TWICE))
    assert [made.ordinals[path] for path in made.paths] == [0, 1, 2, 3, 4]
    assert made.paths[3:] == (("dua",), ("dua", "nama"))


@pytest.mark.parametrize(
    ("rows", "looks_ahead"),
    [
        (("integer | a | A | | |", "integer | b | B | ${a} > 1 | |"), False),
        (("integer | a | A | ${b} > 1 | |", "integer | b | B | | |"), True),
        (("calculate | s | | | ${a} + 1 |", "integer | a | A | | |"), True),
        (("integer | a | A | | | . < ${b}", "integer | b | B | | |"), False),
        ((BEGIN, "integer | a | A | | |", END, "integer | b | B | ${a} > 1 | |"), False),
        ((BEGIN, "integer | a | A | | |", "calculate | s | | | sum(${a}) |", END), True),
    ],
)  # fmt: skip
def test_does_the_walk_have_to_look_ahead(rows: tuple[str, ...], looks_ahead: bool) -> None:
    assert plan(*rows).looks_ahead is looks_ahead


def test_a_rule_goes_by_what_its_calculations_go_by() -> None:
    made = plan("integer | l | L | | |", "integer | j | J | | | . = ${h}", "calculate | h | | | ${l} + 1 |")
    assert made.judged_by[("j",)] == {"h", "l"}


def test_the_way_that_two_paths_share() -> None:
    assert shared_way(("a", "b", "c"), ("a", "b", "d")) == ("a", "b")
    assert shared_way(("a", "b"), ("a", "b", "c")) == ("a", "b")
    assert shared_way(("a", "b", "c"), ("a", "b")) == ("a", "b")
    assert shared_way(("x",), ("y",)) == ()
