"""A report that opens a case: its number, who hears of it, what is sealed, and what a correction does."""

from dataclasses import replace
from datetime import date

import pytest

from core.cases.procedure import NO_RULES
from core.forms.form import Form
from core.model.cases import NoteKind, Secrecy
from core.model.effects import Alerted, Filed, Flagged, Forgot, Noted, Opened, Revised, Say
from core.model.people import Person, Role
from tests.core.dialogue.coordinators.desk_phone import RANI, DeskDrawer, DeskPhone
from tests.core.dialogue.phone import PKD, form_of

MEGA = Person(30, "Mega Contoh", "id", (PKD,), "+628000000030")
LHP = form_of("""
| survey |
| | type | name | label | required | relevant | appearance |
| | select_one ada_nihil | ada | Ada dugaan pelanggaran? | yes | | |
| | text | peristiwa | Apa peristiwanya? | yes | ${ada} = 'ada' | |
| | text | pelaku | Siapa pelakunya? | | ${ada} = 'ada' | formal |
| choices |
| | list_name | name | label |
| | ada_nihil | ada | Ada |
| | ada_nihil | nihil | Nihil |
| settings |
| | form_title | form_id | version |
| | Formulir A | lhp | 1 |
| lapordesk |
| | key | value |
| | audience | pkd |
| | nihil | yes |
| | opens | temuan |
| | opens_if | ${ada} = 'ada' |
| | title | peristiwa |
| | accused | pelaku |
""")
COUNTER = form_of("""
| survey |
| | type | name | label | required | appearance |
| | begin_group | pelapor | Pelapor | | identity |
| | text | nama | Siapa nama pelapor? | | formal |
| | end_group | | | | |
| | text | peristiwa | Apa peristiwanya? | yes | |
| settings |
| | form_title | form_id | version |
| | Formulir Laporan | laporan | 1 |
| lapordesk |
| | key | value |
| | kind | complaint |
| | audience | kabkota |
| | opens | laporan |
| | title | peristiwa |
| | story | peristiwa |
""")
SEALED = "Ani Contoh Pelapor"


def phone_of(person: Person, form: Form, **more: object) -> DeskPhone:
    return DeskPhone((form,), person=person, **more)  # type: ignore[arg-type]


def file_lhp(phone: DeskPhone, found: str = "Ada") -> None:
    phone.send("menu")
    phone.tap("Formulir A")
    phone.tap("Isi laporan")
    phone.tap(found)
    if found == "Ada":
        phone.send("Bagi-bagi uang di RT 05")
        phone.send("Ketua tim Contoh")
    phone.tap("Kirim")


def correct(phone: DeskPhone, number: str, changed: str, words: str = "") -> None:
    phone.send(f"perbaiki {number}")
    phone.send(changed)
    phone.send(words) if words else None
    phone.tap("Kirim")
    phone.send("Salah tulis.")


def test_a_finding_is_filed_and_opened_and_its_office_alerted() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone)
    filed, opened, alerted, flagged, said = phone.effects
    assert isinstance(flagged, Flagged)
    assert isinstance(filed, Filed)
    assert isinstance(opened, Opened)
    assert isinstance(alerted, Alerted)
    assert isinstance(said, Say)
    case = opened.case
    assert (case.procedure, case.report, case.secrecy) == ("temuan", filed.report.number, Secrecy.OFFICIAL)
    assert (case.title, case.accused) == ("Bagi-bagi uang di RT 05", "Ketua tim Contoh")
    assert (case.area, case.office) == (PKD.area, "64.72")
    assert (opened.note.actor, opened.code, opened.is_theirs) == ("person:30", "", False)
    assert (alerted.area, alerted.roles) == ("64.72", frozenset({Role.KABKOTA}))
    assert filed.report.number in alerted.replies["id"].text
    assert (flagged.report, flagged.area) == (filed.report.number, PKD.area)
    assert flagged.roles == {Role.PANWASCAM}, "the office is told of its case: once is enough"
    assert f"Dibuka sebagai Temuan, {case.number}. Bawaslu Samarinda memeriksanya." in said.reply.text
    assert f"perbaiki {filed.report.number}" in said.reply.text


def test_the_alert_has_a_button_that_opens_it_for_whoever_may_see_it() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone)
    (alerted,) = phone.drawer.alerted
    (button,) = alerted.replies["id"].choices
    desk = phone_of(RANI, LHP)
    desk.put(*phone.cases.values())
    assert "Bagi-bagi uang" in desk.send(choice=button.key).text
    assert "tidak ditemukan" in phone.send(choice=button.key).text


@pytest.mark.parametrize("found", ["Nihil"])
def test_where_nothing_was_found_nothing_is_opened(found: str) -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone, found)
    assert [type(effect) for effect in phone.effects] == [Filed, Say]
    assert "Dibuka sebagai" not in phone.reply.text


