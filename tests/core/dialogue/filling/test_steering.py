"""Back, skip, enough, and when a word steers rather than answers."""

import pytest

from core.dialogue.session import Stage
from core.forms.form import Form
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import SUMS, THREE, WITNESSES, form

SEVERAL = """
| | type | name | label | required |
| | select_multiple barang | kurang | Apa yang kurang? | {required} |
| | text | catatan | Apa catatannya? | |
"""


def begun(made: Form) -> Phone:
    phone = Phone((made,))
    phone.send(choice="f:uji")
    return phone


@pytest.mark.parametrize("word", ["kembali", "/kembali", "KEMBALI", "back", "Kembali."])
def test_back_shows_the_question_before_with_its_answer(word: str) -> None:
    phone = begun(form(THREE))
    phone.send("12")
    reply = phone.send(word)
    assert "Berapa yang hadir?" in reply.text
    assert "Jawaban tadi: 12" in reply.text
    assert [choice.label for choice in reply.choices] == ["Tetap"]


def test_back_at_the_first_question_says_so() -> None:
    phone = begun(form(THREE))
    assert phone.send("kembali").text.startswith("Ini pertanyaan pertama.\n1/3 · ")


def test_back_twice_goes_back_twice_and_an_answer_goes_on_from_the_first_open_one() -> None:
    phone = begun(form(THREE))
    phone.send("12")
    phone.send("aman saja")
    phone.send("kembali")
    assert "Berapa yang hadir?" in phone.send("kembali").text
    assert "Apakah aman?" in phone.send("13").text
    assert phone.answers == {"hadir": "13", "catatan": "aman saja"}


def test_keeping_what_was_gone_back_to_by_button_or_by_lanjut() -> None:
    for message in ("tetap", "lanjut"):
        phone = begun(form(THREE))
        phone.send("12")
        phone.send("kembali")
        assert "Apa catatannya?" in phone.send(message).text
        assert phone.answers == {"hadir": "12"}


def test_back_from_the_summary_is_the_last_question() -> None:
    phone = begun(form(THREE))
    for text in ("12", "lewati", "ya"):
        phone.send(text)
    assert phone.session.stage is Stage.SUMMARY
    assert "Apakah aman?" in phone.send("kembali").text


@pytest.mark.parametrize("word", ["lewati", "/skip", "lewat"])
def test_what_is_not_required_can_be_skipped_and_is_stored_empty(word: str) -> None:
    phone = begun(form(THREE))
    phone.send("12")
    assert "Apakah aman?" in phone.send(word).text
    assert phone.answers["catatan"] == ""


def test_a_required_question_is_not_skipped() -> None:
    phone = begun(form(THREE))
    reply = phone.send("lewati")
    assert "perlu dijawab" in reply.text
    assert "Berapa yang hadir?" in reply.text
    assert phone.answers == {}


def test_skipping_an_optional_answer_that_is_asked_again_takes_it_away() -> None:
    phone = begun(form(THREE))
    phone.send("12")
    phone.send("ada hujan")
    phone.send("kembali")
    phone.send("lewati")
    assert phone.answers["catatan"] == ""


def test_an_old_skip_button_takes_no_answer_away() -> None:
    phone = begun(form(THREE))
    skip = phone.send("12").choices[0]
    phone.send("ada hujan")
    phone.send(choice=skip.key)
    assert phone.answers["catatan"] == "ada hujan"


def test_a_word_that_may_be_an_answer_is_one_where_words_are_asked() -> None:
    phone = begun(form(THREE))
    phone.send("12")
    phone.send("selesai")
    assert phone.answers["catatan"] == "selesai"


@pytest.mark.parametrize("word", ["ringkasan", "lanjut", "kirim", "bantuan", "menu", "nanti", "batal"])
def test_steering_words_steer_even_where_words_are_asked(word: str) -> None:
    phone = begun(form(THREE))
    phone.send("12")
    phone.send(word)
    assert phone.session.begun()[0].answers.values == {"hadir": "12"}


def test_sudah_answers_a_yes_or_no_question() -> None:
    phone = begun(form(THREE))
    phone.send("12")
    phone.send("lewati")
    phone.send("sudah")
    assert phone.answers["aman"] == "ya"


def test_enough_turns_of_a_repeat() -> None:
    phone = begun(form(WITNESSES))
    phone.send("Budi Contoh")
    phone.send("lewati")
    assert "Apa catatannya?" in phone.send("cukup").text


def test_enough_of_several_options_skips_where_nothing_must_be_chosen() -> None:
    phone = begun(form(SEVERAL.format(required="")))
    assert "Apa catatannya?" in phone.send("selesai").text
    assert phone.answers["kurang"] == ""


def test_enough_of_several_options_with_none_chosen_is_refused_where_one_must_be() -> None:
    phone = begun(form(SEVERAL.format(required="yes")))
    assert "perlu dijawab" in phone.send("selesai").text


def test_a_turn_that_was_added_by_a_slip_is_undone_by_back() -> None:
    phone = begun(form(WITNESSES))
    phone.send("Budi Contoh")
    phone.send("lewati")
    phone.send("tambah")
    assert phone.session.filling is not None
    assert phone.session.filling.answers.counts == {"saksi": 2}
    assert "Tambah lagi?" in phone.send("kembali").text
    assert phone.session.filling.answers.counts == {"saksi": 1}


def test_back_in_a_turn_with_answers_keeps_the_turn() -> None:
    phone = begun(form(WITNESSES))
    for text in ("Budi Contoh", "lewati", "ya", "Ani Contoh"):
        phone.send(text)
    assert "Jawaban tadi: Ani Contoh" in phone.send("kembali").text


def test_skip_at_a_doubt_or_a_summary_skips_nothing_unseen() -> None:
    phone = begun(form(SUMS))
    phone.send("1 2 4")
    assert phone.session.stage is Stage.DOUBT
    phone.send("lewati")
    assert "catatan" not in phone.answers
    phone.send("ringkasan")
    phone.send("lewati")
    assert "catatan" not in phone.answers


def test_sudah_at_the_whole_summary_files() -> None:
    phone = begun(form(THREE))
    for text in ("12", "lewati", "ya", "sudah"):
        phone.send(text)
    assert len(phone.reports) == 1
