"""The form as it stands: what comes next, what came before, which rule is broken."""

from dataclasses import replace
from datetime import UTC, datetime

from core.forms.filling import Filling, confirm
from core.forms.form import Form, Question
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.survey import Broken, Survey, broken, holds, is_open
from core.forms.walk import take_stock
from core.model.records import Answers, Flag
from tests.core.dialogue.phone import form_of

NOON = datetime(2024, 11, 27, 12, 0, tzinfo=UTC)
# ruff: noqa: E501
SHEET = form_of("""
| survey |
| | type | name | label::Indonesia (id) | label::English (en) | required | choice_filter | default | appearance |
| | text | nama | Nama | Name | yes | | | |
| | begin_group | g | Angka | Numbers | | | | field-list |
| | integer | l | L | M | yes | | 3 | |
| | integer | j | Jumlah ${l} | Total ${l} | yes | | | |
| | end_group | | | | | | | |
| | begin_repeat | r | Saksi | Witness | | | | |
| | text | a | Siapa | Who | | | | |
| | end_repeat | | | | | | | |
| | select_one kota | kota | Kota | Town | yes | prov = ${nama} | smd | |
| choices |
| | list_name | name | label::Indonesia (id) | label::English (en) | prov |
| | kota | smd | Samarinda | Samarinda | 64 |
| settings |
| | form_title | form_id | version | default_language |
| | Uji | uji | 1 | Indonesia (id) |
""")
RULED = form_of("""
| survey |
| | type | name | label | constraint | constraint_message::Indonesia (id) | constraint_message::English (en) | soft |
| | integer | l | L | | | | |
| | integer | j | J | . >= ${l} | ${j} kurang dari ${l} | ${j} is below ${l} | yes |
| settings |
| | form_title | form_id | version | default_language |
| | Uji | uji | 1 | Indonesia (id) |
""")
PLAN = Plan(SHEET)


def filling(values: dict[str, str] | None = None, form: Form = SHEET) -> Filling:
    return Filling("F0001", form.name, form.version, 7, NOON, Answers(values or {}))


def stock(values: dict[str, str] | None = None, language: str = "id") -> Survey:
    return take_stock(PLAN, filling(values), World(NOON, language))


def place_of_next(given: Filling) -> str:
    spot = take_stock(PLAN, given, World(NOON)).next(given)
    return spot.place if spot else ""


def test_the_first_open_spot_comes_next() -> None:
    assert place_of_next(filling()) == "nama"
    assert place_of_next(filling({"nama": "64"})) == "g"
    assert place_of_next(filling({"nama": "64", "g/l": "1"})) == "g"
    assert place_of_next(filling({"nama": "64", "g/l": "1", "g/j": "1", "r[1]/a": ""})) == "r"


def test_what_was_gone_back_to_comes_first_also_out_of_its_group() -> None:
    assert place_of_next(replace(filling({"nama": "64"}), place="nama")) == "nama"
    assert place_of_next(replace(filling({"nama": "64"}), place="g/j")) == "g/j"
    assert place_of_next(replace(filling({"nama": "64"}), place="gone")) == "g"


def test_all_answered_there_is_nothing_next() -> None:
    whole = {"nama": "64", "g/l": "1", "g/j": "1", "r[1]/a": "", "kota": "smd"}
    assert place_of_next(replace(filling(whole), closed=frozenset({"r"}))) == ""


def test_the_spot_before_passes_over_one_more() -> None:
    survey = stock()
    assert survey.before(survey.at("nama")) is None
    town = survey.before(survey.at("kota"))
    assert town is not None
    assert town.place == "r[1]/a"
    last = survey.before(None)
    assert last is not None
    assert last.place == "kota"


def test_a_group_is_open_while_any_of_it_is() -> None:
    spot = stock().at("g/j")
    assert spot is not None
    assert is_open(spot, filling({"g/l": "1"}))
    assert not is_open(spot, filling({"g/l": "1", "g/j": ""}))


def test_words_are_spoken_in_the_language_with_answers_filled_in() -> None:
    for language, words in (("id", "Jumlah 3"), ("en", "Total 3")):
        survey = stock({"g/l": "3"}, language)
        question = survey.question("g/j")
        assert question is not None
        assert survey.say(question.label, "g/j") == words


def ruled(values: dict[str, str], language: str = "id") -> tuple[Filling, Survey, Question]:
    given = filling(values, RULED)
    survey = take_stock(Plan(RULED), given, World(NOON, language))
    question = survey.question("j")
    assert question is not None
    return given, survey, question


def test_a_broken_rule_is_found_and_not_again_when_it_was_confirmed() -> None:
    for language in ("id", "en"):
        given, survey, question = ruled({"l": "3", "j": "2"}, language)
        assert broken(survey, given) == Broken("j", question, soft=True)
        # The reason is in the form's own language, whoever speaks: it is for the one who checks.
        assert survey.trouble("j", question) == "2 kurang dari 3"
        assert broken(survey, confirm(given, Flag("j", "2 kurang dari 3"))) is None
        assert broken(survey, confirm(given, Flag("j", "2 kurang dari 9"))) is not None


def test_a_rule_waits_until_all_that_it_goes_by_is_answered() -> None:
    given, survey, _ = ruled({"j": "2"})
    assert broken(survey, given) is None


def test_no_answer_breaks_no_rule() -> None:
    _, survey, question = ruled({"l": "3", "j": ""})
    assert holds(survey, "j", question)


def test_what_leaves_nothing_to_choose_need_not_be_answered() -> None:
    for province, is_required in (("64", True), ("99", False)):
        survey = stock({"nama": province})
        question = survey.question("kota")
        assert question is not None
        assert survey.is_required("kota", question) is is_required


def test_a_default_is_proposed_until_there_is_an_answer_and_only_if_it_can_be_chosen() -> None:
    for values, proposed in (({"nama": "64"}, "smd"), ({"nama": "99"}, ""), ({"nama": "64", "kota": ""}, "")):
        survey = stock(values)
        question = survey.question("kota")
        assert question is not None
        assert survey.proposal("kota", question) == proposed
