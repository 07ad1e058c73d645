"""From a finished form to the case it opens: nothing that tells who brought it stays in the open."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.cases.filing import FLOOD, apart, bring, doubts_about, missing, opens_case
from core.forms.filling import Filling
from core.forms.form import Option
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.walk import take_stock
from core.forms.xlsform import compile_form
from core.model.cases import Secrecy
from core.model.records import Answers
from tests.core.forms.xlsform.sheets import workbook

NOW = datetime(2024, 11, 27, 12, 0, tzinfo=UTC)
VILLAGES = {
    "desa.csv": (Option("64.02.08.2001", {"": "Loa Janan Ulu"}), Option("64.72.05.1004", {"": "Sidodadi"}))
}
SURVEY = """
    type | name | label::Indonesia (id) | appearance | relevant | calculation
    hidden | kerahasiaan | | | |
    text | uraian | Apa yang terjadi? | multiline materiel | |
    date | kejadian | Kapan? | materiel | |
    dateTime | diketahui | Kapan tahu? | | |
    select_one_from_file desa.csv | desa | Di mana? | materiel | |
    text | pelaku | Siapa? | formal | |
    text | alamat | Alamatnya? | formal | ${pelaku} != '' |
    select_one jenis | jenis | Soal apa? | | |
    file | bukti | Bukti? | materiel | |
    begin_repeat | saksi | Saksi | | |
    image | foto | Foto? | | |
    text | nama_saksi | Namanya? | identity | |
    end_repeat | | | | |
    begin_group | pelapor | Anda | identity | ${kerahasiaan} = 'bernama' |
    text | nama | Nama? | formal | |
    text | telepon | Telepon? | | |
    end_group | | | | |
    """
CHOICES = "list_name | name | label::Indonesia (id)\njenis | uang | Politik uang\njenis | lain | Lainnya"
ABOUT = """
    key | value
    opens | informasi-awal
    opens_if | ${jenis} != 'lain'
    title | jenis
    story | uraian
    place | desa
    happened | kejadian
    known | diketahui
    accused | pelaku alamat
    """
SHEETS = workbook(
    survey=SURVEY,
    choices=CHOICES,
    settings="form_id | version | default_language\nuji | 3 | Indonesia (id)",
    lapordesk=ABOUT,
)
COMPILED = compile_form(SHEETS.encode(), "md", VILLAGES)
assert COMPILED.form is not None, COMPILED.problems
PLAN = Plan(COMPILED.form)
WHOLE = {
    "uraian": "Ada bagi-bagi sembako.\nTadi malam.",
    "kejadian": "2024-11-26",
    "diketahui": "2024-11-27T07:00:00.000+08:00",
    "desa": "64.02.08.2001",
    "pelaku": "Pak RT Contoh",
    "alamat": "RT 05",
    "jenis": "uang",
    "bukti": "media1 media2",
    "saksi[1]/foto": "media3",
    "saksi[1]/nama_saksi": "Budi Contoh",
    "pelapor/nama": "Siti Contoh",
    "pelapor/telepon": "+628000000012",
}


def filling(values: dict[str, str], secrecy: str = "bernama") -> Filling:
    return Filling("F0001", "uji", "3", None, NOW, Answers(values, {"saksi": 1}), secrecy=secrecy)


def world(secrecy: str = "bernama", can_seal: bool = True) -> World:
    return World(NOW, "id", {"kerahasiaan": secrecy}, can_seal=can_seal)


def brought(values: dict[str, str], **more: object):  # type: ignore[no-untyped-def]
    given: dict[str, object] = {"number": "K-1", "secrecy": Secrecy.NAMED, "province": "64"}
    return bring(PLAN, filling(values), world(), **(given | more))  # type: ignore[arg-type]


def test_what_a_case_is_told() -> None:
    opening = brought(WHOLE).opening
    assert opening.number == "K-1"
    assert opening.secrecy is Secrecy.NAMED
    assert (opening.area, opening.province) == ("64.02.08.2001", "64")
    assert (opening.form, opening.form_version) == ("uji", "3")
    assert opening.title == "Politik uang"
    assert opening.story == "Ada bagi-bagi sembako.\nTadi malam."
    assert opening.accused == "Pak RT Contoh, RT 05"
    assert (opening.happened_on, opening.known_on) == (date(2024, 11, 26), date(2024, 11, 27))
    assert opening.missing == ()
    assert opening.doubts == frozenset()


def test_who_brought_it_is_apart() -> None:
    made = brought(WHOLE)
    assert made.identity == {
        "saksi[1]/nama_saksi": "Budi Contoh",
        "pelapor/nama": "Siti Contoh",
        "pelapor/telepon": "+628000000012",
    }
    assert "Contoh" not in str(made.opening.answers).replace("Pak RT Contoh", "")
    assert "+62800" not in str(made.opening)


def test_the_evidence() -> None:
    assert brought(WHOLE).media == ("media1", "media2", "media3")


def test_what_the_law_wants_and_is_missing() -> None:
    assert brought({"uraian": "Ada.", "desa": ""}).opening.missing == (
        "kejadian",
        "desa",
        "pelaku",
        "bukti",
        "nama",
    )


def test_of_what_is_not_relevant_nothing_is_missing() -> None:
    survey = take_stock(PLAN, filling({"uraian": "Ada."}, "rahasia"), world("rahasia"))
    assert [question.name for _, question in missing(survey)] == ["kejadian", "desa", "pelaku", "bukti"]


def test_without_custodians_nobody_is_asked_who_they_are() -> None:
    survey = take_stock(PLAN, filling({}), world(can_seal=False))
    assert {question.name for _, question in survey.asked()}.isdisjoint({"nama", "telepon", "nama_saksi"})
    made = bring(
        PLAN, filling(WHOLE), world(can_seal=False), number="K", secrecy=Secrecy.NAMED, province="64"
    )
    assert made.identity == {}
    assert "Siti" not in str(made.opening)


@pytest.mark.parametrize(("kind", "opens"), [("uang", True), ("lain", False), ("", True)])
def test_a_form_may_open_a_case_only_then(kind: str, opens: bool) -> None:
    assert opens_case(PLAN, filling({"jenis": kind}), world()) == opens


def test_a_form_without_a_procedure_opens_nothing() -> None:
    plain = Plan(replace(PLAN.form, purpose=replace(PLAN.form.purpose, opens="")))
    assert not opens_case(plain, filling(WHOLE), world())


def test_without_a_title_the_story_begins_it() -> None:
    story = "Tadi malam di kampung kami ada orang membagikan sembako dan uang seratus ribu kepada warga RT 5"
    title = brought({"uraian": story}).opening.title
    assert title.endswith("seratus ribu…")
    assert len(title) <= 81


def test_the_place_of_the_one_who_files_stands_in() -> None:
    assert brought({"uraian": "Ada."}, area="64.72.05").opening.area == "64.72.05"
    assert brought(WHOLE, area="64.72.05").opening.area == "64.02.08.2001"


def test_an_unreadable_day_is_no_day() -> None:
    assert brought(WHOLE | {"kejadian": "entah"}).opening.happened_on is None


def test_a_report_of_the_same_form_can_be_filed_without_the_identity() -> None:
    answers, identity = apart(PLAN, Answers(WHOLE, {"saksi": 1}))
    assert set(identity) == {"saksi[1]/nama_saksi", "pelapor/nama", "pelapor/telepon"}
    assert set(answers.values) == set(WHOLE) - set(identity)
    assert answers.counts == {"saksi": 1}


@pytest.mark.parametrize(("opened", "doubts"), [(0, set()), (2, set()), (3, {FLOOD}), (9, {FLOOD})])
def test_many_from_one_chat_are_looked_at_twice(opened: int, doubts: set[str]) -> None:
    assert doubts_about(opened) == doubts
