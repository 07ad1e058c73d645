"""Rules that are broken: a hard one asks again, a soft one asks whether it is right all the same."""

import pytest

from core.dialogue.session import Stage
from core.forms.form import Form
from core.model.messages import Channel
from core.model.records import Flag
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import SUMS, form

HARD = """
| | type | name | label | required | constraint | constraint_message |
| | integer | dpt | Jumlah DPT? | yes | . <= 600 | Paling banyak 600. |
| | integer | hadir | Berapa yang hadir? | yes | . <= ${dpt} | ${hadir} lebih dari ${dpt}. |
| | text | catatan | Apa catatannya? | | | |
"""
WORDLESS = """
| | type | name | label | required | constraint | soft |
| | integer | n | Berapa? | yes | . < 10 | yes |
"""


def begun(made: Form, channel: Channel = Channel.WHATSAPP) -> Phone:
    phone = Phone((made,), channel=channel)
    phone.send(choice="f:uji")
    return phone


def in_doubt() -> Phone:
    phone = begun(form(SUMS))
    reply = phone.send("120 130 251")
    assert phone.session.stage is Stage.DOUBT
    assert reply.text == (
        "Dicatat: Laki-laki 120 · Perempuan 130 · Jumlah 251.\nJumlah 251 bukan 120 + 130.\n"
        "Tetap dicatat seperti itu?"
    )
    return phone


def test_a_hard_rule_asks_again_with_the_authors_words_and_loses_nothing_else() -> None:
    phone = begun(form(HARD))
    phone.send("300")
    assert phone.send("301").text == "301 lebih dari 300."
    assert phone.answers == {"dpt": "300"}
    assert "Apa catatannya?" in phone.send("299").text


def test_an_earlier_answer_that_breaks_a_later_rule_asks_the_later_question_whole() -> None:
    phone = begun(form(HARD))
    for text in ("300", "299", "lewati", "1"):
        phone.send(text)
    reply = phone.send("200")
    assert reply.text.startswith("299 lebih dari 200.\nBerapa yang hadir?")
    phone.send("150")
    assert phone.answers == {"dpt": "200", "hadir": "150", "catatan": ""}


@pytest.mark.parametrize("text", ["ya", "betul", "Ya, sudah betul", "ok", "memang benar"])
def test_a_soft_rule_is_asked_once_confirmed_and_flagged(text: str) -> None:
    phone = in_doubt()
    reply = phone.send(text)
    assert reply.text.startswith("Dicatat apa adanya")
    assert "Apa catatannya?" in reply.text
    phone.send("lewati")
    assert "1 jawaban bertanda" in phone.send("kirim").text
    assert phone.reports[0].latest.flags == (Flag("dpt/j", "Jumlah 251 bukan 120 + 130."),)
    assert phone.reports[0].latest.answers.values["dpt/j"] == "251"


@pytest.mark.parametrize("text", ["perbaiki", "tidak", "salah"])
def test_putting_it_right_asks_for_the_numbers_that_belong_together(text: str) -> None:
    phone = in_doubt()
    reply = phone.send(text)
    assert reply.text.startswith("Ubah: Pemilih\n")
    assert "Jawaban tadi: Laki-laki 120, Perempuan 130, Jumlah 251" in reply.text
    assert "Apa catatannya?" in phone.send("121 130 251").text
    assert phone.answers == {"dpt/l": "121", "dpt/p": "130", "dpt/j": "251"}


def test_the_right_number_may_be_written_at_once() -> None:
    phone = in_doubt()
    assert "Apa catatannya?" in phone.send("250").text
    assert phone.answers["dpt/j"] == "250"


def test_all_the_numbers_may_be_written_at_once() -> None:
    phone = in_doubt()
    assert "Apa catatannya?" in phone.send("121 130 251").text
    assert phone.answers["dpt/l"] == "121"


def test_another_number_of_the_group_may_be_named_at_once() -> None:
    phone = in_doubt()
    assert "Apa catatannya?" in phone.send("laki-laki: 121").text
    assert phone.answers == {"dpt/l": "121", "dpt/p": "130", "dpt/j": "251"}


def test_odd_words_at_a_doubt_ask_it_again() -> None:
    phone = in_doubt()
    reply = phone.send("hmm")
    assert "Tetap dicatat seperti itu?" in reply.text
    assert phone.session.stage is Stage.DOUBT
    phone.send("ya")
    assert phone.session.stage is Stage.QUESTION


def test_after_help_at_a_doubt_the_next_word_is_about_the_doubt() -> None:
    phone = in_doubt()
    phone.send("bantuan")
    assert "Apa catatannya?" in phone.send("ya").text


def test_a_single_number_at_a_doubt_about_numbers_is_a_number() -> None:
    assert not in_doubt().session.numbered


def test_a_changed_number_voids_the_confirmation() -> None:
    phone = in_doubt()
    phone.send("ya")
    phone.send("lewati")
    phone.send("1")
    reply = phone.send("119")
    assert "Jumlah 251 bukan 119 + 130." in reply.text
    assert phone.session.stage is Stage.DOUBT


def test_a_confirmation_is_not_asked_again_while_nothing_changes() -> None:
    phone = in_doubt()
    phone.send("ya")
    phone.send("hujan")
    phone.send("4")
    phone.send("panas")
    assert phone.session.stage is Stage.SUMMARY


def test_a_confirmation_holds_in_the_other_language() -> None:
    phone = in_doubt()
    phone.send("ya")
    phone.send(choice="l:en")
    assert phone.session.stage is Stage.QUESTION


def test_what_came_right_after_its_confirmation_is_not_flagged() -> None:
    phone = in_doubt()
    phone.send("ya")
    for text in ("lewati", "3", "250", "kirim"):
        phone.send(text)
    assert phone.reports[0].latest.flags == ()


def test_sending_in_doubt_asks_the_doubt_first() -> None:
    phone = in_doubt()
    reply = phone.send("kirim")
    assert reply.text.startswith("Belum bisa dikirim")
    assert reply.text.endswith("Tetap dicatat seperti itu?")
    assert phone.session.stage is Stage.DOUBT


def test_a_rule_without_words_has_ours() -> None:
    phone = begun(form(WORDLESS))
    assert phone.send("11").text.startswith("Jawaban itu belum cocok.")
    phone.send("ya")
    phone.send("ya")
    assert phone.reports[0].latest.flags == (Flag("n", ""),)


def test_old_buttons_of_a_doubt_that_is_over() -> None:
    phone = in_doubt()
    right, fix, _ = (choice.key for choice in phone.session.offered)
    phone.send("250")
    for key in (right, fix):
        assert "Apa catatannya?" in phone.send(choice=key).text
        assert phone.answers["dpt/j"] == "250"


def test_half_a_sum_is_not_judged() -> None:
    phone = begun(form(SUMS))
    reply = phone.send("jumlah: 250\nlaki-laki: 120")
    assert phone.session.stage is Stage.QUESTION
    assert "Perempuan" in reply.text
    phone.send("130")
    assert "Apa catatannya?" in phone.reply.text
