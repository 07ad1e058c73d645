"""An officer works cases with one thumb: from the list to the end; and what nobody may see is not there."""

from dataclasses import replace

import pytest

from core.dialogue.session import Stage
from core.model.cases import Case
from core.model.messages import Channel
from core.model.people import Person
from tests.core.dialogue.coordinators.desk_phone import BUDI, RANI, TUTI, DeskPhone, a_case
from tests.core.dialogue.phone import SITI
from tests.core.dialogue.samples import THREE, form

NUMBER = "K-7K2-M9Q"
OFFICIAL = "009/LP/PB/Kota/23.01/XI/2024"


def desk(*cases: Case, person: Person = RANI, **more: object) -> DeskPhone:
    phone = DeskPhone((), person=person, **more)  # type: ignore[arg-type]
    phone.put(*(cases or (a_case(),)))
    return phone


def test_an_officers_menu_has_a_button_for_cases_and_a_supervisors_has_none() -> None:
    phone, supervisor = desk(), desk(person=SITI)
    phone.send("menu")
    supervisor.send("menu")
    assert "Kasus" in phone.choices
    assert "Kasus" not in supervisor.choices


def test_a_case_is_worked_from_the_list_to_its_end() -> None:
    phone = desk()
    phone.send("kasus")
    phone.tap("Bagi-bagi uang")
    phone.tap("Saya tangani")
    phone.tap(f"Buka {NUMBER}")
    phone.tap("Mulai kajian awal")
    phone.tap("Ya")
    phone.tap(f"Buka {NUMBER}")
    phone.tap("Registrasi")
    phone.send(OFFICIAL)
    phone.tap("Ya")
    phone.tap(f"Buka {NUMBER}")
    phone.tap("Tutup")
    phone.tap("Bukan pelanggaran")
    phone.send("Tidak terbukti menurut saksi.")
    phone.tap("Ya")
    case = phone.cases[NUMBER]
    assert (case.state, case.official, case.result) == ("selesai", OFFICIAL, "bukan")
    assert case.assigned == phone.actor.key
    assert [told.number for told in phone.drawer.told] == [NUMBER, NUMBER]


@pytest.mark.parametrize("words", ["kasus", "/kasus", "Perkara", "cases"])
def test_the_list_has_several_names(words: str) -> None:
    assert "Kasus terbuka: 1" in desk().send(words).text


def test_to_a_supervisor_the_word_means_nothing() -> None:
    phone = desk(person=SITI)
    phone.send("menu")
    phone.send("kasus")
    assert phone.session.stage is Stage.MENU
    assert not any(NUMBER in line for line in phone.lines)


def test_a_number_in_ones_words_opens_the_case() -> None:
    phone = desk()
    assert "Sidodadi" in phone.send("buka k 7k2 m9q").text
    assert phone.session.stage is Stage.CASEFILE


@pytest.mark.parametrize("words", [f"/kasus {NUMBER}", f"Buka {NUMBER}", "buka nomor k 7k2 m9q"])
def test_what_an_alert_says_to_type_opens_it_even_while_a_report_is_filled(words: str) -> None:
    phone = DeskPhone((form(THREE),), person=replace(RANI, posts=(*RANI.posts, *SITI.posts)))
    phone.put(a_case())
    phone.send("menu")
    phone.tap("Uji coba")
    phone.send("5")
    assert phone.send(words).text.startswith(NUMBER)
    phone.send("lanjut")
    assert phone.session.filling is not None


def test_on_a_phone_without_buttons_numbers_and_words_do_it() -> None:
    phone = desk(channel=Channel.SMS)
    phone.send("kasus")
    phone.send("1")
    phone.send("catatan")
    phone.send("1")
    assert phone.session.stage is Stage.ACTING, "one digit is no note"
    phone.send("Sudah ditelepon.")
    assert phone.cases[NUMBER].notes[-1].text == "Sudah ditelepon."


@pytest.mark.parametrize(
    ("person", "case"),
    [
        (BUDI, a_case()),
        (SITI, a_case()),
        (RANI, replace(a_case(), excluded=frozenset({"person:20"}))),
        (RANI, a_case("K-111-AAA")),
        (RANI, replace(a_case(), version="vanished")),
    ],
    ids=["another area", "no officer", "excluded", "made up", "no procedure"],
)
@pytest.mark.parametrize(
    "key", ["", ":s:0", ":h:0", ":more", ":a:take", ":a:conflict", ":m:kajian", ":g:bukan", ":y:0"]
)
def test_who_may_not_see_it_and_who_made_it_up_get_the_same_answer(
    person: Person, case: Case, key: str
) -> None:
    phone = desk(case, person=person)
    reply = phone.send(choice=f"x:{NUMBER}{key}")
    assert reply.text == f"Nomor {NUMBER} tidak ditemukan. Periksa lagi nomornya, atau buka daftar kasus."
    assert phone.cases[case.number] == case


def test_a_case_of_another_area_is_in_no_list_and_those_above_see_it() -> None:
    elsewhere, above = desk(person=BUDI), desk(person=TUTI)
    assert elsewhere.send("kasus").text == "Tidak ada kasus terbuka di wilayah Bapak/Ibu."
    assert "Kasus terbuka: 1" in above.send("kasus").text


def test_a_report_that_is_being_filled_is_put_aside_and_stays() -> None:
    phone = DeskPhone((form(THREE),), person=replace(RANI, posts=(*RANI.posts, *SITI.posts)))
    phone.put(a_case())
    phone.send("menu")
    phone.tap("Uji coba")
    assert phone.session.filling is not None
    phone.send("kasus")
    assert phone.session.stage is Stage.CASES
    phone.send("lanjut")
    assert phone.session.filling is not None


def test_back_goes_from_the_act_to_the_case_to_the_list_to_the_menu() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}")
    phone.tap("Catatan")
    stages = []
    for _ in range(3):
        phone.send("kembali")
        stages.append(phone.session.stage)
    assert stages == [Stage.CASEFILE, Stage.CASES, Stage.MENU]


def test_help_leaves_standing_what_was_asked() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:a:note")
    assert "kasus (daftar)" in phone.send("bantuan").text
    phone.send("Sudah ditelepon.")
    assert phone.cases[NUMBER].notes[-1].text == "Sudah ditelepon."


def test_what_is_longer_than_a_screen_comes_in_parts() -> None:
    words = " ".join(f"kata{n}" for n in range(400))
    phone = desk(a_case(story=words))
    first = phone.send(choice=f"x:{NUMBER}")
    assert len(first.text) < 700
    parts = [phone.tap("Cerita lengkap").text]
    while "Lanjutannya" in phone.choices:
        parts.append(phone.tap("Lanjutannya").text)
    assert " ".join(" ".join(part.split("\n")[1:]) for part in parts).split() == words.split()


def test_what_was_done_can_be_read_and_names_nobody() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:a:take")
    phone.send(choice=f"x:{NUMBER}:more")
    told = phone.tap("Riwayat").text
    assert "Ditangani Bapak/Ibu" in told
    assert "Masuk" in told
    assert "person:" not in told


def test_odd_words_at_a_case_do_not_repeat_it() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}")
    before = phone.choices
    assert "belum kami mengerti" in phone.send("hmm begini begitu").text
    assert phone.choices == before
