"""What cannot be read is refused with its reason, its place, and often with what was meant."""

import pytest

from core.forms.expressions import ExpressionError, parse
from core.forms.expressions.parser import DEEPEST_NESTING, DEEPEST_TERM, LONGEST
from tests.core.forms.expressions.answered import answered

REFUSED = [
    # expression, reason, position, found, suggestion
    ("", "empty", 0, "", ""),
    ("  \n ", "empty", 0, "", ""),
    (". >= 1 annd . <= 600", "unexpected", 7, "annd", "and"),
    (". > 1 OR . = 0", "unexpected", 6, "OR", "or"),
    ("6 dev 2", "unexpected", 2, "dev", "div"),
    ("${a} ${b}", "unexpected", 5, "${b}", ""),
    ("${a} 'ya'", "unexpected", 5, "'ya'", ""),
    ("1, 2", "unexpected", 1, ",", ""),
    ("${a} == 1", "unexpected", 6, "=", ""),
    ("1 + and 2", "unexpected", 4, "and", ""),
    ("* 2", "unexpected", 0, "*", ""),
    ("${a} = 1 && ${b} = 2", "unexpected", 9, "&&", "and"),
    ("${a} &lt; 3", "unexpected", 5, "&lt;", "<"),
    ("${a} ≤ 3", "unexpected", 5, "≤", "<="),
    ("${a} = “ya”", "unexpected", 7, "“", '"'),
    ("if(${a} = 1; 2; 3)", "unexpected", 11, ";", ","),
    ("50 % 3", "unexpected", 3, "%", "mod"),
    ("#", "unexpected", 0, "#", ""),
    ("$umur > 17", "unexpected", 0, "$umur", "${umur}"),
    ("{umur} > 17", "unexpected", 0, "{umur}", "${umur}"),
    ("${nama lengkap} = ''", "unexpected", 0, "${nama lengkap}", "${nama_lengkap}"),
    ("${} = ''", "unexpected", 0, "${}", ""),
    ("1 + }", "unexpected", 4, "}", ""),
    (". >= 1 and (. <= 600", "unbalanced", 11, "(", ""),
    ("selected(${a}, 'x'", "unbalanced", 8, "(", ""),
    ("selected(${a},", "unbalanced", 8, "(", ""),
    (". >= 1)", "unbalanced", 6, ")", ""),
    (". = 'ya", "unbalanced", 4, "'", ""),
    ("${umur > 17", "unbalanced", 0, "${", ""),
    ("1 +", "unfinished", 3, "+", ""),
    ("${a} and ", "unfinished", 9, "and", ""),
    ("-", "unfinished", 1, "-", ""),
    ("slected(${a}, 'x')", "unknown_function", 0, "slected()", "selected"),
    ("1 + kabut(3)", "unknown_function", 4, "kabut()", ""),
    ("IF(1, 2, 3)", "unknown_function", 0, "IF()", "if"),
    ("len(${a})", "unknown_function", 0, "len()", "string-length"),
    ("Trim(${a})", "unknown_function", 0, "Trim()", "normalize-space"),
    ("and(1, 2)", "unknown_function", 0, "and()", "… and …"),
    ("if(1, 2)", "arity", 0, "if()", ""),
    ("1 + today(1)", "arity", 4, "today()", ""),
    ("regex(., '[0-9')", "bad_pattern", 9, "[0-9", ""),
    ("regex(., '(?=x)')", "bad_pattern", 9, "(?=x)", ""),
    ("sum(${a} * 2)", "bad_argument", 9, "sum()", ""),
    ("count(3)", "bad_argument", 6, "count()", ""),
    ("position(${a})", "bad_argument", 9, "position()", ""),
    ("position(.)", "bad_argument", 9, "position()", ""),
    ("indexed-repeat(${a}, 1, 2)", "bad_argument", 21, "indexed-repeat()", ""),
    ("jr:choice-name(${a}, 'a')", "bad_argument", 21, "jr:choice-name()", ""),
    ("digest(., 'ROT-13')", "bad_argument", 10, "digest()", ""),
    ("digest(., 'MD5', 'oct')", "bad_argument", 17, "digest()", ""),
    ("concat('Halo ${nama}')", "quoted_reference", 7, "${nama}", ""),
    ("instance('tps')/root/item[kode = 1]", "unsupported", 0, "instance()", ""),
    ("property('deviceid')", "unsupported", 0, "property()", ""),
    ("/data/umur", "unsupported", 0, "/", ""),
    ("${a}[1]", "unsupported", 4, "[", ""),
    ("${a} | ${b}", "unsupported", 5, "|", ""),
    ("//umur", "unsupported", 0, "//", ""),
    ("../grup/umur", "unsupported", 0, "../grup", ""),
    ("self::x", "unsupported", 4, "::", ""),
    ("${last-saved#umur}", "unsupported", 0, "${last-saved#umur}", ""),
    ("..", "unsupported", 0, "..", "position(..)"),
    ("string(..)", "unsupported", 7, "..", "position(..)"),
]


