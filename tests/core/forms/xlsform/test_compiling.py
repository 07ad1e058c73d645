"""What a workbook becomes."""

from io import BytesIO

import pytest
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import get_xlsform

from core.forms.form import Group, Item, Kind, Option, Question, Repeat
from core.forms.xlsform import check, compile_form
from core.model.people import Role
from core.speech.texts import texts
from tests.core.forms.xlsform.sheets import VILLAGES, compiled, form, workbook

YES_NO = "list_name | name | label\nyt | ya | Ya\nyt | tidak | Tidak"


def question(survey: str, **more: str) -> Question:
    return next(form(survey, **more).questions())


def test_a_question_with_everything() -> None:
    asked = question(
        """
        type | name | label | hint | required | required_message | relevant | constraint | default | nihil
        integer | umur | Umur? | Tahun | yes | Tulis umur. | 1 = 1 | . > 16 and . < 120 | 17 | yes
        """
    )
    assert asked.path == ("umur",)
    assert asked.kind is Kind.INTEGER
    assert (asked.label, asked.hint) == ({"": "Umur?"}, {"": "Tahun"})
    assert asked.required and asked.required.source == "true()"
    assert asked.required_message == {"": "Tulis umur."}
    assert asked.relevant and asked.relevant.source == "1 = 1"
    assert asked.constraint and asked.constraint.source == ". > 16 and . < 120"
    assert asked.default and asked.default.source == "'17'"
    assert asked.nothing
    assert asked.row == 2


def test_the_words_of_an_appearance_and_what_nihil_means() -> None:
    asked = question("type | name | label | appearance\ninteger | a | A? | nihil w1")
    assert asked.appearance == {"nihil", "w1"}
    assert asked.nothing


def test_a_rule_with_its_own_words_and_a_locked_question() -> None:
    asked = question(
        "type | name | label | constraint | constraint_message | read_only\n"
        "integer | umur | Umur? | . > 16 | Umur ${umur}? | yes"
    )
    assert asked.constraint_message == {"": "Umur ${umur}?"}
    assert asked.read_only


@pytest.mark.parametrize(
    ("type_word", "kind"),
    [
        *(
            (str(kind), kind)
            for kind in Kind
            if kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK)
        ),
        ("select_one yt", Kind.SELECT_ONE),
        ("select one yt", Kind.SELECT_ONE),
        ("select_multiple yt", Kind.SELECT_MULTIPLE),
        ("rank yt", Kind.RANK),
        ("select_one_from_file desa.csv", Kind.SELECT_ONE),
        ("select_multiple_from_file desa.csv", Kind.SELECT_MULTIPLE),
        ("int", Kind.INTEGER),
        ("photo", Kind.IMAGE),
        ("trigger", Kind.ACKNOWLEDGE),
    ],
)
def test_every_type_that_chat_can_carry(type_word: str, kind: Kind) -> None:
    formula = "1 + 1" if kind is Kind.CALCULATE else ""
    survey = f"type | name | label | calculation\n{type_word} | a | A? | {formula}"
    result = compiled(survey, choices=YES_NO, files=VILLAGES)
    assert result.problems == ()
    assert result.form is not None
    assert [asked.kind for asked in result.form.questions()] == [kind]


def test_groups_and_repeats() -> None:
    made = form(
        """
        type | name | label | appearance | relevant | repeat_count
        begin_group | angka | Angka | field-list | |
        integer | l | L | | |
        integer | p | P | | |
        end_group | | | | |
        begin repeat | saksi | Saksi | | ${l} > 0 | ${p}
        text | nama | Nama? | | |
        end repeat | | | | |
        """
    )
    numbers, witnesses = made.items
    assert isinstance(numbers, Group)
    assert numbers.appearance == {"field-list"}
    assert [item.path for item in numbers.items] == [("angka", "l"), ("angka", "p")]
    assert isinstance(witnesses, Repeat)
    assert witnesses.count and witnesses.count.source == "${p}"
    assert witnesses.relevant and witnesses.relevant.source == "${l} > 0"
    assert witnesses.items[0].path == ("saksi", "nama")


def test_languages_go_by_their_code() -> None:
    made = form(
        "type | name | label::Indonesia (id) | label::English (en) | label::Kutai\n"
        "text | a | Nama? | Name? | Ngaran?",
        settings="form_id | form_title::Indonesia (id) | form_title::English (en) | default_language\n"
        "uji | Uji | Test | Indonesia (id)",
    )
    assert made.languages == ("id", "en", "kutai")
    assert made.default_language == "id"
    assert made.title == {"id": "Uji", "en": "Test"}
    assert next(made.questions()).label == {"id": "Nama?", "en": "Name?", "kutai": "Ngaran?"}