def test_one_tap_nihil_opens_nothing() -> None:
    phone = phone_of(MEGA, LHP)
    phone.send("menu")
    phone.tap("Formulir A")
    phone.tap("Nihil")
    assert [type(effect) for effect in phone.effects] == [Filed, Say]


def test_practice_opens_a_practice_case_and_alerts_nobody() -> None:
    phone = phone_of(MEGA, LHP)
    phone.send("latihan")
    file_lhp(phone)
    (case,) = phone.cases.values()
    assert case.practice
    assert phone.drawer.alerted == []


def test_without_a_procedure_the_report_is_filed_all_the_same() -> None:
    phone = phone_of(MEGA, LHP, drawer=DeskDrawer(rules=NO_RULES))
    file_lhp(phone)
    assert [type(effect) for effect in phone.effects] == [Filed, Say]


def test_a_correction_is_noted_on_the_case_whose_words_follow() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone)
    number, (before,) = phone.reports[0].number, phone.cases.values()
    correct(phone, number, "2", "Bagi-bagi sembako di RT 06")
    assert [type(effect) for effect in phone.effects] == [Revised, Noted, Alerted, Say]
    (case,) = phone.cases.values()
    note = case.notes[-1]
    assert (note.kind, note.text, note.actor) == (NoteKind.NOTED, "Salah tulis.", "person:30")
    assert case.title == "Bagi-bagi sembako di RT 06"
    assert replace(case, title=before.title, answers=before.answers, notes=before.notes, serial=1) == before
    desk = phone_of(RANI, LHP)
    desk.put(case)
    assert f"Laporan {number} diperbaiki — Salah tulis." in desk.send(choice=f"x:{case.number}").text


def test_a_correction_may_find_what_was_not_found_before() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone, "Nihil")
    phone.send(f"perbaiki {phone.reports[0].number}")
    phone.send("1")
    phone.tap("Ada")
    phone.send("Bagi-bagi uang")
    phone.send("Ketua tim Contoh")
    phone.tap("Kirim")
    phone.send("Baru ditemukan.")
    (case,) = phone.cases.values()
    assert case.report == phone.reports[0].number
    assert "Dibuka sebagai Temuan" in phone.reply.text


def test_a_correction_to_nothing_keeps_what_the_case_says() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone)
    correct(phone, phone.reports[0].number, "1", "nihil")
    (case,) = phone.cases.values()
    assert case.title == "Bagi-bagi uang di RT 05"
    assert case.notes[-1].details["standing"] == "corrected"


def test_a_withdrawal_is_told_and_closes_nothing() -> None:
    phone = phone_of(MEGA, LHP)
    file_lhp(phone)
    phone.send(f"tarik {phone.reports[0].number}")
    phone.send("Terkirim dua kali.")
    assert [type(effect) for effect in phone.effects] == [Revised, Noted, Alerted, Say]
    (case,) = phone.cases.values()
    assert case.closed_at is None
    assert case.notes[-1].details["standing"] == "withdrawn"


# Who complains at the counter.


def take_down(phone: DeskPhone) -> None:
    phone.send("menu")
    phone.tap("Formulir Laporan")
    if phone.can_seal:
        phone.send(SEALED)
    phone.send("Bagi-bagi uang di RT 05")
    phone.tap("Kirim")


def test_who_complains_is_sealed_and_in_no_report_and_no_case() -> None:
    phone = phone_of(RANI, COUNTER)
    take_down(phone)
    filed, opened, alerted, forgot, _ = phone.effects
    assert isinstance(filed, Filed)
    assert isinstance(opened, Opened)
    assert isinstance(forgot, Forgot)
    assert opened.identity == {"pelapor/nama": SEALED}
    assert SEALED not in repr((filed, opened.case, opened.note, alerted, phone.session))
    assert opened.case.known_on is None or isinstance(opened.case.known_on, date)


def test_without_custodians_nobody_is_asked_who_they_are() -> None:
    phone = phone_of(RANI, COUNTER, can_seal=False)
    take_down(phone)
    opened = next(effect for effect in phone.effects if isinstance(effect, Opened))
    assert opened.identity == {}
    assert Forgot() not in phone.effects
    assert not any("nama pelapor" in line for line in phone.lines)


def test_a_correction_does_not_ask_again_who_it_was() -> None:
    phone = phone_of(RANI, COUNTER)
    take_down(phone)
    phone.lines.clear()
    correct(phone, phone.reports[0].number, "1", "Bagi-bagi sembako")
    assert not any("nama pelapor" in line for line in phone.lines)
    (case,) = phone.cases.values()
    assert case.title == "Bagi-bagi sembako"


def test_an_identity_is_not_filed_where_no_case_would_keep_it() -> None:
    phone = phone_of(RANI, COUNTER, drawer=DeskDrawer(rules=NO_RULES))
    take_down(phone)
    assert phone.reports == []
    assert "tetap tersimpan" in phone.reply.text
    assert phone.answers["pelapor/nama"] == SEALED
