"""The menu by role and the small things around it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.dialogue.session import Stage
from core.model.effects import Filed, Invited, Linked, Unlinked
from core.model.messages import EDITED, Channel
from core.model.people import Post, Role
from tests.core.dialogue.phone import PKD, PTPS, SITI, Phone
from tests.core.dialogue.samples import THREE, form


def phone(**more: object) -> Phone:
    return Phone((form(THREE),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "word",
    ["menu", "/menu", "/start", "mulai", "lapor", "izin lapor", "assalamualaikum", "p", "Selamat pagi pak"],
)
def test_the_menu_says_who_one_is_and_what_there_is(word: str) -> None:
    reply = phone().send(word)
    assert reply.text == "Selamat siang.\nPTPS 012 Sidodadi, Samarinda Ulu.\nMau apa sekarang?"
    assert [choice.label for choice in reply.choices] == ["Uji coba", "Laporan saya", "Lainnya"]


@pytest.mark.parametrize(
    ("hour", "greeting"), [(22, "pagi"), (2, "pagi"), (3, "siang"), (7, "sore"), (10, "malam"), (18, "malam")]
)
def test_the_greeting_is_that_of_the_posts_own_clock(hour: int, greeting: str) -> None:
    talking = phone(now=datetime(2024, 11, 27, hour, 30, tzinfo=UTC))
    assert talking.send("halo").text.startswith(f"Selamat {greeting}.")


def test_the_forms_are_those_of_ones_roles() -> None:
    forms = (form(THREE, audience="ptps"), form(THREE, name="lain", title="Yang lain", audience="pkd"))
    assert [c.label for c in Phone(forms).send("menu").choices][:-2] == ["Uji coba"]
    both = replace(SITI, posts=(PTPS, PKD))
    assert [c.label for c in Phone(forms, both).send("menu").choices][:-2] == ["Uji coba", "Yang lain"]


def test_a_post_is_called_by_its_place() -> None:
    post = Post(3, Role.PANWASCAM, "64.72.05", ("Samarinda Ulu", "Kota Samarinda"), "Asia/Makassar")
    assert (
        "Panwascam Samarinda Ulu, Kota Samarinda."
        in phone(person=replace(SITI, posts=(post,))).send("p").text
    )


def test_one_odd_word_does_not_bring_the_whole_menu_again() -> None:
    talking = phone()
    talking.send("menu")
    reply = talking.send("qwerty")
    assert reply.text == "Maaf, itu belum kami mengerti. Pilih yang di bawah, atau ketik menu."
    assert [choice.label for choice in reply.choices] == ["Uji coba", "Laporan saya", "Lainnya"]
    assert "Berapa yang hadir?" in talking.send("1").text


def test_what_is_used_now_and_then_is_under_lainnya() -> None:
    talking = phone()
    talking.send("menu")
    assert [choice.label for choice in talking.tap("Lainnya").choices] == [
        *("Latihan", "Bahasa / Language", "Kode untuk web", "Bantuan", "Menu")
    ]


@pytest.mark.parametrize("word", ["nanti", "nanti saja", "later", "menu"])
def test_later_keeps_what_was_begun(word: str) -> None:
    talking = phone()
    talking.send(choice="f:uji")
    talking.send("12")
    talking.send(word)
    assert talking.session.stage is Stage.MENU
    assert talking.session.begun()[0].answers.values == {"hadir": "12"}


@pytest.mark.parametrize("word", ["bantuan", "help", "?", "tolong", "/bantuan"])
def test_help_while_filling_leaves_the_question_open(word: str) -> None:
    talking = phone()
    talking.send(choice="f:uji")
    assert "kembali, lewati, ringkasan" in talking.send(word).text
    assert "Apa catatannya?" in talking.send("12").text


def test_help_elsewhere() -> None:
    assert "Pilih laporan dari menu" in phone().send("bantuan").text


def test_practice_is_marked_kept_with_the_report_and_ended() -> None:
    talking = phone()
    assert talking.send("latihan").text.startswith("LATIHAN · Mode latihan")
    talking.tap("Uji coba")
    for text in ("12", "lewati", "ya"):
        assert talking.reply.text.startswith("LATIHAN · ")
        talking.send(text)
    assert "Tidak dihitung" in talking.send("kirim").text
    assert talking.reports[0].practice
    assert not talking.send("selesai latihan").text.startswith("LATIHAN")
    talking.tap("Uji coba")
    for text in ("12", "lewati", "ya", "kirim"):
        talking.send(text)
    assert not talking.reports[1].practice


def test_practice_and_earnest_do_not_mix() -> None:
    talking = phone()
    talking.send(choice="f:uji")
    talking.send("12")
    talking.send("menu")
    talking.send("latihan")
    assert talking.session.begun()[0].answers.values == {"hadir": "12"}
    talking.tap("Uji coba")
    assert talking.answers == {}
    talking.send("99")
    talking.send("selesai latihan")
    talking.tap("Uji coba — lanjutkan")
    assert talking.answers == {"hadir": "12"}
    assert not talking.reply.text.startswith("LATIHAN")


def test_a_report_begun_in_earnest_is_never_called_practice() -> None:
    talking = phone()
    talking.send(choice="f:uji")
    number = talking.send(choice="c:summary") and talking.session.begun()[0].id
    talking.send("latihan")
    assert not talking.send(choice=f"r:{number}").text.startswith("LATIHAN")


def test_saying_practice_twice_is_still_practice_and_ending_it_twice_ends_it() -> None:
    talking = phone()
    for word, expected in (("latihan", True), ("latihan", True), ("selesai latihan", False)) * 2:
        talking.send(word)
        assert talking.session.practice is expected
    talking.send(choice="c:practice_off")
    assert not talking.session.practice


def test_a_code_for_the_web_is_given_and_the_question_stays_open() -> None:
    talking = phone()
    talking.send(choice="f:uji")
    assert "K7Q2-M9TD" in talking.send("web").text
    assert Invited(1, "K7Q2-M9TD", 10) in talking.effects
    assert "Apa catatannya?" in talking.send("12").text


def test_in_the_web_chat_there_is_no_code_for_the_web() -> None:
    talking = phone(channel=Channel.WEBCHAT)
    talking.send("web")
    assert not any(isinstance(effect, Invited) for effect in talking.effects)


def test_leaving_a_telephone_unlinks_it_and_keeps_what_was_begun() -> None:
    talking = phone()
    talking.send(choice="f:uji")
    talking.send("12")
    talking.send("menu")
    talking.send("keluar")
    assert any(isinstance(effect, Unlinked) for effect in talking.effects)
    assert talking.session.begun()[0].answers.values == {"hadir": "12"}


def test_an_edited_message_is_told_to_be_sent_anew() -> None:
    talking = phone()
    talking.send(choice="f:uji")
    assert "pesan baru" in talking.send(choice=EDITED).text
    assert "Apa catatannya?" in talking.send("12").text


def test_whoever_is_recognised_is_welcomed_by_name_in_their_language() -> None:
    talking = phone(language="en", person=replace(SITI, language="id"))
    talking.introduce("invitation")
    assert talking.send("K7Q2-M9TD").text.startswith("Selamat datang, Siti Contoh.")
    assert Linked(1, "invitation", None) in talking.effects
    assert talking.session.language == "id"


def test_an_old_button_of_nothing_brings_the_menu() -> None:
    talking = phone()
    assert talking.send(choice="zzz").text.startswith("Tombol itu sudah tidak berlaku.")
    assert not any(isinstance(effect, Filed) for effect in talking.effects)
