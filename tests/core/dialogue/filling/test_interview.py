"""Taps on buttons, new and old, and typed answers to what is asked."""

from dataclasses import replace

import pytest

from core.dialogue.session import Stage
from core.forms.form import Form
from core.model.messages import Channel
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import THREE, WITNESSES, form

SEVERAL = """
| | type | name | label | required |
| | select_multiple barang | kurang | Apa yang kurang? | yes |
| | text | catatan | Apa catatannya? | |
"""
BRANCHING = """
| | type | name | label | required | relevant |
| | select_one ya_tidak | ada | Ada masalah? | yes | |
| | select_one barang | apa | Masalah apa? | yes | ${ada} = 'ya' |
| | text | catatan | Apa catatannya? | | |
"""


def begun(made: Form, channel: Channel = Channel.TELEGRAM) -> Phone:
    phone = Phone((made,), channel=channel)
    phone.send(choice="f:uji")
    return phone


def key_of(phone: Phone, label: str) -> str:
    return next(choice.key for choice in phone.session.offered if choice.label == label)


def test_a_tap_answers() -> None:
    phone = begun(form(BRANCHING))
    assert "Masalah apa?" in phone.tap("Ya").text
    assert phone.answers == {"ada": "ya"}


def test_an_old_button_changes_its_own_answer_and_says_so() -> None:
    phone = begun(form(BRANCHING))
    no = key_of(phone, "Tidak")
    phone.tap("Ya")
    phone.tap("Tinta")
    reply = phone.send(choice=no)
    assert reply.text.startswith("Diubah: Ada masalah.")
    assert "Apa catatannya?" in reply.text
    assert phone.answers["ada"] == "tidak"


def test_a_button_pressed_twice_does_no_harm() -> None:
    phone = begun(form(BRANCHING))
    yes = key_of(phone, "Ya")
    phone.send(choice=yes)
    assert "Masalah apa?" in phone.send(choice=yes).text
    assert phone.answers == {"ada": "ya"}


def test_a_button_of_a_question_that_is_not_relevant_any_more() -> None:
    phone = begun(form(BRANCHING))
    no = key_of(phone, "Tidak")
    phone.tap("Ya")
    ink = key_of(phone, "Tinta")
    phone.send(choice=no)
    reply = phone.send(choice=ink)
    assert reply.text.startswith("Pertanyaan itu sekarang tidak dipakai.")
    assert "Apa catatannya?" in reply.text
    assert "apa" not in phone.answers


def test_a_button_of_a_filed_report() -> None:
    phone = begun(form(BRANCHING))
    no = key_of(phone, "Tidak")
    phone.tap("Tidak")
    phone.send("lewati")
    phone.send("kirim")
    reply = phone.send(choice=no)
    assert "sudah selesai" in reply.text
    assert phone.session.filling is None
    assert len(phone.reports[0].revisions) == 1


def test_a_button_of_a_filling_put_aside_goes_on_with_it() -> None:
    phone = begun(form(BRANCHING))
    yes = key_of(phone, "Ya")
    phone.send("menu")
    reply = phone.send(choice=yes)
    assert reply.text.startswith("Lanjut: Uji coba.")
    assert "Masalah apa?" in reply.text
    assert phone.answers == {"ada": "ya"}


def test_a_filling_stays_on_its_version_and_so_do_its_buttons() -> None:
    old, new = form(BRANCHING), form(THREE, version="2")
    phone = begun(old)
    phone.catalogue = Phone((old, new)).catalogue
    assert "Masalah apa?" in phone.tap("Ya").text
    phone.tap("Bilik")
    phone.send("lewati")
    phone.send("kirim")
    assert phone.reports[0].version == "1"
    assert "Berapa yang hadir?" in phone.send(choice="f:uji").text


def test_a_version_that_cannot_be_opened_is_told_and_not_lost() -> None:
    phone = begun(form(BRANCHING))
    phone.catalogue = Phone((form(THREE, name="lain"),)).catalogue
    assert "tidak bisa dibuka" in phone.send("ya").text
    assert phone.session.begun()


def test_buttons_that_mean_nothing() -> None:
    for key in ("a:F0001:99:0", "a:F0001:x:0", "zzz", "a:F0001:0:99", "s:999999999999999999999999"):
        phone = begun(form(BRANCHING))
        phone.send(choice=key)
        assert phone.answers == {} or not phone.session.filling


def test_several_options_by_taps() -> None:
    phone = begun(form(SEVERAL))
    reply = phone.tap("Tinta")
    assert reply.text == "Dipilih: Tinta. Ada lagi? Kalau cukup, tekan Selesai."
    assert [choice.label for choice in reply.choices] == [
        *("Surat suara", "✅ Tinta", "Bilik", "Segel", "Selesai")
    ]
    phone.tap("Surat suara")
    phone.tap("Selesai")
    assert phone.answers["kurang"] == "ss tinta"


