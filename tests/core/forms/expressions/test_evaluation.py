"""Whatever was answered, an expression that could be read gives a value."""

from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms.expressions import ExpressionError, Nodes, as_bool, as_number, as_text, parse, template
from core.forms.expressions.functions import FUNCTIONS
from tests.core.forms.expressions.answered import Answered, answered

numeral = ["", "0", "-0", "1e400", "9" * 400, "NaN", "Infinity"]
moment = ["0001-01-01", "9999-12-31", "24:00", "23:59:59.999", "2024-02-30", "2024-11-27T24:00"]
moment += ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999999-12:00"]
word = ["-0.5 117 0 0", "99 199", ";", "1;2 3;x", "SHA-256", "hex", "%Y %b %a %W %", "(a+)+", "[", "\ud800"]
odd = st.sampled_from(numeral + moment + word)
answer = st.one_of(odd, st.text(max_size=12), st.integers().map(str), st.datetimes().map(datetime.isoformat))
number = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: format(abs(value), "f"))
leaf = st.one_of(
    st.sampled_from(
        ["${a}", "${b}", "${r}", ".", "'x'", "''", "today()", "now()", "kolom", "1 div 0", "'hex'"]
    ),
    st.sampled_from(["'MD5'", "'%b %e'", "'[a-z]+'", "-1", "1000000000000", "'${r}'", "..", "1 div -0"]),
    number,
)


def composed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operator = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"])
    call = st.sampled_from(sorted(FUNCTIONS)).flatmap(lambda name: called(name, inner))
    return st.one_of(st.tuples(inner, operator, inner).map(" ".join), call, call)


def called(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    function = FUNCTIONS[name]
    most = function.most if function.most is not None else function.least + 2 * function.step
    counts = st.sampled_from(range(function.least, most + 1, function.step))
    arguments = counts.flatmap(lambda count: st.lists(inner, min_size=count, max_size=count))
    return arguments.map(lambda given: f"{name}({', '.join(given)})")


@given(
    st.recursive(leaf, composed, max_leaves=6),
    st.fixed_dictionaries({"a": answer, "b": answer, "r": st.lists(answer, max_size=3)}),
    answer,
    st.sampled_from(["id", "en", "xx", ""]),
)
@settings(max_examples=1500, deadline=None)
def test_evaluation_never_raises(
    source: str, answers: dict[str, str | list[str]], here: str, language: str
) -> None:
    try:
        expression = parse(source)
    except ExpressionError:
        return
    value = expression.evaluate(
        Answered(answers=answers, here=here, columns={"kolom": here}, language=language)
    )
    assert isinstance(value, str | float | bool | date | datetime | time | Nodes)
    assert isinstance(as_text(value), str)
    assert isinstance(as_number(value), float)
    assert isinstance(as_bool(value), bool)


@given(st.text(alphabet="${}ab.'\"()[]/ ,-+=<1é&\\n", max_size=20))
@settings(max_examples=600, deadline=None)
def test_any_text_is_read_or_refused_within_itself(source: str) -> None:
    for read in (parse, template):
        try:
            read(source)
        except ExpressionError as error:
            assert 0 <= error.position <= len(source)


def test_the_other_branch_is_not_evaluated() -> None:
    class Exploding(Answered):
        def look(self, name: str) -> str:
            raise AssertionError(name)

    scope = Exploding()
    assert parse("if(false(), ${x}, 1)").evaluate(scope) == 1.0
    assert parse("false() and ${x}").evaluate(scope) is False
    assert parse("true() or ${x}").evaluate(scope) is True
    assert parse("coalesce('a', ${x})").evaluate(scope) == "a"


def test_months_are_named_in_the_language_spoken() -> None:
    expression = parse("format-date('2024-08-07', '%a %b')")
    assert expression.evaluate(Answered(language="id")) == "Rab Agu"
    assert expression.evaluate(Answered(language="en")) == "Wed Aug"
    assert expression.evaluate(Answered(language="xx")) == "Rab Agu"


def test_a_seed_gives_the_same_order_always_and_loses_nobody() -> None:
    names = [f"saksi{number}" for number in range(20)]
    scope = Answered(answers={"saksi": list(names)})
    shuffled = parse("randomize(${saksi}, 12)").evaluate(scope)
    assert isinstance(shuffled, Nodes)
    assert sorted(shuffled) == sorted(names)
    assert list(shuffled) != names
    assert shuffled == parse("randomize(${saksi}, 12)").evaluate(scope)
    assert shuffled != parse("randomize(${saksi}, 13)").evaluate(scope)


def test_the_law_of_the_count() -> None:
    """domain: valid + invalid = total = users; ballots = used + spoiled + left over."""
    rule = parse("${sah} + ${tidak_sah} = ${pengguna} and ${diterima} = ${pengguna} + ${rusak} + ${sisa}")
    province = "sah=1790192, tidak_sah=92199, pengguna=1882391, diterima=2896473, rusak=1542, sisa=1012540"
    assert rule.evaluate(answered(province)) is True
    assert rule.evaluate(answered(province.replace("92199", "92189"))) is False
