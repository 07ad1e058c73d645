"""What is wrong with a form is told with sheet, row and column: a table of faults and their places."""

import pytest

from core.forms.expressions import Reason
from core.forms.problems import Problem
from core.speech.texts import LANGUAGES, texts
from tests.core.forms.xlsform.sheets import VILLAGES, compiled

LISTS = "list_name | name | label | wilayah\nyt | ya | Ya | a\nyt | tidak | Tidak | b"

Found = tuple[str, int, str, str]


def found(problem: Problem) -> Found:
    return problem.sheet, problem.row, problem.column, problem.key


ERRORS: dict[str, tuple[str, Found]] = {
    "an unbalanced constraint": (
        "type | name | label | constraint\ninteger | a | A? | . >= 1 and (. <= 600",
        ("survey", 2, "constraint", "forms.expression.unbalanced"),
    ),
    "a word that is no operator": (
        "type | name | label | constraint\ninteger | a | A? | . >= 1 annd . < 5",
        ("survey", 2, "constraint", "forms.expression.unexpected"),
    ),
    "an unknown function": (
        "type | name | label | calculation\ncalculate | a | | foo(3)",
        ("survey", 2, "calculation", "forms.expression.unknown_function"),
    ),
    "a faulty condition for being required": (
        "type | name | label | required\ntext | a | A? | 1 +",
        ("survey", 2, "required", "forms.expression.unfinished"),
    ),
    "a faulty count": (
        "type | name | label | repeat_count\nbegin_repeat | r | R | 2 *\ntext | a | A? |\nend_repeat | | |",
        ("survey", 2, "repeat_count", "forms.expression.unfinished"),
    ),
    "a faulty default": (
        "type | name | label | default\ntext | a | A? | now(",
        ("survey", 2, "default", "forms.expression.unbalanced"),
    ),
    "a reference to nothing": (
        "type | name | label | relevant\ntext | nama | N? |\ntext | b | B? | ${nma} = 'x'",
        ("survey", 3, "relevant", "forms.reference.unknown"),
    ),
    "a reference to nothing in words": (
        "type | name | label\ntext | a | Halo ${nama}?",
        ("survey", 2, "label", "forms.reference.unknown"),
    ),
    "a reference to a name that is there twice": (
        "type | name | label\nbegin_group | g | G\ntext | a | A?\nend_group | |\n"
        "text | a | A?\nnote | n | ${a}",
        ("survey", 6, "label", "forms.reference.ambiguous"),
    ),
    "a path to nothing": (
        "type | name | label | relevant\ntext | nama | N? |\ntext | b | B? | ../nma = 'x'",
        ("survey", 3, "relevant", "forms.reference.unknown"),
    ),
    "a name without ${}": (
        "type | name | label | relevant\ninteger | umur | U? |\ntext | b | B? | umur > 17",
        ("survey", 3, "relevant", "forms.reference.bare"),
    ),
    "a circle of calculations": (
        "type | name | calculation\ncalculate | a | ${b} + 1\ncalculate | b | ${a} + 1",
        ("survey", 2, "calculation", "forms.reference.circle"),
    ),
    "a question that hangs on itself": (
        "type | name | label | relevant\ntext | a | A? | ${a} = 'x'",
        ("survey", 2, "relevant", "forms.reference.circle"),
    ),
    "a group that hangs on its own question": (
        "type | name | label | relevant\nbegin group | g | G | ${a} = 'x'\ntext | a | A? |\nend group | | |",
        ("survey", 2, "relevant", "forms.reference.circle"),
    ),
    "a type nobody knows": (
        "type | name | label\nintegr | a | A?",
        ("survey", 2, "type", "forms.type.unknown"),
    ),
    "a select without a list": (
        "type | name | label\nselect_one | a | A?",
        ("survey", 2, "type", "forms.type.no_list"),
    ),
    "a list out of answers": (
        "type | name | label\ntext | a | A?\nselect_one ${a} | b | B?",
        ("survey", 3, "type", "forms.type.list_from_answers"),
    ),
    "a row without a type": (
        "type | name | label\n | a | A?",
        ("survey", 2, "type", "forms.type.missing"),
    ),
    "a missing list": (
        "type | name | label\nselect_one yn | a | A?",
        ("survey", 2, "type", "forms.list.missing"),
    ),
    "a missing file": (
        "type | name | label\nselect_one_from_file tps.csv | a | A?",
        ("survey", 2, "type", "forms.list.file_missing"),
    ),
    "a file that is no table": (
        "type | name | label\nselect_one_from_file tps.xml | a | A?",
        ("survey", 2, "type", "forms.type.file_not_csv"),
    ),
    "a file without the column": (
        "type | name | label | parameters\nselect_one_from_file desa.csv | a | A? | value=nomor",
        ("survey", 2, "parameters", "forms.list.file_column"),
    ),
    "pulldata from nowhere": (
        "type | name | calculation\ncalculate | a | pulldata('tps', 'dpt', 'name', '012')",
        ("survey", 2, "calculation", "forms.list.file_missing"),
    ),
    "a filter over a column that is not there": (
        "type | name | label | choice_filter\nselect_one yt | a | A? | wilyah = 'a'",
        ("survey", 2, "choice_filter", "forms.choice_filter.column"),
    ),
    "a name with a space": (
        "type | name | label\ntext | nama saya | N?",
        ("survey", 2, "name", "forms.name.signs"),
    ),
    "a name twice": (
        "type | name | label\ntext | a | A?\ntext | a | B?",
        ("survey", 3, "name", "forms.name.twice"),
    ),
    "a reserved name": (
        "type | name | label\ntext | meta | M?",
        ("survey", 2, "name", "forms.name.reserved"),
    ),
    "no name": ("type | name | label\ntext | | N?", ("survey", 2, "name", "forms.name.missing")),
    "no words": ("type | name | label\ntext | a |", ("survey", 2, "label", "forms.label.missing")),
    "an unclosed group": (
        "type | name | label\nbegin_group | g | G\ntext | a | A?",
        ("survey", 2, "type", "forms.group.unended"),
    ),
    "an end of nothing": (
        "type | name | label\ntext | a | A?\nend_repeat | |",
        ("survey", 3, "type", "forms.group.unbegun"),
    ),
    "an empty group": (
        "type | name | label\nbegin_group | g | G\nend_group | |\ntext | a | A?",
        ("survey", 2, "type", "forms.group.empty"),
    ),
    "a calculation of nothing": (
        "type | name | label\ncalculate | a |",
        ("survey", 2, "calculation", "forms.calculation.missing"),
    ),
    "a range without numbers": (
        "type | name | label | parameters\nrange | a | A? | start=satu end=5",
        ("survey", 2, "parameters", "forms.range.number"),
    ),
    "a range the wrong way round": (
        "type | name | label | parameters\nrange | a | A? | start=5 end=1",
        ("survey", 2, "parameters", "forms.range.ends"),
    ),
    "unreadable parameters": (
        "type | name | label | parameters\nrange | a | A? | dari 1",
        ("survey", 2, "parameters", "forms.parameters"),
    ),
    "a trigger": (
        "type | name | label | trigger\ntext | a | A? |\ntext | b | B? | ${a}",
        ("survey", 3, "trigger", "forms.trigger"),
    ),
    "a picture with a default": (
        "type | name | label | default\nimage | a | A? | foto.jpg",
        ("survey", 2, "default", "forms.default.media"),
    ),
    "a missing column": ("type | label\ntext | A?", ("survey", 1, "name", "forms.column.missing")),
    "a heading twice": (
        "type | name | label | label\ntext | a | A? | B?",
        ("survey", 1, "label", "forms.column.twice"),
    ),
    **{
        f"{kind}, which chat cannot do": (
            f"type | name | label\n{kind} | a | A?",
            ("survey", 2, "type", "forms.type.not_in_chat"),
        )
        for kind in (
            *("geotrace", "geoshape", "barcode", "osm", "start-geopoint", "audit", "background-audio"),
            *("xml-external", "csv-external", "begin loop over yt"),
        )
    },
}


