"""The manual for form authors names every function, and its examples are true."""

from pathlib import Path

import pytest

from core.forms.expressions import as_text, parse
from core.forms.expressions.functions import FUNCTIONS
from tests.core.forms.expressions.answered import Answered
from tests.core.forms.expressions.tables import rows

MANUAL = rows(Path(__file__).parents[4] / "docs" / "expressions.md")
ANSWERS = {row[0]: row[1].split("/") if "/" in row[1] else row[1] for row in MANUAL if len(row) == 2}
EXAMPLES = [(row[2], row[3]) for row in MANUAL if len(row) == 4]


@pytest.mark.parametrize(("example", "gives"), EXAMPLES)
def test_the_examples_are_true(example: str, gives: str) -> None:
    assert as_text(parse(example).evaluate(Answered(answers=ANSWERS))) == gives


def test_every_function_is_in_the_manual_with_an_example_of_its_own() -> None:
    explained = {row[0] for row in MANUAL if len(row) == 4 and f"{row[0]}(" in row[2]}
    assert set(FUNCTIONS) == explained