def test_a_second_tap_takes_an_option_back() -> None:
    phone = begun(form(SEVERAL))
    phone.tap("Tinta")
    assert "Belum ada yang dipilih." in phone.tap("✅ Tinta").text
    assert "perlu dijawab" in phone.send("selesai").text


def test_all_options_tapped_is_enough() -> None:
    phone = begun(form(SEVERAL))
    for label in ("Segel", "Bilik", "Tinta", "Surat suara"):
        phone.tap(label)
    assert phone.answers["kurang"] == "ss tinta bilik segel"


@pytest.mark.parametrize(
    "text", ["1 3", "1,3", "1 dan 3", "surat suara, bilik", "Surat suara dan bilik", "ss, bilik"]
)
def test_several_options_typed(text: str) -> None:
    phone = begun(form(SEVERAL), Channel.WHATSAPP)
    assert "Apa catatannya?" in phone.send(text).text
    assert phone.answers["kurang"] == "ss bilik"


def test_one_number_is_the_whole_answer_to_several_options() -> None:
    phone = begun(form(SEVERAL), Channel.WHATSAPP)
    phone.send("2")
    assert phone.answers["kurang"] == "tinta"


def test_typed_after_taps_adds_to_them() -> None:
    phone = begun(form(SEVERAL))
    phone.tap("Tinta")
    phone.send("bilik")
    assert phone.answers["kurang"] == "tinta bilik"


def test_taps_for_one_question_do_not_count_for_another() -> None:
    two = SEVERAL + "| | select_multiple barang | lebih | Apa yang lebih? | |\n"
    phone = begun(form(two))
    phone.tap("Tinta")
    phone.send("ringkasan")
    filling = phone.session.filling
    assert filling is not None
    done = replace(filling, answers=filling.answers.put("kurang", "ss").put("catatan", ""))
    phone.session = replace(phone.session, filling=done)
    phone.send("lanjut")
    assert all("✅" not in choice.label for choice in phone.reply.choices)


@pytest.mark.parametrize("text", ["2", "tidak", "TIDAK", "tdk", "t", "Tidak.", "no 2", "ngga"])
def test_one_option_typed_by_number_label_or_meaning(text: str) -> None:
    phone = begun(form(BRANCHING), Channel.WHATSAPP)
    phone.send(text)
    assert phone.answers["ada"] == "tidak"


@pytest.mark.parametrize("text", ["surat", "surat suara", "Surat Suara", "1"])
def test_the_unique_beginning_of_a_label_is_enough(text: str) -> None:
    phone = begun(form(BRANCHING), Channel.WHATSAPP)
    phone.send("ya")
    phone.send(text)
    assert phone.answers["apa"] == "ss"


def test_words_that_are_no_option_are_refused_and_the_question_is_not_repeated() -> None:
    phone = begun(form(BRANCHING))
    reply = phone.send("entahlah")
    assert reply.text.startswith("Jawabannya belum cocok")
    assert "Ada masalah?" not in reply.text
    assert [choice.label for choice in reply.choices] == ["Ya", "Tidak"]


@pytest.mark.parametrize(
    ("more", "enough"), [("ya", "tidak"), ("1", "2"), ("tambah", "cukup"), ("ada", "selesai")]
)
def test_one_more_turn_or_enough(more: str, enough: str) -> None:
    phone = begun(form(WITNESSES), Channel.WHATSAPP)
    phone.send("Budi Contoh")
    assert phone.send("lewati").text == "Saksi: 1 sudah dicatat. Tambah lagi?"
    assert "Nama saksi?" in phone.send(more).text
    phone.send("Ani Contoh")
    phone.send("lewati")
    assert "Apa catatannya?" in phone.send(enough).text


def test_other_words_at_one_more_are_not_lost_on_something_else() -> None:
    phone = begun(form(WITNESSES))
    phone.send("Budi Contoh")
    phone.send("lewati")
    assert phone.send("hujan deras").text == "Tambah lagi? Balas Tambah atau Cukup."
    assert phone.session.stage is Stage.QUESTION


def test_an_add_button_pressed_twice_adds_one_turn() -> None:
    phone = begun(form(WITNESSES))
    phone.send("Budi Contoh")
    phone.send("lewati")
    add = key_of(phone, "Tambah")
    phone.send(choice=add)
    phone.send(choice=add)
    assert phone.session.filling is not None
    assert phone.session.filling.answers.counts == {"saksi": 2}
