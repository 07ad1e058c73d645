"""Codes that could not be told apart in an SMS are refused, with their row."""

import pytest

from core.forms.xlsform import compile_form

HEAD = "| survey |\n| | type | name | label | required | sms |\n"
FOOT = "\n| settings |\n| | form_id | version |\n| | uji | 1 |\n"


def problems(rows: str, purpose: str = "") -> list[tuple[str, int, str]]:
    source = HEAD + rows + FOOT + purpose
    return [(p.key, p.row, p.column) for p in compile_form(source.encode(), "md", {}).problems]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| | integer | a | A | yes | dpt |", []),
        ("| | integer | a | A | yes | 01 |", []),
        ("| | integer | a | A | yes | 012 |", ["forms.sms.code"]),
        ("| | integer | a | A | yes | D-PT |", ["forms.sms.code"]),
        ("| | integer | a | A | yes | PENGGUNA |", ["forms.sms.code"]),
        ("| | date | a | A | yes | TGL |", ["forms.sms.kind"]),
        ("| | image | a | A | yes | FOTO |", ["forms.sms.kind"]),
    ],
)
def test_a_code(row: str, found: list[str]) -> None:
    assert problems(row) == [(key, 2, "sms") for key in found]


def test_free_text_shares_no_code() -> None:
    rows = "| | text | a | A | yes | X |\n| | integer | b | B | yes | X |"
    assert problems(rows) == [("forms.sms.text", 2, "sms")]


def test_a_repeat_has_no_codes() -> None:
    rows = "| | begin_repeat | r | R | | |\n| | integer | a | A | yes | X |\n| | end_repeat | | | | |"
    assert problems(rows) == [("forms.sms.repeat", 3, "sms")]


@pytest.mark.parametrize(
    ("example", "is_right"),
    [("UJI 012 X 5", True), ("uji x 5", True), ("X 5", False), ("UJI X 5 6", False), ("UJI", False)],
)
def test_the_example_must_be_readable(example: str, is_right: bool) -> None:
    purpose = f"| lapordesk |\n| | key | value |\n| | sms | {example} |\n"
    found = problems("| | integer | a | A | yes | X |", purpose)
    assert found == ([] if is_right else [("forms.sms.example", 0, "sms")])