@pytest.mark.parametrize("case", ERRORS)
def test_a_fault_is_found_where_it_is(case: str) -> None:
    survey, expected = ERRORS[case]
    result = compiled(survey, choices=LISTS, files=VILLAGES)
    assert result.form is None
    assert expected in map(found, result.errors)


CHOICES: dict[str, tuple[str, Found]] = {
    "a space in a name": ("yt | ya saja | Ya", ("choices", 2, "name", "forms.option.spaces")),
    "a name twice": ("yt | ya | Ya\nyt | ya | Iya", ("choices", 3, "name", "forms.option.twice")),
    "a name too long for a button": (f"yt | {'y' * 41} | Ya", ("choices", 2, "name", "forms.option.long")),
    "no name": ("yt | | Ya", ("choices", 2, "name", "forms.option.no_name")),
    "no list": ("| ya | Ya", ("choices", 2, "list_name", "forms.option.no_list")),
}


@pytest.mark.parametrize("case", CHOICES)
def test_a_fault_among_the_choices(case: str) -> None:
    rows, expected = CHOICES[case]
    choices = f"list_name | name | label\n{rows}"
    result = compiled("type | name | label\nselect_one yt | a | A?", choices=choices)
    assert expected in map(found, result.errors)


PURPOSES: dict[str, tuple[str, Found]] = {
    "an unknown key": ("audiens | ptps", ("lapordesk", 2, "key", "forms.purpose.key")),
    "an unknown kind": ("kind | laporan", ("lapordesk", 2, "value", "forms.purpose.value")),
    "an unknown role": ("audience | ptps pkdd", ("lapordesk", 2, "value", "forms.purpose.value")),
    "an unknown cadence": ("cadence | tiap hari", ("lapordesk", 2, "value", "forms.purpose.value")),
    "an unknown stage": ("stage | libur", ("lapordesk", 2, "value", "forms.purpose.value")),
    "an unreadable due time": ("due | nanti sore", ("lapordesk", 2, "value", "forms.purpose.due")),
    "an hour that does not exist": ("due | 24:00", ("lapordesk", 2, "value", "forms.purpose.due")),
    "a menu place that is no number": ("menu | pertama", ("lapordesk", 2, "value", "forms.purpose.menu")),
    "a nihil that is neither yes nor no": (
        "nihil | barangkali",
        ("lapordesk", 2, "value", "forms.purpose.value"),
    ),
}


