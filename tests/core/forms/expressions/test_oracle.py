"""Where XPath 1.0 itself says what comes out, lxml says the same."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.forms.expressions import ExpressionError, Value, as_text, parse
from tests.core.forms.expressions.answered import answered

EMPTY = etree.fromstring("<data/>")

whole = st.integers(-999, 999).map(str)
decimal = st.tuples(st.integers(-99, 99), st.integers(0, 99)).map(lambda n: f"{n[0]}.{n[1]:02}")
quoted = st.sampled_from(
    ["", "a", "ab", "b a", "  a  b ", "12", "012", " 7 ", "-3.5", "1.50", "12a", "-", "true"]
).map(lambda text: f"'{text}'")


def calls(name: str, *arguments: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*arguments).map(lambda given: f"{name}({', '.join(given)})")


def joined(
    operators: list[str], left: st.SearchStrategy[str], right: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[str]:
    other = left if right is None else right
    return st.tuples(left, st.sampled_from(operators), other).map(lambda it: f"({' '.join(it)})")


def numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        joined(["+", "-", "*", "div", "mod"], inner),
        st.sampled_from(["floor", "ceiling", "round"]).flatmap(lambda name: calls(name, inner)),
        inner.map(lambda operand: f"-{operand}"),
        calls("number", quoted),
        calls("string-length", quoted),
    )


def texts(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        calls("concat", inner, inner),
        calls("substring", inner, decimal),
        calls("substring", inner, whole, decimal),
        calls("substring-before", inner, inner),
        calls("substring-after", inner, inner),
        calls("translate", inner, quoted, quoted),
        calls("normalize-space", inner),
        calls("string", whole),
    )


number = st.recursive(st.one_of(whole, decimal), numbers, max_leaves=8)
text = st.recursive(quoted, texts, max_leaves=6)
comparison = joined(["=", "!=", "<", "<=", ">", ">="], st.one_of(number, text))
truth = st.recursive(
    st.one_of(
        comparison, calls("contains", text, text), calls("starts-with", text, text), calls("boolean", text)
    ),
    lambda inner: st.one_of(
        joined(["and", "or"], inner, st.one_of(inner, number, text)),
        joined(["=", "!="], inner, st.one_of(number, text)),
        calls("not", inner),
    ),
    max_leaves=5,
)


def same(ours: Value, theirs: object) -> bool:
    if isinstance(theirs, float):
        assert isinstance(ours, float)
        return math.isclose(ours, theirs, rel_tol=1e-12) or (math.isnan(ours) and math.isnan(theirs))
    return type(ours) is bool and ours is theirs if isinstance(theirs, bool) else ours == theirs


@given(st.one_of(number, text, truth))
@settings(max_examples=600, deadline=None)
def test_lxml_agrees(expression: str) -> None:
    ours = parse(expression).evaluate(answered(""))
    assert same(ours, EMPTY.xpath(expression)), as_text(ours)


quarters = st.tuples(st.integers(-999, 999), st.sampled_from(["0", "25", "5", "75"])).map(
    lambda it: f"{it[0]}.{it[1]}"
)


@given(joined(["+", "-", "*"], quarters))
@settings(max_examples=200, deadline=None)
def test_lxml_prints_numbers_alike(expression: str) -> None:
    """Quarters, since lxml reads 8.03 as 8.029999999999999."""
    ours = as_text(parse(f"string({expression})").evaluate(answered("")))
    assert ours == EMPTY.xpath(f"string({expression})")


pieces = ["1", "2", "+", "-", "*", "div", "mod", "and", "or", "=", "!=", "<", ">=", "(", ")"]


@given(st.lists(st.sampled_from(pieces), min_size=1, max_size=9))
@settings(max_examples=600, deadline=None)
def test_lxml_groups_operators_alike(pieces: list[str]) -> None:
    """What we read, lxml reads too, and the same way."""
    expression = " ".join(pieces)
    try:
        ours = parse(expression).evaluate(answered(""))
    except ExpressionError:
        return
    assert same(ours, EMPTY.xpath(expression))
