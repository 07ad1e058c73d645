"""How a problem is told, and in which order."""

from core.forms.problems import Problem, Problems, Severity, describe, in_order
from core.speech.texts import texts

ID, EN = texts("id"), texts("en")
TWICE = Problem("survey", 12, "name", "forms.name.twice", {"name": "a", "other": 7})


def test_a_line_has_the_place_the_trouble_and_the_cure() -> None:
    assert TWICE.say(ID) == (
        'survey, baris 12, kolom name: name "a" sudah dipakai di baris 7. '
        "Perbaiki: ganti salah satunya; nama harus berbeda dalam satu grup."
    )
    assert TWICE.say(EN).startswith(
        'survey, row 12, column name: the name "a" is already used in row 7. Repair: '
    )


def test_a_warning_says_that_it_is_one() -> None:
    doubt = Problem("survey", 3, "name", "forms.name.long", {"name": "a", "most": 40}, Severity.WARNING)
    assert doubt.say(ID).startswith("Peringatan, survey, baris 3, kolom name: ")
    assert not doubt.is_error


def test_a_place_has_only_the_parts_that_are_known() -> None:
    assert Problem("", 0, "", "forms.file.empty").say(ID).startswith("berkas: ")
    assert Problem("survey", 0, "", "forms.file.no_questions").say(EN).startswith("survey: ")


def test_what_was_probably_meant_is_said_only_when_it_is_known() -> None:
    values = {"name": "nma", "suggestion": "${nama}"}
    assert "Mungkin maksudnya ${nama}." in Problem(
        "survey", 2, "label", "forms.reference.unknown", values
    ).say(ID)
    unknown = Problem("survey", 2, "label", "forms.reference.unknown", values | {"suggestion": ""})
    assert "Mungkin" not in unknown.say(ID)


def test_words_with_braces_do_not_break_a_line() -> None:
    braces = Problem("survey", 2, "name", "forms.name.signs", {"name": "{x} {0}"})
    assert '"{x} {0}"' in braces.say(ID)


def test_each_problem_once_errors_first_and_from_the_top() -> None:
    found = Problems()
    found.warn("survey", 2, "name", "forms.name.long", name="a", most=40)
    found.refuse("choices", 2, "name", "forms.option.no_name", list="yt")
    found.refuse("survey", 9, "name", "forms.name.missing")
    found.refuse("survey", 3, "name", "forms.name.missing")
    found.refuse("survey", 3, "name", "forms.name.missing")
    assert [(p.sheet, p.row) for p in in_order(found)] == [
        ("survey", 3),
        ("survey", 9),
        ("choices", 2),
        ("survey", 2),
    ]


def test_the_last_line_says_whether_the_form_can_be_published() -> None:
    assert describe([], [ID]) == "Formulir bisa diterbitkan (0 peringatan)."
    lines = describe([TWICE], [ID, EN]).splitlines()
    assert lines[0] == TWICE.say(ID)
    assert lines[1] == TWICE.say(EN)
    assert lines[-1] == "The form cannot be published yet: 1 errors, 0 warnings."