@pytest.mark.parametrize("case", PURPOSES)
def test_a_fault_in_the_purpose(case: str) -> None:
    row, expected = PURPOSES[case]
    result = compiled("type | name | label\ntext | a | A?", lapordesk=f"key | value\n{row}")
    assert [found(problem) for problem in result.problems] == [expected]


WARNINGS: dict[str, tuple[str, Found]] = {
    "a label in one language only": (
        "type | name | label::Indonesia (id) | label::English (en)\ntext | a | A? |",
        ("survey", 2, "label::en", "forms.label.untranslated"),
    ),
    "a question that comes too late": (
        "type | name | label | relevant\ntext | a | A? | ${b} = 'x'\ntext | b | B? |",
        ("survey", 2, "relevant", "forms.reference.later"),
    ),
    "a look into a repeat": (
        "type | name | label\nbegin_repeat | r | R\ntext | a | A?\nend_repeat | |\nnote | n | Halo ${a}",
        ("survey", 5, "label", "forms.reference.repeated"),
    ),
    "a value that no choice has": (
        "type | name | label | relevant\nselect_one yt | a | A? |\ntext | b | B? | ${a} = 'yaa'",
        ("survey", 3, "relevant", "forms.reference.no_such_option"),
    ),
    "a heading with a slip": (
        "type | name | label | relevent\ntext | a | A? | 1",
        ("survey", 1, "relevent", "forms.column.near"),
    ),
    "a column that chat does not show": (
        "type | name | label | guidance_hint\ntext | a | A? | x",
        ("survey", 1, "guidance_hint", "forms.column.not_shown"),
    ),
    "a mark without a rule": (
        "type | name | label | soft\ntext | a | A? | yes",
        ("survey", 2, "constraint", "forms.soft.nothing"),
    ),
    "a filter without choices": (
        "type | name | label | choice_filter\ntext | a | A? | x = 1",
        ("survey", 2, "choice_filter", "forms.choice_filter.nothing"),
    ),
    "a long name": (
        f"type | name | label\ntext | {'n' * 41} | A?",
        ("survey", 2, "name", "forms.name.long"),
    ),
}


@pytest.mark.parametrize("case", WARNINGS)
def test_a_doubt_is_told_and_the_form_still_made(case: str) -> None:
    survey, expected = WARNINGS[case]
    result = compiled(survey, choices=LISTS)
    assert result.form is not None
    assert [found(problem) for problem in result.problems] == [expected]


def test_all_faults_are_told_at_once_in_the_order_of_the_sheets() -> None:
    survey = """
        type | name | label | relevant | constraint
        text | nama | Nama? | |
        integr | umur | Umur? | ${nma} = 'x' | . >= 1 and (. <= 600
        select_one yn | c | C? | |
        calculate | d | | |"""
    result = compiled(
        survey, choices="list_name | name | label\nyt | y a | Ya", lapordesk="key | value\nknd | x"
    )
    assert [found(problem)[:3] for problem in result.errors] == [
        ("lapordesk", 2, "key"),
        ("survey", 3, "constraint"),
        ("survey", 3, "relevant"),
        ("survey", 3, "type"),
        ("survey", 4, "type"),
        ("survey", 5, "calculation"),
        ("choices", 2, "name"),
    ]


def test_what_only_pyxform_refuses_is_told_in_its_words() -> None:
    result = compiled("type | name | label | parameters\nimage | a | A? | kualitas=baik")
    (problem,) = result.errors
    assert found(problem) == ("survey", 2, "parameters", "forms.pyxform")
    assert "kualitas" in problem.say(texts("id"))


def test_pyxform_does_not_say_again_what_is_known() -> None:
    result = compiled("type | name | label\ntext | a | A?\ntext | a | B?")
    assert [problem.key for problem in result.errors] == ["forms.name.twice"]


def test_a_slip_is_answered_with_what_was_meant() -> None:
    (problem,) = compiled("type | name | label | relevant\ntext | nama | N? |\ntext | b | B? | ${nma}").errors
    assert "${nama}" in problem.say(texts("id"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_of_an_expression_has_its_words(language: str) -> None:
    values = {"position": 3, "found": "x", "suggestion": "", "expected": "2", "given": "1"}
    for reason in Reason:
        assert Problem("survey", 2, "relevant", f"forms.expression.{reason}", values).say(texts(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [*ERRORS, *WARNINGS])
def test_each_problem_can_be_said(case: str, language: str) -> None:
    survey, _ = (ERRORS | WARNINGS)[case]
    for problem in compiled(survey, choices=LISTS, files=VILLAGES).problems:
        line = problem.say(texts(language))
        assert problem.column in line
        assert "\n" not in line
        assert "{" not in line.replace("${", "")