def test_words_without_a_language_are_in_the_forms_own() -> None:
    made = form(
        "type | name | label | label::English (en) | label::Indonesia (id)\ntext | a | | Name? | Nama?",
        settings="form_id | version | form_title | default_language\nuji | 1 | Uji | Indonesia (id)",
    )
    assert made.title == {"id": "Uji"}


def test_a_default_language_that_is_nowhere() -> None:
    result = compiled(
        "type | name | label::Indonesia (id)\ntext | a | A?",
        settings="form_id | default_language\nuji | English (en)",
    )
    assert [problem.key for problem in result.errors] == ["forms.settings.language"]


@pytest.mark.parametrize(
    ("heading", "cell", "name"),
    [
        ("soft", "yes", "a"),
        ("appearance", "lunak", "a"),
        ("appearance", "w1 soft", "a"),
        ("hint", "x", "a_lunak"),
    ],
)
def test_what_marks_a_rule_soft(heading: str, cell: str, name: str) -> None:
    survey = f"type | name | label | constraint | {heading}\ninteger | {name} | A? | . < 600 | {cell}"
    assert question(survey).soft


def test_a_rule_is_hard_unless_marked() -> None:
    assert not question("type | name | label | constraint\ninteger | a | A? | . < 600").soft


@pytest.mark.parametrize(
    ("required", "source"),
    [("yes", "true()"), ("TRUE", "true()"), ("no", None), ("", None), ("${b} = 'x'", "${b} = 'x'")],
)
def test_required(required: str, source: str | None) -> None:
    asked = list(
        form(f"type | name | label | required\ntext | b | B? |\ntext | a | A? | {required}").questions()
    )[1]
    assert (asked.required.source if asked.required else None) == source


@pytest.mark.parametrize(
    ("kind", "default", "source"),
    [
        ("text", "Samarinda", "'Samarinda'"),
        ("text", "Long La'ai", '"Long La\'ai"'),
        ("date", "2024-11-27", "'2024-11-27'"),
        ("date", "today()", "today()"),
        ("text", "${b}", "${b}"),
        ("text", """ya' "ya""", """concat('ya', "'", ' "ya')"""),
    ],
)
def test_a_default_is_words_or_a_formula(kind: str, default: str, source: str) -> None:
    made = form(f"type | name | label | default\ntext | b | B? |\n{kind} | a | A? | {default}")
    asked = list(made.questions())[1]
    assert asked.default and asked.default.source == source


def test_limits_of_ranges_and_of_numbers() -> None:
    made = form(
        """
        type | name | label | parameters
        range | a | A? | start=0 end=10 step=2
        range | b | B? |
        integer | c | C? | start=0
        """
    )
    limits = [(asked.minimum, asked.maximum, asked.step) for asked in made.questions()]
    assert limits == [("0", "10", "2"), ("1", "10", "1"), ("0", "", "")]


def test_or_other_adds_a_choice_and_a_question() -> None:
    made = form(
        "type | name | label::Indonesia (id) | label::English (en)\nselect_one yt or_other | a | A? | A?",
        choices="list_name | name | label::Indonesia (id) | label::English (en)\nyt | ya | Ya | Yes",
    )
    asked, other = made.questions()
    assert made.lists[asked.options][-1] == Option("other", {"id": "Lainnya", "en": "Other"})
    assert other.path == ("a_other",)
    assert other.kind is Kind.TEXT
    assert other.relevant and other.relevant.source == "selected(${a}, 'other')"


def test_a_list_with_its_columns() -> None:
    made = form(
        "type | name | label | choice_filter\ntext | w | W? |\nselect_one tps | a | A? | wilayah = ${w}",
        choices="list_name | name | label | wilayah\ntps | t1 | TPS 1 | kota\ntps | t2 | TPS 2 | desa",
    )
    assert made.lists["tps"] == (
        Option("t1", {"": "TPS 1"}, {"wilayah": "kota"}),
        Option("t2", {"": "TPS 2"}, {"wilayah": "desa"}),
    )


def test_a_list_that_no_question_uses_is_left_out() -> None:
    assert form("type | name | label\ntext | a | A?", choices=YES_NO).lists == {}


def test_options_from_a_file_seen_through_other_columns() -> None:
    result = compiled(
        "type | name | label | parameters\n"
        "select_one_from_file desa.csv | a | A? | value=kode label=kecamatan",
        files=VILLAGES,
    )
    assert result.form is not None
    (asked,) = result.form.questions()
    assert [(o.name, o.label) for o in result.form.lists[asked.options]] == [
        ("1", {"": "Loa Janan"}),
        ("2", {"": "Loa Janan Ilir"}),
    ]


