"""Which answers are sealed apart, and which are required of a case."""

import pytest

from core.forms.form import Question
from core.forms.marks import identity_paths, is_multiline, is_requirement
from tests.core.forms.xlsform.sheets import form

SURVEY = """
    type | name | label | appearance
    text | uraian | Apa yang terjadi? | multiline
    text | pelapor | Siapa? | identity
    begin_group | rumah | Rumah | identity
    begin_group | jalan | Jalan |
    text | alamat | Alamat? | formal
    end_group | | |
    end_group | | |
    begin_repeat | saksi | Saksi |
    text | nama | Nama? | identity w1
    text | kata | Katanya? | materiel
    end_repeat | | |
    """
FORM = form(SURVEY, lapordesk="key | value\nopens | informasi-awal")


def test_a_question_a_group_and_all_below_it_are_sealed() -> None:
    assert identity_paths(FORM) == {("pelapor",), ("rumah", "jalan", "alamat"), ("saksi", "nama")}


@pytest.mark.parametrize(
    ("name", "required", "multiline"),
    [("uraian", False, True), ("alamat", True, False), ("kata", True, False), ("nama", False, False)],
)
def test_requirements_and_long_stories(name: str, required: bool, multiline: bool) -> None:
    (question,) = (asked for asked in FORM.questions() if asked.name == name)
    assert isinstance(question, Question)
    assert is_requirement(question) == required
    assert is_multiline(question) == multiline
