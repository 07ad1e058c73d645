"""The answers as an expression sees them from one question."""

from datetime import UTC, datetime

import pytest

from core.forms.expressions import Nodes, parse
from core.forms.filling import Filling
from core.forms.form import Form
from core.forms.plan import Plan, Seat
from core.forms.scope import FormScope, World, options_of, place_of, seat_of
from core.forms.survey import Survey
from core.forms.walk import take_stock
from core.model.records import Answers
from tests.core.dialogue.phone import form_of

NOON = datetime(2024, 11, 27, 12, 0, tzinfo=UTC)
NESTED = form_of("""
| survey |
| | type | name | label | relevant | choice_filter |
| | integer | luar | Luar | | |
| | begin_repeat | keluarga | Keluarga | ${luar} != 0 | |
| | text | nama | Nama | | |
| | begin_group | rumah | Rumah | | |
| | integer | kamar | Kamar | | |
| | begin_repeat | anak | Anak | | |
| | begin_group | isi | Isi | | |
| | integer | umur | Umur | | |
| | end_group | | | | |
| | end_repeat | | | | |
| | end_group | | | | |
| | end_repeat | | | | |
| | select_one prov | prov | Provinsi | | |
| | select_one kota | kota | Kota | | prov = ${prov} |
| choices |
| | list_name | name | label | prov |
| | prov | 64 | Kaltim | |
| | prov | 63 | Kalsel | |
| | kota | smd | Samarinda | 64 |
| | kota | bpp | Balikpapan | 64 |
| | kota | bjm | Banjarmasin | 63 |
""")
PLAN = Plan(NESTED)
UMUR = ("keluarga", "rumah", "anak", "isi", "umur")
FAMILIES = Answers(
    {
        "luar": "2",
        "keluarga[1]/nama": "Contoh",
        "keluarga[1]/rumah/anak[1]/isi/umur": "3",
        "keluarga[1]/rumah/anak[2]/isi/umur": "",
        "keluarga[2]/rumah/kamar": "4",
        "keluarga[2]/rumah/anak[1]/isi/umur": "7",
        "prov": "64",
    },
    {"keluarga": 2, "keluarga[1]/rumah/anak": 2},
)


def surveyed(answers: Answers = FAMILIES, form: Form = NESTED) -> Survey:
    filling = Filling("F0001", form.name, form.version, 7, NOON, answers)
    return take_stock(Plan(form), filling, World(NOON, "id", {}, ("u", 0.5)))


def at(place: str, answers: Answers = FAMILIES) -> FormScope:
    return surveyed(answers).scope(place)


def value(source: str, place: str) -> object:
    return parse(source).evaluate(at(place))


@pytest.mark.parametrize(
    ("place", "turns"),
    [
        ("luar", [0, 0, 0]),
        ("keluarga[2]/nama", [2, 0, 0]),
        ("keluarga[2]/rumah/kamar", [2, 2, 0]),
        ("keluarga[2]/rumah/anak[3]/isi/umur", [3, 3, 2, 2, 0, 0]),
        ("keluarga[2]/rumah/anak", [2, 2, 0]),
    ],
)
def test_each_step_up_is_one_name_of_the_path_groups_included(place: str, turns: list[int]) -> None:
    scope = FormScope(PLAN, surveyed().sheet, seat_of(place), World(NOON))
    assert [scope.turn(depth) for depth in range(len(turns))] == turns


def test_position_in_a_group_in_a_repeat() -> None:
    assert value("position(..)", "keluarga[2]/nama") == 2
    assert value("position(../..)", "keluarga[2]/rumah/kamar") == 2
    assert value("position(../../../..)", "keluarga[2]/rumah/anak[1]/isi/umur") == 2
    assert value("position(../..)", "keluarga[2]/rumah/anak[1]/isi/umur") == 1


def test_a_name_is_looked_up_in_the_turn_we_stand_in() -> None:
    assert at("keluarga[1]/rumah/kamar").look("nama") == "Contoh"
    assert at("keluarga[2]/rumah/kamar").look("nama") == ""
    assert at("keluarga[2]/rumah/anak[1]/isi/umur").look("kamar") == "4"
    assert at("keluarga[1]/nama").look("luar") == "2"
    assert at("luar").look("nichts") == ""


def test_from_outside_a_repeat_a_name_is_all_its_turns() -> None:
    assert at("luar").look("nama") == Nodes(["Contoh", ""])
    assert at("luar").look("umur") == Nodes(["3", "", "7"])
    assert at("keluarga[1]/nama").look("umur") == Nodes(["3", ""])


def test_nodes_are_every_turn_with_the_unanswered_ones() -> None:
    assert at("luar").nodes("nama") == ("Contoh", "")
    assert at("keluarga[1]/nama").nodes("nama") == ("Contoh", "")
    assert at("keluarga[1]/rumah/anak[1]/isi/umur").nodes("umur") == ("3", "")
    assert at("keluarga[2]/nama").nodes("umur") == ("7",)
    assert at("luar").nodes("luar") == ("2",)
    assert at("luar").nodes("nichts") == ()


def test_nodes_of_a_repeat_are_one_for_each_turn() -> None:
    assert len(at("luar").nodes("keluarga")) == 2
    assert len(at("keluarga[1]/nama").nodes("anak")) == 2
    assert len(at("keluarga[2]/nama").nodes("anak")) == 1


def test_what_is_not_relevant_has_no_nodes_and_no_values() -> None:
    struck = at("luar", FAMILIES.put("luar", "0"))
    assert struck.nodes("keluarga") == ()
    assert struck.nodes("nama") == ()
    assert struck.nodes("umur") == ()
    assert struck.look("nama") == Nodes([])
    assert struck.indexed("nama", (("keluarga", 1),)) == ""


def test_an_answer_by_its_turn() -> None:
    scope = at("luar")
    assert scope.indexed("nama", (("keluarga", 1),)) == "Contoh"
    assert scope.indexed("umur", (("keluarga", 2), ("anak", 1))) == "7"
    assert scope.indexed("nama", (("keluarga", 3),)) == ""
    assert scope.indexed("nama", (("keluarga", 0),)) == ""
    assert at("keluarga[2]/nama").indexed("umur", (("anak", 1),)) == "7"


def test_options_pass_the_choice_filter() -> None:
    question = PLAN.question(("kota",))
    assert question is not None
    assert [option.name for option in options_of(question, at("kota"))] == ["smd", "bpp"]
    assert [option.name for option in options_of(question, at("kota"), frozenset({"bpp", "bjm"}))] == ["bpp"]


def test_labels_and_columns() -> None:
    scope = at("kota")
    assert scope.label("kota", "smd") == "Samarinda"
    assert scope.label("kota", "lain") == "lain"
    assert scope.column("prov") == ""
    assert scope.pulldata("kota", "prov", "name", "bjm") == "63"
    assert scope.pulldata("kota", "prov", "name", "xxx") == ""


@pytest.mark.parametrize(
    "place", ["luar", "keluarga", "keluarga[2]/rumah", "keluarga[1]/rumah/anak[12]/isi/umur"]
)
def test_a_place_and_its_seat_are_the_same(place: str) -> None:
    assert place_of(PLAN, seat_of(place)) == place


def test_a_seat_without_turns_is_in_the_first() -> None:
    assert place_of(PLAN, Seat(UMUR)) == "keluarga[1]/rumah/anak[1]/isi/umur"