def test_a_table_that_pulldata_reads_goes_with_the_form() -> None:
    survey = "type | name | calculation\ncalculate | a | pulldata('desa', 'kecamatan', 'name', '64.01')"
    result = compiled(survey, files=VILLAGES)
    assert result.form is not None
    assert result.form.lists["desa.csv"] == VILLAGES["desa.csv"]


def test_the_purpose() -> None:
    made = form(
        "type | name | label\ntext | a | A?",
        lapordesk="""
            key | value
            kind | desk
            audience | pkd, panwascam
            stage | masa tenang
            cadence | weekly
            due | mon 07:00
            nihil | ya
            menu | 7
            """,
    ).purpose
    assert made.kind == "desk"
    assert made.audience == {Role.PKD, Role.PANWASCAM}
    assert (made.stage, made.cadence, made.due) == ("masa-tenang", "weekly", "mon 07:00")
    assert made.nihil
    assert made.menu == 7


def test_without_settings_the_form_has_the_name_of_its_file_and_a_version_of_its_words() -> None:
    source = workbook(survey="type | name | label\ntext | a | A?").encode()
    one, other = (compile_form(text, "md", name="Laporan (1)").form for text in (source, source + b"\n"))
    assert one is not None and other is not None
    assert one.name == "Laporan-1"
    assert one.version != other.version


def test_a_disabled_row_and_a_remark_are_passed_over() -> None:
    made = form(
        "type | name | label | disabled | catatan\ntext | a | A? | |\ntext | b | B? | yes |\n | | | | nanti"
    )
    assert [asked.name for asked in made.questions()] == ["a"]


def test_curly_quotes_are_straightened() -> None:
    asked = list(
        form("type | name | label | relevant\ntext | a | A? |\ntext | b | B? | ${a} = ‘x’").questions()
    )[1]
    assert asked.relevant and asked.relevant.source == "${a} = 'x'"


def test_old_ways_of_writing_a_heading() -> None:
    asked = question("type | name | caption | bind::relevant\ntext | a | A? | 1 = 1")
    assert asked.relevant is not None
    assert asked.label == {"": "A?"}


def test_a_path_is_as_good_as_a_reference() -> None:
    form("type | name | label | relevant\ntext | a | A? |\ntext | b | B? | ../a = 'x' and ./../a != 'y'")


def test_a_running_total_over_earlier_turns_is_no_circle() -> None:
    form(
        """
        type | name | label | calculation
        begin_repeat | r | R |
        integer | n | N? |
        calculate | jumlah | | ${n} + coalesce(indexed-repeat(${jumlah}, ${r}, position(..) - 1), 0)
        end_repeat | | |
        note | akhir | Semua ${semua} |
        calculate | semua | | sum(${n})
        """
    )


def test_the_check_tells_each_problem_in_both_languages() -> None:
    source = workbook(
        survey="type | name | label | constraint\ninteger | a | A? | (. > 1", settings="form_id\nuji"
    )
    lines = check(source.encode(), "md", {}, [texts("id"), texts("en")]).splitlines()
    assert lines[0].startswith("survey, baris 2, kolom constraint: ")
    assert "Perbaiki: " in lines[0]
    assert lines[1].startswith("survey, row 2, column constraint: ")
    assert "1 kesalahan" in lines[2]
    assert "1 errors" in lines[3]


def test_our_form_holds_what_pyxforms_does() -> None:
    """pyxform as the oracle: the same items under the same names, in the same order."""
    source = workbook(
        survey="""
            type | name | label | relevant | repeat_count | appearance
            start | mulai | | | |
            select_one yt or_other | a | A? | | |
            begin_group | g | G | ${a} = 'ya' | | field-list
            integer | n | N? | | |
            begin_repeat | r | R | | 3 |
            select_multiple yt | m | M? | | |
            end_repeat | | | | |
            note | | Terima kasih. | | |
            end_group | | | | |
            range | k | K? | | |""",
        choices=YES_NO,
        settings="form_id | version\nuji | 1",
    )
    ours = compile_form(source.encode(), "md").form
    assert ours is not None
    theirs = workbook_to_json(get_xlsform(BytesIO(source.encode()), file_type=".md"))
    skipped = ("meta", "r_count")
    assert list(names(ours.items)) == [name for name in pyxform_names(theirs) if name not in skipped]


def names(items: tuple[Item, ...]) -> list[str]:
    found: list[str] = []
    for item in items:
        generated = isinstance(item, Question) and item.kind is Kind.NOTE
        found += ["note" if generated else item.name]
        if not isinstance(item, Question):
            found += names(item.items)
    return found


def pyxform_names(item: dict[str, object]) -> list[str]:
    found: list[str] = []
    children = item.get("children", ())
    assert isinstance(children, (list, tuple))
    for child in children:
        name = str(child["name"])
        found += ["note" if name.startswith("generated_note") else name]
        if name != "meta":
            found += pyxform_names(child)
    return found
