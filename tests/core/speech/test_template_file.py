"""The operator's file of templates: what is right is used, what is wrong is told, all of it at once."""

from pathlib import Path

import pytest

from core.speech.template_file import read_templates
from core.speech.templates import PEOPLE_A_DAY, PURPOSES, Approved
from core.speech.texts import texts

SID = "HX" + "0123456789abcdef" * 2
OTHER = "HX" + "fedcba9876543210" * 2
WHOLE = f"""
people_a_day = 1000

[[template]]
purpose = "reminder"
language = "id"
sid = "{SID}"
text = "Yth. {{{{1}}}}, {{{{2}}}} belum kami terima. Batasnya {{{{3}}}}."

[[template]]
purpose = "news"
language = "en"
sid = "{OTHER}"
text = "There is news for you. Answer this message to read it."

[[number]]
number = "+6280012345678"
people_a_day = 10000
"""


def test_a_whole_file() -> None:
    templates, problems = read_templates(WHOLE)
    assert problems == ()
    text = "Yth. {{1}}, {{2}} belum kami terima. Batasnya {{3}}."
    assert templates.approved[0] == Approved("reminder", "id", SID, text)
    assert [one.purpose for one in templates.approved] == ["reminder", "news"]
    assert (templates.people_a_day, templates.numbers) == (1000, {"+6280012345678": 10000})


def test_an_empty_file() -> None:
    templates, problems = read_templates("")
    assert (templates.approved, templates.people_a_day, problems) == ((), PEOPLE_A_DAY, ())


@pytest.mark.parametrize(
    ("old", "new", "path", "key"),
    [
        ("people_a_day = 1000", "people_a_day = ", "", "toml.syntax"),
        ("people_a_day = 1000", 'people_a_day = "1000"', "people_a_day", "toml.type.whole"),
        ("people_a_day = 1000", "people_a_day = 0", "people_a_day", "toml.range"),
        ("people_a_day = 1000", "people_a_day = true", "people_a_day", "toml.type.whole"),
        ("people_a_day = 1000", "orang = 1000", "orang", "toml.key"),
        ("people_a_day = 1000", "template = 1", "", "toml.syntax"),
        ('purpose = "reminder"', 'purpose = "remainder"', "template[1].purpose", "toml.value"),
        ('purpose = "reminder"', "purpose = 1", "template[1].purpose", "toml.type.text"),
        ('purpose = "reminder"', "", "template[1].purpose", "toml.missing"),
        ('language = "id"', 'language = "jv"', "template[1].language", "toml.value"),
        (SID, "HX12", "template[1].sid", "templates.sid"),
        (SID, SID.upper(), "template[1].sid", "templates.sid"),
        ("Batasnya {{3}}", "Batasnya", "template[1].text", "templates.variables"),
        ("Batasnya {{3}}", "{{3}} {{4}}", "template[1].text", "templates.variables"),
        ("There is", "{{1}}: there is", "template[2].text", "templates.variables"),
        ("There is", "x" * 1024, "template[2].text", "templates.long"),
        ('number = "+6280012345678"', 'number = "08001234567"', "number[1].number", "templates.number"),
        ("people_a_day = 10000", "", "number[1].people_a_day", "toml.missing"),
        ("people_a_day = 10000", "limit = 10000", "number[1].limit", "toml.key"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, path: str, key: str) -> None:
    assert old in WHOLE
    templates, problems = read_templates(WHOLE.replace(old, new, 1))
    assert (path, key) in [(one.path, one.key) for one in problems]
    assert templates.people_a_day in (1000, PEOPLE_A_DAY)
    for language in ("id", "en"):
        assert all(one.say(texts(language)) for one in problems)


def test_all_at_once_and_the_rest_is_used() -> None:
    faulty = WHOLE.replace(SID, "HX12").replace('number = "+62', 'number = "62').replace("= 1000\n", "= 0\n")
    templates, problems = read_templates(faulty)
    assert len(problems) == 3
    assert [one.purpose for one in templates.approved] == ["news"]


def test_twice_the_same() -> None:
    template = WHOLE[WHOLE.index("[[template]]") : WHOLE.index("[[number]]")]
    _, problems = read_templates(template + template)
    assert [(one.path, one.key, one.values["word"]) for one in problems] == [
        ("template[3].purpose", "toml.twice", "reminder id"),
        ("template[4].purpose", "toml.twice", "news en"),
    ]


def test_each_purpose_can_be_written_down() -> None:
    for purpose, variables in PURPOSES.items():
        text = " ".join(f"{{{{{at}}}}}" for at in range(1, len(variables) + 1)) or "Ada kabar."
        row = f'[[template]]\npurpose="{purpose}"\nlanguage="id"\nsid="{SID}"\ntext="{text}"\n'
        templates, problems = read_templates(row)
        assert (len(templates.approved), problems) == (1, ())


def test_the_example_in_the_manual_is_right() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "operators.md").read_text()
    example = manual.partition("```toml\n# templates.toml")[2].partition("```")[0]
    templates, problems = read_templates(example)
    assert problems == ()
    assert {one.purpose for one in templates.approved} == PURPOSES.keys()
    commented = "\n".join(line.removeprefix("# ") for line in example.splitlines())
    assert read_templates(commented)[0].numbers == {"+6280012345678": 2000}
