from core.forms.form import Form, Group, Kind, Option, Question, Repeat
from core.forms.plan import Plan
from core.model.records import Answers
from core.reports.told import Change, changes, heading, label_of, pictures, told

FORM = Form(
    "lhp",
    "1",
    {"id": "LHP"},
    (
        Question(("hari",), Kind.DATE, {"id": "Hari apa?", "en": "Which day?"}),
        Group(
            ("tempat",),
            {"id": "Tempat"},
            (
                Repeat(
                    ("tempat", "saksi"),
                    {"id": "Saksi"},
                    (
                        Question(
                            ("tempat", "saksi", "hadir"), Kind.SELECT_ONE, {"id": "Hadir?"}, options="yt"
                        ),
                    ),
                ),
            ),
        ),
        Group(
            ("pelapor",),
            {},
            (Question(("pelapor", "nama"), Kind.TEXT, {"id": "Nama"}),),
            appearance=frozenset({"identity"}),
        ),
        Question(("hitung",), Kind.CALCULATE, {}),
        Question(("foto",), Kind.IMAGE, {"id": "Foto"}),
    ),
    {"yt": (Option("ya", {"id": "Ya"}),)},
    languages=("id", "en"),
    default_language="id",
)
PLAN = Plan(FORM)
WITA = "Asia/Makassar"
SECOND = "tempat/saksi[2]/hadir"
ANSWERS = Answers(
    {
        "hari": "2024-11-27",
        SECOND: "ya",
        "pelapor/nama": "Rahasia Contoh",
        "hitung": "3",
        "foto": "aaaa0000bbbb1111 cccc0000dddd1111",
        "hilang": "x",
    }
)


def test_answers_are_told_with_their_question_and_where_it_stands() -> None:
    rows = [(one.heading, one.label, one.value) for one in told(PLAN, ANSWERS, "en", WITA)]
    assert rows == [("", "Which day?", "Wednesday 27 November 2024"), ("Tempat / Saksi 2", "Hadir?", "Ya")]


def test_whoever_somebody_is_is_never_told() -> None:
    assert "Rahasia" not in str(told(PLAN, ANSWERS, "id", WITA))
    assert changes(PLAN, Answers(), ANSWERS.drop("hari", SECOND), "id", WITA) == ()


def test_a_change_has_both_sides() -> None:
    after = ANSWERS.put("hari", "2024-11-28").drop(SECOND)
    assert changes(PLAN, ANSWERS, after, "id", WITA) == (
        Change("Hari apa?", "Rabu 27 November 2024", "Kamis 28 November 2024"),
        Change("Hadir?", "Ya", ""),
    )
    assert changes(PLAN, ANSWERS, ANSWERS, "id", WITA) == ()


def test_each_picture_knows_its_question() -> None:
    assert pictures(PLAN, ANSWERS, "id") == {"aaaa0000bbbb1111": "Foto", "cccc0000dddd1111": "Foto"}
    assert pictures(None, ANSWERS, "id") == {}


def test_what_no_version_knows_goes_by_its_place() -> None:
    assert label_of(PLAN, "hilang", "id") == label_of(None, "hilang", "id") == "hilang"
    assert heading(PLAN, "hari", "id") == ""
