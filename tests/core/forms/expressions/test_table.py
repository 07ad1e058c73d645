"""What each expression gives: the rows of table.md."""

from pathlib import Path

import pytest

from core.forms.expressions import as_text, parse
from tests.core.forms.expressions.answered import answered
from tests.core.forms.expressions.tables import rows

TABLE = rows(Path(__file__).with_name("table.md"))


@pytest.mark.parametrize(("expression", "answers", "gives"), TABLE)
def test_table(expression: str, answers: str, gives: str) -> None:
    assert as_text(parse(expression).evaluate(answered(answers))) == gives
