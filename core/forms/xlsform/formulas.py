"""The cells that hold a formula, and the sentences that hold ${references}."""

from core.forms.expressions import Expression, ExpressionError, parse, template
from core.forms.form import Kind, Words
from core.forms.problems import Problem, Problems
from core.forms.xlsform.columns import Row

YES = frozenset({"yes", "true", "true()", "ya", "1"})
NO = frozenset({"no", "false", "false()", "tidak", "0"})
CURLY_QUOTES = str.maketrans("‘’“”", "''\"\"")
"""Spreadsheets turn quotation marks into curly ones, as pyxform too turns back."""


def is_yes(cell: str) -> bool:
    return cell.strip().lower() in YES


def formula(row: Row, column: str, problems: Problems) -> Expression | None:
    """The expression of a cell; a cell that cannot be read is a problem and counts as empty."""
    return read_formula(row[column], row.number, column, problems)


def read_formula(
    source: str, number: int, column: str, problems: Problems, sheet: str = "survey"
) -> Expression | None:
    if not source:
        return None
    straight = source.translate(CURLY_QUOTES)
    try:
        expression = parse(straight)
    except ExpressionError as wrong:
        problems.append(Problem(sheet, number, column, wrong.key, wrong.values))
        return None
    if column != "choice_filter":
        for name in sorted(expression.columns):
            problems.refuse(sheet, number, column, "forms.reference.bare", name=name)
    return expression


def condition(row: Row, column: str, problems: Problems) -> Expression | None:
    """As `formula`, where `yes` and `no` may stand instead."""
    if row[column].lower() in NO:
        return None
    return parse("true()") if is_yes(row[column]) else formula(row, column, problems)


def default(row: Row, kind: Kind, problems: Problems) -> Expression | None:
    """An expression where pyxform sees one; otherwise the words themselves."""
    from pyxform.utils import default_is_dynamic

    cell = row["default"]
    if not cell or default_is_dynamic(cell.translate(CURLY_QUOTES), str(kind)):
        return formula(row, "default", problems)
    return parse(literal(cell))


def literal(text: str) -> str:
    """The words as an XPath string; XPath has no way to escape a quotation mark but concat."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat('" + "', \"'\", '".join(text.split("'")) + "')"


def wording(words: Words, sheet: str, number: int, column: str, problems: Problems) -> Words:
    """The sentences as they are, their ${references} checked."""
    for language, sentence in words.items():
        try:
            template(sentence)
        except ExpressionError as wrong:
            heading = f"{column}::{language}" if language else column
            problems.append(Problem(sheet, number, heading, wrong.key, wrong.values))
    return words