@pytest.mark.parametrize(("source", "reason", "position", "found", "suggestion"), REFUSED)
def test_refused(source: str, reason: str, position: int, found: str, suggestion: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    error = caught.value
    assert (error.reason, error.position, error.found, error.suggestion) == (
        reason,
        position,
        found,
        suggestion,
    )


@pytest.mark.parametrize(
    ("source", "expected", "given"),
    [
        ("if(1, 2)", "3", "2"),
        ("round()", "1-2", "0"),
        ("coalesce('')", "2 …", "1"),
        ("indexed-repeat(${a}, ${b})", "3, 5, 7", "2"),
        ("indexed-repeat(${a}, ${b}, 1, ${c})", "3, 5, 7", "4"),
        ("weighted-checklist(1, 2, 3)", "4, 6 …", "3"),
        ("concat()", "1 …", "0"),
    ],
)
def test_a_wrong_number_of_arguments_is_counted_for_the_author(
    source: str, expected: str, given: str
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert (caught.value.expected, caught.value.given) == (expected, given)


def test_an_error_says_its_sentence_and_what_goes_into_it() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("1 + slected(.)")
    assert caught.value.key == "forms.expression.unknown_function"
    assert caught.value.values["position"] == 5
    assert caught.value.values["suggestion"] == "selected"


def test_deep_but_real_expressions_are_read() -> None:
    provinces = "".join(f"if(${{prov}} = '{code}', {code}, " for code in range(11, 49))
    expression = parse(provinces + "0" + ")" * 38)
    assert expression.evaluate(answered("prov=48")) == 48.0


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("(" * (DEEPEST_NESTING + 1), "too_deep"),
        ("-" * (DEEPEST_NESTING + 1) + "1", "too_deep"),
        ("abs(" * 3000 + "1" + ")" * 3000, "too_long"),
        ("not(" * (DEEPEST_NESTING + 1) + "1", "too_deep"),
        ("1" + "+1" * DEEPEST_TERM, "too_deep"),
        ("1" * (LONGEST + 1), "too_long"),
    ],
)
def test_what_would_exhaust_the_stack_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert caught.value.reason == reason


def test_the_deepest_that_is_read_can_be_evaluated() -> None:
    deep = "(" * DEEPEST_NESTING + "1" + ")" * DEEPEST_NESTING + " + 1" * (DEEPEST_TERM - 1)
    assert parse(deep).evaluate(answered("")) == float(DEEPEST_TERM)


def test_names_are_collected() -> None:
    expression = parse("kabupaten = ${kab} and jr:choice-name(., '${kec}') != ../desa + sum(${suara})")
    assert expression.references == {"kab", "kec", "desa", "suara"}
    assert expression.columns == {"kabupaten"}
    assert expression.source.startswith("kabupaten")


def test_words_that_are_operators_may_be_parts_of_names() -> None:
    assert parse("${order} div ${android}").references == {"order", "android"}
    assert parse("mod-kode = 'x'").columns == {"mod-kode"}


def test_line_breaks_and_hard_spaces_of_a_spreadsheet_are_spaces() -> None:
    assert parse("\n1\u00a0+\t2 ").evaluate(answered("")) == 3.0
