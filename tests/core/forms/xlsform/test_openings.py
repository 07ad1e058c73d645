"""What a form says of the case it opens, and what can be wrong with it."""

import pytest

from core.forms.expressions import parse
from core.forms.xlsform import check
from core.speech.texts import texts
from tests.core.forms.xlsform.sheets import compiled, form, workbook

SURVEY = """
    type | name | label | appearance
    text | uraian | Apa yang terjadi? | multiline materiel
    text | terlapor | Siapa? | formal
    text | alamat | Alamatnya? | formal
    date | diketahui | Kapan tahu? |
    text | desa | Desa? |
    calculate | kode | | | concat('64', '.02')
    """.replace("appearance\n", "appearance | calculation\n")
PURPOSE = """
    key | value
    audience | public, kabkota
    opens | Informasi Awal
    opens_if | ${terlapor} != ''
    story | uraian
    accused | terlapor, ${alamat}
    known | diketahui
    place | kode
    """


def test_the_case_that_a_form_opens() -> None:
    purpose = form(SURVEY, lapordesk=PURPOSE).purpose
    assert purpose.public
    assert purpose.audience == {"kabkota"}
    assert purpose.opens == "informasi-awal"
    assert purpose.opens_if == parse("${terlapor} != ''")
    assert purpose.about == {
        "story": "uraian",
        "accused": "terlapor alamat",
        "known": "diketahui",
        "place": "kode",
    }


def test_a_form_for_citizens_alone_is_offered_to_no_role() -> None:
    purpose = form(SURVEY, lapordesk="key | value\naudience | public\nopens | laporan").purpose
    assert purpose.public
    assert purpose.audience == frozenset()


WRONG = {
    "a procedure with odd signs": ("opens | informasi_awal!", "forms.purpose.opens", 2),
    "public and no case": ("audience | public", "forms.purpose.public", 2),
    "a condition that cannot be read": ("opens_if | ${uraian} = ", "forms.expression.unfinished", 2),
    "a condition about nothing": ("opens_if | ${urain} = 'x'", "forms.purpose.about", 2),
    "a question that is not there": ("story | urain", "forms.purpose.about", 2),
    "a day that is none": ("known | uraian", "forms.purpose.about_kind", 2),
    "a place that is a date": ("place | diketahui", "forms.purpose.about_kind", 2),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_fault_on_the_sheet(case: str) -> None:
    row, key, number = WRONG[case]
    survey = SURVEY.replace("multiline materiel", "").replace("| formal", "| ")
    (problem,) = compiled(survey, lapordesk=f"key | value\n{row}").problems
    assert (problem.sheet, problem.row, problem.key) == ("lapordesk", number, key)
    assert problem.is_error


def test_the_nearest_name_is_suggested() -> None:
    survey = SURVEY.replace("multiline materiel", "").replace("| formal", "| ")
    (problem,) = compiled(survey, lapordesk="key | value\nstory | urain").problems
    assert problem.values["suggestion"] == "uraian"


OPENS = "key | value\nopens | laporan"
MARKED = {
    "identity without a case": ("text | a | A? | identity |", "key | value", "no_case", True),
    "a requirement without a case": ("text | a | A? | formal |", "key | value", "no_case", False),
    "a required requirement": ("text | a | A? | formal | yes", OPENS, "never_missing", False),
    "a note as requirement": ("note | a | A? | materiel |", OPENS, "never_missing", False),
    "numbers over many messages": ("integer | a | A? | multiline |", OPENS, "multiline", False),
    "an identity as picture": ("image | a | A? | identity |", OPENS, "identity_media", True),
}


@pytest.mark.parametrize("case", MARKED)
def test_an_appearance_that_makes_no_sense(case: str) -> None:
    row, purpose, key, is_error = MARKED[case]
    result = compiled(f"type | name | label | appearance | required\n{row}", lapordesk=purpose)
    (problem,) = result.problems
    assert (problem.sheet, problem.row, problem.column) == ("survey", 2, "appearance")
    assert problem.key == f"forms.appearance.{key}"
    assert problem.is_error == is_error


def test_a_requirement_is_no_matter_of_a_group() -> None:
    survey = (
        "type | name | label | appearance\nbegin_group | g | G | formal\ntext | a | A? |\nend_group | | |"
    )
    (problem,) = compiled(survey, lapordesk=OPENS).problems
    assert problem.key == "forms.appearance.group"


@pytest.mark.parametrize("column", ["calculation", "default"])
def test_an_identity_is_copied_by_no_formula(column: str) -> None:
    survey = f"type | name | label | appearance | {column}\ntext | nama | Nama? | identity |"
    leaking = f"{survey}\n{'calculate' if column == 'calculation' else 'hidden'} | salinan | | | ${{nama}}"
    (problem,) = compiled(leaking, lapordesk=OPENS).problems
    assert (problem.row, problem.column, problem.key) == (3, column, "forms.appearance.leak")
    sealed = leaking.replace("salinan | |", "salinan | | identity")
    assert compiled(sealed.replace("identity |  |", "identity |"), lapordesk=OPENS).form is not None


def test_an_identity_is_no_part_of_the_case() -> None:
    survey = "type | name | label | appearance\ntext | nama | Nama? | identity"
    (problem,) = compiled(survey, lapordesk=f"{OPENS}\naccused | nama").problems
    assert problem.key == "forms.purpose.about_identity"


def test_every_problem_is_told_in_both_languages() -> None:
    for row, purpose, *_ in MARKED.values():
        source = workbook(
            survey=f"type | name | label | appearance | required\n{row}", lapordesk=purpose
        ).encode()
        told = check(source, "md", {}, (texts("id"), texts("en")), "uji")
        assert "{" not in told
