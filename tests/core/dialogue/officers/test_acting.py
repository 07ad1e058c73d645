"""Acts on a case: what each needs, one thing at a time; nothing is done but after "Ya", and only once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.cases import lifecycle
from core.dialogue.session import Stage
from core.forms.form import Option
from core.model.cases import Case, NoteKind, Secrecy
from core.model.effects import Noted, Opened
from tests.core.dialogue.coordinators.desk_phone import (
    LAPORAN,
    RANI,
    TIP,
    TUTI,
    DeskPhone,
    a_case,
)
from tests.core.dialogue.phone import form_of

NUMBER = "K-7K2-M9Q"
OFFICIAL = "009/LP/PB/Kota/23.01/XI/2024"
REGENCIES = """
| survey |
| | type | name | label |
| | select_one_from_file kabupaten.csv | kab | Di mana? |
| settings |
| | form_title | form_id |
| | Kabupaten | kab |
"""


def desk(*cases: Case, **more: object) -> DeskPhone:
    phone = DeskPhone((), **more)  # type: ignore[arg-type]
    phone.put(*(cases or (a_case(),)))
    return phone


def in_study(**more: object) -> Case:
    return replace(a_case(**more), state="kajian")  # type: ignore[arg-type]


def test_nothing_is_done_before_yes() -> None:
    phone = desk(in_study())
    phone.send(choice=f"x:{NUMBER}:m:registrasi")
    phone.send(OFFICIAL)
    assert phone.cases[NUMBER] == in_study()
    phone.tap("Batal")
    assert phone.cases[NUMBER] == in_study()
    assert phone.session.stage is Stage.CASEFILE


@pytest.mark.parametrize(("words", "state"), [("ya", "kajian"), ("oke", "kajian"), ("tidak", "diterima")])
def test_yes_and_no_can_be_typed(words: str, state: str) -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:kajian")
    phone.send(words)
    assert phone.cases[NUMBER].state == state


def test_neither_yes_nor_no_asks_once_more() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:kajian")
    assert "Pilih Ya atau Batal" in phone.send("apa ya").text
    phone.tap("Ya")
    assert phone.cases[NUMBER].state == "kajian"


def test_an_old_yes_confirms_nothing_else() -> None:
    phone = desk(in_study())
    phone.send(choice=f"x:{NUMBER}:m:registrasi")
    phone.send(OFFICIAL)
    (old,) = (choice.key for choice in phone.session.offered if choice.label == "Ya")
    phone.send(choice=f"x:{NUMBER}:m:registrasi")
    phone.send(OFFICIAL.replace("009", "010"))
    assert "tidak berlaku" in phone.send(choice=old).text
    assert phone.cases[NUMBER].official == ""


def test_yes_twice_does_it_once() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:kajian")
    (yes,) = (choice.key for choice in phone.session.offered if choice.label == "Ya")
    phone.send(choice=yes)
    phone.send(choice=yes)
    assert phone.cases[NUMBER].serial == a_case().serial + 1


def test_a_move_that_somebody_else_made_meanwhile_says_so() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:kajian")
    act = lifecycle.move(
        a_case(), LAPORAN, phone.drawer.rules, "kajian", lifecycle.Given(), phone.actor, phone.now
    )
    assert isinstance(act, lifecycle.Acted)
    phone.put(act.case)
    reply = phone.tap("Ya")
    assert reply.text.startswith("“Mulai kajian awal” tidak bisa dipilih lagi: kasus ini sekarang “Kajian")
    assert phone.cases[NUMBER] == act.case
    assert "Registrasi" in phone.choices


def test_a_button_of_a_move_that_never_was_is_gone() -> None:
    assert "tidak berlaku" in desk().send(choice=f"x:{NUMBER}:m:terbang").text


@pytest.mark.parametrize("words", ["12", "009/LP/PB/Kota/23.01/XI", "besok saja"])
def test_a_number_of_another_form_is_asked_again_with_the_example(words: str) -> None:
    phone = desk(in_study())
    phone.send(choice=f"x:{NUMBER}:m:registrasi")
    assert OFFICIAL in phone.send(words).text
    phone.send(OFFICIAL)
    phone.tap("Ya")
    assert phone.cases[NUMBER].official == OFFICIAL


def test_a_result_is_tapped_or_typed_by_its_label() -> None:
    phone = desk(replace(a_case(), state="diregistrasi"))
    phone.send(choice=f"x:{NUMBER}:m:tutup")
    assert "Pilih salah satu" in phone.send("entahlah").text
    phone.send("bukan pelanggaran")
    phone.send("Tidak terbukti.")
    phone.send("ya")
    assert phone.cases[NUMBER].result == "bukan"


@pytest.mark.parametrize("words", ["balikpapan", "Kota Balikpapan", "bpp", "64.71"])
def test_an_office_is_typed_by_its_name_or_code(words: str) -> None:
    phone = with_regencies()
    phone.send(choice=f"x:{NUMBER}:m:limpahkan")
    phone.send(words)
    phone.send("Kejadiannya di Balikpapan.")
    assert "Ke: Balikpapan" in phone.reply.text
    phone.tap("Ya")
    assert phone.cases[NUMBER].office == "64.71"
    assert f"Buka {NUMBER}" not in phone.choices, "it is another office's now"


def test_the_province_is_an_office_too() -> None:
    phone = with_regencies()
    phone.send(choice=f"x:{NUMBER}:m:limpahkan")
    phone.send("kalimantan timur")
    phone.send("Melibatkan dua kota.")
    phone.tap("Ya")
    assert phone.cases[NUMBER].office == "64"


@pytest.mark.parametrize("words", ["bandung", "99.99", "64.72.05", "???"])
def test_an_office_that_is_none_is_asked_again(words: str) -> None:
    phone = with_regencies()
    phone.send(choice=f"x:{NUMBER}:m:limpahkan")
    phone.send(words)
    assert phone.session.stage is Stage.ACTING
    assert phone.cases[NUMBER] == a_case()


def test_without_a_table_of_offices_the_code_is_asked_for() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:limpahkan")
    assert "64.72" in phone.send("balikpapan").text
    phone.send("64.71")
    assert "alasan" in phone.reply.text


def test_asking_back_is_looked_at_before_it_is_sent() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}")
    phone.tap("Tanya pelapor")
    phone.send("Jam berapa kejadiannya?")
    assert phone.drawer.told == []
    phone.tap("Ya")
    (told,) = phone.drawer.told
    assert "Jam berapa kejadiannya?" in told.replies["id"].text
    assert phone.cases[NUMBER].awaits
    assert "Menunggu jawaban" in phone.send(choice=f"x:{NUMBER}").text


def test_nobody_can_be_asked_about_what_an_officer_entered() -> None:
    phone = desk(a_case(secrecy=Secrecy.OFFICIAL))
    phone.send(choice=f"x:{NUMBER}")
    assert "Tanya pelapor" not in phone.choices


def test_a_note_is_kept_at_once() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:a:note")
    phone.send("Saksi mau bicara hari Jumat.")
    note = phone.cases[NUMBER].notes[-1]
    assert (note.kind, note.text) == (NoteKind.NOTED, "Saksi mau bicara hari Jumat.")
    assert phone.drawer.told == []


def test_a_picture_is_not_swallowed() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:a:note")
    assert "Foto" in phone.photo("m1", text="lihat ini").text
    assert phone.cases[NUMBER] == a_case()


def test_whoever_has_an_interest_never_sees_it_again() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:more")
    phone.tap("Saya ada kepentingan")
    phone.send("Terlapor masih paman saya.")
    assert "tidak bisa Bapak/Ibu buka lagi" in phone.reply.text
    phone.tap("Ya")
    assert phone.choices == ["Kasus", "Menu"]
    assert not phone.may_see(NUMBER)
    assert "tidak ditemukan" in phone.send(choice=f"x:{NUMBER}").text
    assert "Tidak ada kasus" in phone.send("kasus").text


def test_a_similar_case_is_offered_or_named() -> None:
    other = a_case(
        "K-111-AAA", title="Amplop uang di RT 05", opened_at=a_case().opened_at + timedelta(hours=1)
    )
    phone = desk(a_case(), other)
    phone.send(choice=f"x:{NUMBER}:more")
    phone.tap("Kasus serupa")
    phone.tap("K-111-AAA")
    phone.tap("Ya")
    assert phone.cases[NUMBER].notes[-1].details == {"case": "K-111-AAA"}
    assert phone.cases["K-111-AAA"] == other


@pytest.mark.parametrize("number", ["K-222-BBB", "K-999-ZZZ"])
def test_a_case_that_may_not_be_seen_is_as_unknown_as_none(number: str) -> None:
    hidden = replace(a_case("K-222-BBB"), office="64.71")
    phone = desk(a_case(), hidden)
    phone.send(choice=f"x:{NUMBER}:a:join")
    assert phone.send(number).text.startswith(f"Nomor {number} tidak ditemukan")
    assert "tidak berlaku" in phone.send(choice=f"x:{NUMBER}:g:{number}").text


def test_a_tip_becomes_a_complaint_with_its_own_number() -> None:
    phone = desk(a_case(procedure=TIP))
    phone.send(choice=f"x:{NUMBER}:m:jadikan")
    phone.tap("Ya")
    (born,) = (effect.case for effect in phone.effects if isinstance(effect, Opened))
    assert isinstance(phone.effects[0], Noted)
    assert (born.procedure, born.parent) == ("laporan", NUMBER)
    assert f"Kasus baru: {born.number}." in phone.reply.text
    phone.tap(f"Buka {born.number}")
    assert "Laporan" in phone.reply.text


def test_what_the_rules_refuse_is_said_beside_the_case() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:limpahkan")
    phone.send("64")
    phone.send("Salah kantor.")
    phone.put(replace(a_case(), office="64"))
    phone.person = replace(RANI, posts=(*RANI.posts, *TUTI.posts))
    reply = phone.tap("Ya")
    assert phone.cases[NUMBER].serial == a_case().serial
    assert reply.text.startswith("Kasus ini sudah di kantor itu.")
    assert NUMBER in reply.text
    assert "Limpahkan" in phone.choices


def test_the_office_that_has_it_already_is_asked_about_again() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:m:limpahkan")
    assert "kantor lain yang mana" in phone.send("64.72").text


@pytest.mark.parametrize(("secrecy", "offered"), [(Secrecy.NAMED, True), (Secrecy.ANONYMOUS, False)])
def test_what_needs_an_identity_is_offered_only_where_there_is_one(secrecy: Secrecy, offered: bool) -> None:
    phone = desk(a_case(procedure=TIP, secrecy=secrecy))
    phone.send(choice=f"x:{NUMBER}")
    assert ("Jadikan laporan bernama" in phone.choices) == offered
    phone.send(choice=f"x:{NUMBER}:m:kenal")
    assert ("tidak menyebut namanya" in phone.reply.text) != offered


@pytest.mark.parametrize(
    ("secrecy", "words"),
    [
        (Secrecy.CONFIDENTIAL, "langsung diberi tahu"),
        (Secrecy.ANONYMOUS, "dengan kodenya"),
        (Secrecy.OFFICIAL, "tidak ada pelapor"),
    ],
)
def test_an_officer_knows_beforehand_who_hears_of_it(secrecy: Secrecy, words: str) -> None:
    phone = desk(in_study(secrecy=secrecy))
    phone.send(choice=f"x:{NUMBER}:m:registrasi")
    assert words in phone.send(OFFICIAL).text


def test_practice_touches_no_real_case_and_shows_none() -> None:
    phone = desk(a_case(), a_case("K-333-CCC", practice=True))
    phone.send("latihan")
    assert "Kasus terbuka: 1" in phone.send("kasus").text
    assert "kasus sungguhan" in phone.send(choice=f"x:{NUMBER}:m:kajian").text
    phone.send(choice="x:K-333-CCC:m:kajian")
    phone.tap("Ya")
    assert phone.cases["K-333-CCC"].state == "kajian"
    assert phone.cases[NUMBER] == a_case()
    phone.send("selesai latihan")
    assert "kasus latihan" in phone.send(choice="x:K-333-CCC:a:note").text


def test_the_menu_drops_what_was_being_put_together() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:a:note")
    phone.send("menu")
    assert phone.session.stage is Stage.MENU
    assert "tidak berlaku" in phone.send(choice=f"x:{NUMBER}:y:00000000").text
    assert phone.cases[NUMBER] == a_case()


def test_who_lost_the_seat_in_the_middle_does_nothing_more() -> None:
    phone = desk()
    phone.send(choice=f"x:{NUMBER}:a:note")
    phone.person = replace(RANI, posts=())
    assert "tidak ditemukan" in phone.send("Catatan terlambat.").text
    assert phone.cases[NUMBER] == a_case()


def test_in_english_too() -> None:
    phone = desk(in_study(), person=replace(TUTI, language="en"), language="en")
    phone.send("cases")
    phone.send(choice=f"x:{NUMBER}:m:registrasi")
    phone.send(OFFICIAL)
    phone.tap("Yes")
    assert phone.cases[NUMBER].official == OFFICIAL
    assert "is now: [Diregistrasi]" in phone.reply.text


def with_regencies() -> DeskPhone:
    regencies = tuple(
        Option(code, {"": name}, {"parent": "64"})
        for code, name in (("64.71", "Balikpapan"), ("64.72", "Samarinda"))
    )
    phone = DeskPhone((form_of(REGENCIES, **{"kabupaten.csv": regencies}),))
    phone.put(a_case())
    return phone
