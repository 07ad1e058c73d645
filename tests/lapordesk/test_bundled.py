"""The forms that come with LaporDesk: nothing is wrong with them, and their rules do the arithmetic."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import lapordesk
from core.forms.filling import Filling, answer
from core.forms.form import SILENT, Form, Kind, Option, Question
from core.forms.marks import identity_paths, is_critical
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.survey import holds
from core.forms.walk import finish, take_stock
from core.forms.written import from_json, to_json
from core.forms.xlsform import compile_form
from core.model.people import Role
from core.model.records import Answers
from desk.workbook import as_kind

BUNDLED = Path(lapordesk.__file__).parent / "bundled"
VILLAGES = (
    Option("64.72.01.1001", {"": "Sidodadi"}, {"kecamatan": "Samarinda Ulu", "kabupaten": "Samarinda"}),
    Option("64.72.01.1002", {"": "Air Putih"}, {"kecamatan": "Samarinda Ulu", "kabupaten": "Samarinda"}),
    Option("64.72.02.1001", {"": "Sidodamai"}, {"kecamatan": "Samarinda Ilir", "kabupaten": "Samarinda"}),
)
REGENCIES = (
    Option("64.71", {"": "Balikpapan"}, {"parent": "64"}),
    Option("64.72", {"": "Samarinda"}, {"parent": "64"}),
)
TABLES = {"desa.csv": VILLAGES, "kabupaten.csv": REGENCIES}
NOW = datetime(2024, 11, 27, 12, 0, tzinfo=UTC)
NAMES = (
    *("aduan", "desk", "hitung", "laporan", "lhp", "logistik"),
    *("patroli", "ppid", "pungut", "sengketa", "situasi"),
)
OF_THE_FIELD = ("hitung", "lhp", "logistik", "patroli", "pungut", "situasi")
LONGEST_QUESTION = 120


def form_of(name: str) -> Form:
    compiled = compile_form((BUNDLED / f"{name}.md").read_bytes(), "md", TABLES)
    assert compiled.problems == ()
    assert compiled.form is not None
    return compiled.form


FORMS = {name: form_of(name) for name in NAMES}


def test_these_are_all() -> None:
    assert sorted(file.stem for file in BUNDLED.glob("*.md")) == sorted(NAMES)
    assert all(form.name == name for name, form in FORMS.items())


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_there_in_both_languages(name: str) -> None:
    form = FORMS[name]
    spoken = [form.title]
    for asked in form.questions():
        given = (asked.label, asked.hint, asked.required_message, asked.constraint_message)
        spoken += [words for words in given if words]
    spoken += [option.label for name, rows in form.lists.items() if name not in TABLES for option in rows]
    assert all(set(words) == {"id", "en"} for words in spoken)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_short_enough_for_a_cheap_phone(name: str) -> None:
    asked = [(q.name, words) for q in FORMS[name].questions() for words in q.label.values()]
    assert [name for name, words in asked if len(words) > LONGEST_QUESTION] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_its_own_words(name: str) -> None:
    assert [q.name for q in FORMS[name].questions() if q.constraint and not q.constraint_message] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_laporDesk_fills_in_is_there(name: str) -> None:
    hidden = {asked.name for asked in FORMS[name].questions() if asked.kind is Kind.HIDDEN}
    of_officers = {"petugas_nama", "petugas_jabatan", "petugas_wilayah", "petugas_tempat"}
    assert hidden == ({"kerahasiaan"} if name == "aduan" else of_officers)


@pytest.mark.parametrize("name", NAMES)
def test_it_comes_back_from_its_text(name: str) -> None:
    assert from_json(to_json(FORMS[name])) == FORMS[name]


@pytest.mark.parametrize("name", NAMES)
def test_as_an_excel_workbook_it_is_the_same_form(name: str) -> None:
    workbook = as_kind((BUNDLED / f"{name}.md").read_bytes(), "xlsx")
    assert workbook is not None
    assert compile_form(workbook, "xlsx", TABLES).form == FORMS[name]


def test_who_is_asked_for_which() -> None:
    audiences = {name: form.purpose.audience for name, form in FORMS.items()}
    assert audiences == {
        "pungut": {Role.PTPS},
        "hitung": {Role.PTPS},
        "logistik": {Role.PTPS, Role.PKD},
        "situasi": {Role.PTPS},
        "patroli": {Role.PTPS, Role.PKD},
        "lhp": {Role.PKD, Role.PANWASCAM},
        "laporan": {Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI},
        "sengketa": {Role.KABKOTA, Role.PROVINSI},
        "ppid": {Role.KABKOTA, Role.PROVINSI},
        "desk": {Role.PANWASCAM, Role.KABKOTA},
        "aduan": set(),
    }
    assert [name for name, form in FORMS.items() if form.purpose.public] == ["aduan", "ppid"]
    assert {name for name, form in FORMS.items() if form.purpose.nihil} == {"desk", "lhp", "patroli"}


# The count.

FITTING = {
    "dpt/pemilih_dpt_l": 150,
    "dpt/pemilih_dpt_p": 148,
    "dpt/pemilih_dpt_j": 298,
    "pengguna/pengguna_dpt": 240,
    "pengguna/pengguna_pindahan": 2,
    "pengguna/pengguna_tambahan": 5,
    "pengguna/pengguna_total": 247,
    "surat_suara/ss_diterima": 306,
    "surat_suara/ss_digunakan": 247,
    "surat_suara/ss_rusak": 1,
    "surat_suara/ss_sisa": 58,
    "suara/suara_01": 120,
    "suara/suara_02": 115,
    "suara/suara_sah": 235,
    "suara/suara_tidak_sah": 12,
    "suara/suara_total": 247,
}


def filled(values: dict[str, object], form: str = "hitung") -> Filling:
    filling = Filling("f1", form, "1", 7, NOW, Answers())
    for place, value in values.items():
        filling = answer(filling, place, str(value))
    return filling


def world(area: str = "64.72.01.1001.012") -> World:
    return World(NOW, facts={"petugas_wilayah": area, "petugas_tempat": "TPS 012, Sidodadi"})


def broken_rules(
    values: dict[str, object], form: str = "hitung", area: str = "64.72.01.1001.012"
) -> dict[str, str]:
    """Each broken place and what is said about it."""
    survey = take_stock(Plan(FORMS[form]), filled(values, form), world(area))
    return {
        place: survey.say(question.constraint_message, place)
        for place, question in survey.answered()
        if not holds(survey, place, question)
    }


def test_a_count_that_fits_breaks_no_rule() -> None:
    assert broken_rules(dict(FITTING)) == {}


def test_kpus_result_of_the_whole_province_fits_but_for_its_size() -> None:
    """Every sum of Kalimantan Timur's 2024 governor's election; only a polling station is smaller."""
    province = dict(
        zip(
            FITTING,
            (
                *(1_456_666, 1_364_536, 2_821_202),
                *(1_853_298, 6_776, 22_317, 1_882_391),
                *(2_896_473, 1_882_391, 1_542, 1_012_540),
                *(793_793, 996_399, 1_790_192, 92_199, 1_882_391),
            ),
            strict=True,
        )
    )
    assert set(broken_rules(province)) == {"dpt/pemilih_dpt_j", "surat_suara/ss_diterima"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"dpt/pemilih_dpt_j": 299}, {"dpt/pemilih_dpt_j": ("299", "298", "1")}),
        ({"pengguna/pengguna_dpt": 300}, {"pengguna/pengguna_dpt": ("300", "298", "2")}),
        ({"pengguna/pengguna_total": 250}, {"pengguna/pengguna_total": ("250", "247", "3")}),
        ({"surat_suara/ss_diterima": 300}, {"surat_suara/ss_diterima": ("300", "306", "6")}),
        ({"surat_suara/ss_digunakan": 246}, {"surat_suara/ss_digunakan": ("246", "247", "1")}),
        ({"surat_suara/ss_sisa": 50}, {"surat_suara/ss_sisa": ("306", "298", "8")}),
        ({"suara/suara_sah": 234}, {"suara/suara_sah": ("234", "235", "1")}),
        ({"suara/suara_tidak_sah": 11}, {"suara/suara_tidak_sah": ("246", "247", "1")}),
        ({"suara/suara_total": 248}, {"suara/suara_total": ("248", "247", "1")}),
        (
            {"dpt/pemilih_dpt_l": 310, "dpt/pemilih_dpt_p": 310, "dpt/pemilih_dpt_j": 620},
            {"dpt/pemilih_dpt_j": ("620", "0", "600")},
        ),
    ],
)
def test_a_sum_that_does_not_fit_is_told_with_both_numbers_and_the_difference(
    changed: dict[str, object], expected: dict[str, tuple[str, ...]]
) -> None:
    told = broken_rules(FITTING | changed)
    for place, numbers in expected.items():
        assert all(number in told[place] for number in numbers), told[place]


def test_arithmetic_is_soft_and_what_cannot_be_is_hard() -> None:
    hard = {asked.name for asked in FORMS["hitung"].questions() if asked.constraint and not asked.soft}
    assert hard == {
        "pemilih_dpt_l",
        "pemilih_dpt_p",
        "pengguna_pindahan",
        "pengguna_tambahan",
        "ss_rusak",
        "suara_01",
        "suara_02",
    }
    numbers = [asked for asked in FORMS["hitung"].questions() if asked.kind is Kind.INTEGER]
    assert all(asked.minimum == "0" for asked in numbers)


def test_h3_is_worked_out_and_asked_about_only_then() -> None:
    plan = Plan(FORMS["hitung"])
    fitting = take_stock(plan, filled(dict(FITTING)), world())
    wrong = take_stock(plan, filled(FITTING | {"suara/suara_tidak_sah": 11}), world())
    assert fitting.sheet.values["h3"] == "tidak"
    assert wrong.sheet.values["h3"] == "ya"
    assert fitting.question("h3_uraian") is None
    assert wrong.question("h3_uraian") is not None


@pytest.mark.parametrize(("ballots", "fits"), [(305, False), (306, True), (307, False)])
def test_two_and_a_half_percent_are_rounded_up(ballots: int, fits: bool) -> None:
    told = broken_rules(FITTING | {"surat_suara/ss_diterima": ballots})
    assert ("surat_suara/ss_diterima" not in told) == fits


# Voting day.


def asked_names(form: str, values: dict[str, object], area: str = "64.72.01.1001.012") -> set[str]:
    survey = take_stock(Plan(FORMS[form]), filled(values, form), world(area))
    return {question.name for _, question in survey.asked()}


@pytest.mark.parametrize(
    ("opened", "late"), [("06:45", "tidak"), ("07:00", "tidak"), ("07:01", "ya"), ("07:20", "ya")]
)
def test_p1_is_worked_out_from_the_opening_time(opened: str, late: str) -> None:
    filling = filled({"jam_buka": f"{opened}:00.000+08:00"}, "pungut")
    answers, _ = finish(Plan(FORMS["pungut"]), filling, world())
    assert answers.values["p1"] == late
    assert ("p1_sebab" in asked_names("pungut", {"jam_buka": f"{opened}:00.000+08:00"})) == (late == "ya")


def test_more_is_asked_only_where_there_is_an_issue() -> None:
    calm = {"jam_buka": "06:50:00.000+08:00"} | {f"p{n}": "tidak" for n in range(2, 14)}
    assert asked_names("pungut", calm) == {
        "jam_buka",
        "pemilih_hadir",
        "catatan",
        *(f"p{n}" for n in range(2, 14)),
    }
    for n in range(2, 14):
        assert {f"p{n}_uraian", "foto"} <= asked_names("pungut", calm | {f"p{n}": "ya"})


def test_the_thirteen_issues_are_counted() -> None:
    values = {"jam_buka": "07:30:00.000+08:00"} | {f"p{n}": "ya" if n > 11 else "tidak" for n in range(2, 14)}
    survey = take_stock(Plan(FORMS["pungut"]), filled(values, "pungut"), world())
    assert survey.sheet.values["jumlah_masalah"] == "3"


# Logistics.


@pytest.mark.parametrize(
    ("area", "ballots", "stations", "fits"),
    [
        ("64.72.01.1001.012", 308, None, True),
        ("64.72.01.1001.012", 309, None, False),
        ("64.72.01.1001", 1025, 3, True),
        ("64.72.01.1001", 1027, 3, True),
        ("64.72.01.1001", 1028, 3, False),
    ],
)
def test_ballots_are_held_against_the_roll(area: str, ballots: int, stations: int | None, fits: bool) -> None:
    values: dict[str, object] = {
        "hitungan/jumlah_dpt": 1000 if stations else 300,
        "hitungan/surat_suara": ballots,
    }
    if stations:
        values["jumlah_tps"] = stations
    assert (broken_rules(values, "logistik", area) == {}) == fits
    assert ("jumlah_tps" in asked_names("logistik", values, area)) == bool(stations)


def test_all_fine_does_not_go_with_a_fault() -> None:
    assert set(broken_rules({"kondisi": "baik basah"}, "logistik")) == {"kondisi"}


# The quiet period, and the hours of voting day.


@pytest.mark.parametrize("what", ["uang", "kampanye", "apk"])
def test_a_patrol_asks_for_the_story_only_where_something_was_found(what: str) -> None:
    calm = {"uang": "tidak", "kampanye": "tidak", "apk": "tidak"}
    assert asked_names("patroli", dict(calm)) == {"waktu", "tempat", *calm, "foto"}
    assert asked_names("patroli", calm | {what: "ya"}) == {"waktu", "tempat", *calm, "uraian", "foto"}


def test_what_cannot_wait_is_told_at_once() -> None:
    critical = {(name, q.name) for name, form in FORMS.items() for q in form.questions() if is_critical(q)}
    assert critical == {("patroli", "uang"), ("patroli", "kampanye"), ("situasi", "terhenti")}


@pytest.mark.parametrize(
    ("how", "more"), [("lancar", set()), ("antre", set()), ("terganggu", {"terhenti", "gangguan", "foto"})]
)
def test_an_hour_is_a_tap_and_a_number_unless_there_is_trouble(how: str, more: set[str]) -> None:
    assert asked_names("situasi", {"keadaan": how}) == {"keadaan", "hadir", *more}


def test_more_voters_than_a_station_can_have_are_asked_about_once() -> None:
    assert broken_rules({"hadir": 640}, "situasi") == {}
    assert "1204" in broken_rules({"hadir": 1204}, "situasi")["hadir"]


# Formulir A.


def test_parts_four_and_five_are_asked_only_if_there_is_something() -> None:
    nothing = asked_names("lhp", {"ada_pelanggaran": "nihil", "ada_sengketa": "nihil"}, "64.72.01.1001")
    assert nothing.isdisjoint({"peristiwa", "peserta", "nama_saksi"})
    both = {"ada_pelanggaran": "ada", "ada_sengketa": "ada", "pelanggaran/ada_saksi": "ya"}
    assert {"peristiwa", "peserta", "nama_saksi"} <= asked_names("lhp", both, "64.72.01.1001")


@pytest.mark.parametrize(
    ("area", "offered"), [("64.72.01", ["64.72.01.1001", "64.72.01.1002"]), ("64.72.01.1001", [])]
)
def test_a_panwascam_chooses_among_its_villages_and_a_pkd_need_not(area: str, offered: list[str]) -> None:
    survey = take_stock(Plan(FORMS["lhp"]), filled({}, "lhp"), world(area))
    village = survey.question("kegiatan[1]/desa")
    names = [option.name for option in survey.options("kegiatan[1]/desa", village)] if village else []
    assert names == offered


def test_the_village_is_kept_either_way() -> None:
    plan = Plan(FORMS["lhp"])
    chosen = take_stock(plan, filled({"kegiatan[1]/desa": "64.72.01.1002"}, "lhp"), world("64.72.01"))
    own = take_stock(plan, filled({}, "lhp"), world("64.72.01.1001"))
    assert chosen.sheet.values["kegiatan[1]/desa_kode"] == "64.72.01.1002"
    assert own.sheet.values["kegiatan[1]/desa_kode"] == "64.72.01.1001"


def test_every_question_that_is_asked_has_words() -> None:
    questions: list[Question] = [asked for form in FORMS.values() for asked in form.questions()]
    assert all(asked.label for asked in questions if asked.kind not in SILENT)


# Forms that open a case.


def test_which_case_each_form_opens() -> None:
    opened = {name: form.purpose.opens for name, form in FORMS.items() if form.purpose.opens}
    assert opened == {
        "aduan": "informasi-awal",
        "laporan": "laporan",
        "lhp": "temuan",
        "ppid": "informasi-publik",
        "sengketa": "sengketa",
    }


def test_forms_for_officers_stand_last_in_the_menu() -> None:
    lowest = min(FORMS[name].purpose.menu for name in ("laporan", "ppid", "sengketa"))
    assert lowest > max(FORMS[name].purpose.menu for name in OF_THE_FIELD)


def test_who_complains_or_asks_is_sealed_and_nobody_else() -> None:
    sealed = {name: sorted({path[0] for path in identity_paths(form)}) for name, form in FORMS.items()}
    assert {name: groups for name, groups in sealed.items() if groups} == {
        "aduan": ["pelapor"],
        "laporan": ["pelapor"],
        "ppid": ["pemohon"],
    }


@pytest.mark.parametrize("name", ["laporan", "sengketa", "ppid"])
def test_no_requirement_of_the_law_stops_anybody_and_each_says_why_it_matters(name: str) -> None:
    asked = [q for q in FORMS[name].questions() if q.appearance & {"formal", "materiel"}]
    assert asked
    assert [q.name for q in asked if q.required is not None or not q.required_message] == []


def test_a_finding_is_where_and_when_the_first_activity_saw_it() -> None:
    values: dict[str, object] = {
        "ada_pelanggaran": "ada",
        "kegiatan[1]/desa": "64.72.01.1002",
        "kegiatan[1]/waktu": "2024-11-26T09:00:00.000+08:00",
    }
    survey = take_stock(Plan(FORMS["lhp"]), filled(values, "lhp"), world("64.72.01"))
    assert survey.sheet.values["pelanggaran/desa_dugaan"] == "64.72.01.1002"
    assert survey.sheet.values["pelanggaran/ditemukan"] == "2024-11-26"


@pytest.mark.parametrize(("area", "asked"), [("64.72", False), ("64", True)])
def test_the_kabupaten_of_a_dispute_is_asked_only_of_the_province(area: str, asked: bool) -> None:
    assert ("kabupaten" in asked_names("sengketa", {}, area)) == asked
    survey = take_stock(Plan(FORMS["sengketa"]), filled({"kabupaten": "64.71"}, "sengketa"), world(area))
    assert survey.sheet.values["wilayah"] == ("64.71" if asked else "64.72")


def test_what_was_known_before_it_happened_is_refused() -> None:
    values: dict[str, object] = {
        "kejadian/tanggal_kejadian": "2024-11-26",
        "kejadian/tanggal_diketahui": "2024-11-25",
    }
    assert set(broken_rules(values, "laporan", "64.72")) == {"kejadian/tanggal_diketahui"}


# A citizen's tip.


def test_of_a_tip_the_story_alone_must_be_told() -> None:
    required = [asked.name for asked in FORMS["aduan"].questions() if asked.required]
    assert required == ["uraian"]


def test_neither_number_nor_picture_of_an_identity_card_is_asked_for() -> None:
    words = " ".join(word for asked in FORMS["aduan"].questions() for word in asked.label.values()).casefold()
    assert "nik" not in words.split()
    assert "ktp" not in words


def test_who_brings_a_tip_is_sealed() -> None:
    names = {path[-1] for path in identity_paths(FORMS["aduan"])}
    assert names == {"nama", "alamat", "telepon", "lahir", "pekerjaan"}


def test_when_it_became_known_is_today_unless_they_say_otherwise() -> None:
    plan = Plan(FORMS["aduan"])
    told: dict[str, object] = {"uraian": "Ada.", "kejadian": "2024-11-20", "diketahui": "2024-11-22"}
    assert take_stock(plan, filled(told, "aduan"), world()).sheet.values["diketahui_pada"] == "2024-11-22"
    skipped = take_stock(plan, filled({"uraian": "Ada."}, "aduan"), world())
    assert skipped.sheet.values["diketahui_pada"] == "2024-11-27"


def test_citizens_are_offered_the_tip_first() -> None:
    public = [name for name, form in FORMS.items() if form.purpose.public]
    assert min(public, key=lambda name: FORMS[name].purpose.menu) == "aduan"
