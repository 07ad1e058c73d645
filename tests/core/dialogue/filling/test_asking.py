"""How a question sounds, on each channel."""

import pytest

from core.forms.form import Form
from core.model.messages import Channel
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import CHOICES, THREE, form

HEAD = "| | type | name | label | hint | required | parameters |\n"
SEVERAL, RANKED = "select_multiple barang | x | Apa? | | |", "rank ya_tidak | x | Urutkan | | |"
MANY = CHOICES + "".join(f"| | banyak | m{n} | Pilihan {n} | | |\n" for n in range(13))


def begun(made: Form, channel: Channel = Channel.WHATSAPP) -> Phone:
    phone = Phone((made,), channel=channel)
    phone.send(choice="f:uji")
    return phone


def asked(row: str, channel: Channel = Channel.WHATSAPP, choices: str = CHOICES) -> str:
    return begun(form(HEAD + f"| | {row} |\n", choices), channel).reply.text


def test_it_says_where_one_is() -> None:
    phone = begun(form(THREE))
    assert phone.reply.text == "1/3 · Berapa yang hadir?"
    assert phone.send("12").text == "2/3 · Apa catatannya?"


@pytest.mark.parametrize(
    ("row", "channel", "words"),
    [
        ("text | x | Soal | Mis. Balai Desa | |", Channel.WHATSAPP, "1/1 · Soal\nMis. Balai Desa"),
        (SEVERAL, Channel.TELEGRAM, "1/1 · Apa?\nBoleh lebih dari satu, lalu tekan Selesai."),
        (SEVERAL, Channel.SMS, "1/1 · Apa?\nBoleh lebih dari satu, mis. 1 3"),
        (RANKED, Channel.SMS, "1/1 · Urutkan\n1 Ya\n2 Tidak\nKirim urutannya, mis. 2 1"),
        ("range | x | Nilai? | | | start=1 end=5 step=1", Channel.SMS, "1/1 · Nilai?\nAngka 1 sampai 5."),
        ("image | x | Foto TPS | | |", Channel.TELEGRAM, "1/1 · Foto TPS\n📷 Kirim fotonya. Boleh beberapa."),
        ("image | x | Kirim foto TPS | | |", Channel.TELEGRAM, "1/1 · Kirim foto TPS"),
        ("image | x | Foto TPS | Dari depan | |", Channel.TELEGRAM, "1/1 · Foto TPS\nDari depan"),
        ("audio | x | Rekaman | | |", Channel.TELEGRAM, "1/1 · Rekaman\nKirim pesan suara."),
    ],
)  # fmt: skip
def test_how_to_answer_is_said_where_the_question_does_not(row: str, channel: Channel, words: str) -> None:
    assert asked(row, channel) == words


def test_by_sms_a_picture_question_says_where_to_go_on_whatever_else_it_says() -> None:
    assert "Lewat SMS foto tidak bisa dikirim" in asked(
        "image | x | Kirim foto | Dari depan | |", Channel.SMS
    )


def test_a_list_that_is_too_long_is_searched_by_name() -> None:
    phone = begun(form(HEAD + "| | select_one banyak | x | Yang mana? | | yes |\n", MANY))
    assert phone.reply.text == "1/1 · Yang mana?\nKetik namanya, mis. Sidodadi."
    assert phone.reply.choices == ()


def test_a_place_is_asked_for_where_a_channel_can() -> None:
    phone = begun(form(HEAD + "| | geopoint | x | Di mana? | | |\n"))
    assert phone.reply.ask == "location"


def test_notes_come_with_what_follows_them() -> None:
    rows = (
        "| | note | n | Ini catatan. | | |\n| | text | x | Soal? | | |\n| | note | m | Terima kasih. | | |\n"
    )
    phone = begun(form(HEAD + rows))
    assert phone.reply.text == "Ini catatan.\n1/1 · Soal?"
    assert "Terima kasih." in phone.send("isi").text


def test_whether_numbers_press_buttons() -> None:
    assert begun(form(HEAD + "| | select_one ya_tidak | x | A? | | |\n")).reply.numbered
    for kind in ("integer", "text", "date", "time", "rank ya_tidak"):
        assert not begun(form(HEAD + f"| | {kind} | x | A? | | |\n")).reply.numbered


def test_an_answer_is_filled_into_the_words_of_another_question() -> None:
    rows = "| | integer | n | Berapa? | | yes |\n| | text | x | Kenapa ${n}? | | |\n"
    assert begun(form(HEAD + rows)).send("12").text == "2/2 · Kenapa 12?"


def test_the_authors_words_say_that_an_answer_is_required() -> None:
    survey = """
| | type | name | label | required | required_message |
| | text | x | Siapa? | yes | Namanya harus ada. |
"""
    assert begun(form(survey)).send("lewati").text.startswith("Namanya harus ada.\n1/1 · Siapa?")
