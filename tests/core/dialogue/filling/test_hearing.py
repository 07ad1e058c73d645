"""Typed words, pins and the rest as the answer to each kind of question."""

import pytest

from core.dialogue.session import Stage
from core.forms.form import Form
from core.model.messages import Attachment, Channel, Contact
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import SUMS, THREE, form

ONE_OF_EACH = """
| | type | name | label | parameters | appearance | default |
| | {kind} | x | Soal | {parameters} | {appearance} | {default} |
| | text | akhir | Akhir? | | | |
"""
WORDS = ("Anggrek", "Bakau", "Cemara", "Durian", "Enau", "Gaharu", "Jati", "Nipah", "Ulin")
PLACES = """
| choices |
| | list_name | name | label | kecamatan |
"""
VILLAGES = "".join(
    f"| | desa | d{n} | {name} | {district} |\n"
    for n, (name, district) in enumerate(
        [
            *(("Sidodadi", "Samarinda Ulu"), ("Sidodadi", "Palaran"), ("Sidomulyo", "Samarinda Ilir")),
            *((f"Desa {word}", "Anggana") for word in WORDS),
            ("Loa Janan", "Loa Janan"),
        ]
    )
)  # fmt: skip
SEARCHED = """
| | type | name | label | required |
| | select_one desa | desa | Di desa mana? | yes |
| | text | akhir | Akhir? | |
"""
GROUP = """
| | type | name | label | required | appearance |
| | begin_group | isi | Isi ini | | field-list |
| | text | nama | Nama | yes | |
| | date | tanggal | Tanggal | yes | |
| | end_group | | | | |
| | text | akhir | Akhir? | | |
"""


def begun(made: Form, channel: Channel = Channel.WHATSAPP) -> Phone:
    phone = Phone((made,), channel=channel)
    phone.send(choice="f:uji")
    return phone


def asked(kind: str, parameters: str = "", appearance: str = "", default: str = "") -> Phone:
    sheet = ONE_OF_EACH.format(kind=kind, parameters=parameters, appearance=appearance, default=default)
    return begun(form(sheet))


@pytest.mark.parametrize(
    ("kind", "parameters", "text", "value"),
    [
        ("text", "", "Pak Budi", "Pak Budi"),
        ("text", "", "1", "1"),
        ("integer", "", "1.250", "1250"),
        ("integer", "", "1", "1"),
        ("decimal", "", "5,45", "5.45"),
        ("date", "", "27 Nopember", "2024-11-27"),
        ("time", "", "stgh 8", "07:30:00.000+08:00"),
        ("dateTime", "", "27/11/24 07.15", "2024-11-27T07:15:00.000+08:00"),
        ("select_one barang", "", "3", "bilik"),
        ("select_multiple barang", "", "1 2", "ss tinta"),
        ("rank ya_tidak", "", "2 1", "tidak ya"),
        ("rank ya_tidak", "", "21", "tidak ya"),
        ("range", "start=1 end=5 step=1", "4", "4"),
        ("acknowledge", "", "siap", "OK"),
        ("acknowledge", "", "1", "OK"),
        ("geopoint", "", "-0.5, 117.15", "-0.5 117.15 0 0"),
    ],
)
def test_each_kind_is_answered(kind: str, parameters: str, text: str, value: str) -> None:
    phone = asked(kind, parameters)
    assert "Akhir?" in phone.send(text).text
    assert phone.answers["x"] == value


@pytest.mark.parametrize(
    ("kind", "parameters", "text"),
    [
        ("integer", "", "banyak"),
        ("integer", "", "12,5"),
        ("date", "", "entah"),
        ("date", "", "31/2/2024"),
        ("time", "", "25.00"),
        ("select_one barang", "", "9"),
        ("select_multiple barang", "", "1 9"),
        ("rank ya_tidak", "", "1"),
        ("rank ya_tidak", "", "1 1"),
        ("range", "start=1 end=5 step=1", "9"),
        ("acknowledge", "", "tidak"),
        ("geopoint", "", "di sana"),
        ("image", "", "nanti ya"),
    ],
)
def test_what_cannot_be_read_is_refused_kindly_and_nothing_is_noted(
    kind: str, parameters: str, text: str
) -> None:
    phone = asked(kind, parameters)
    reply = phone.send(text)
    assert "Soal" not in reply.text
    assert phone.session.stage is Stage.QUESTION
    assert phone.answers == {}


def test_a_pin_answers_a_place_and_asking_again_asks_for_the_place_again() -> None:
    phone = asked("geopoint")
    assert phone.reply.ask == "location"
    assert phone.send("di sana").ask == "location"
    phone.pin(-0.5, 117.15)
    assert phone.answers["x"] == "-0.5 117.15 0 0"


def test_what_was_interpreted_is_echoed_and_what_was_plain_is_not() -> None:
    assert asked("integer").send("dua ratus").text.startswith("Dicatat: 200.\n")
    assert asked("integer").send("200").text.startswith("2/2 · Akhir?")
    assert asked("select_one barang").send("2").text.startswith("2/2 · Akhir?")


def test_a_default_is_offered_and_may_be_taken_or_not() -> None:
    phone = asked("integer", default="4")
    assert [choice.label for choice in phone.reply.choices] == ["Pakai: 4", "Lewati"]
    phone.send("pakai")
    assert phone.answers["x"] == "4"
    other = asked("integer", default="4")
    other.send("5")
    assert other.answers["x"] == "5"


def test_a_bare_number_where_numbers_are_answers_never_presses_a_button() -> None:
    phone = asked("integer", default="4")
    phone.send("1")
    assert phone.answers["x"] == "1"


@pytest.mark.parametrize("kind", ["text", "integer", "select_one barang", "image", "geopoint"])
def test_an_empty_message_is_answered(kind: str) -> None:
    phone = asked(kind)
    assert phone.send().text
    assert phone.answers == {}


def test_a_sticker_or_a_contact_is_told_that_words_are_wanted() -> None:
    phone = asked("integer")
    reply = phone.send(contact=Contact("+628000000099", own=False))
    assert "dijawab dengan tulisan" in reply.text


def test_a_very_long_text_is_kept_whole_up_to_a_limit_and_refused_past_it() -> None:
    phone = asked("text")
    phone.send("kata " * 1_900)
    assert len(phone.answers["x"]) == 9_499
    phone.send("kembali")
    assert "paling banyak" in phone.send("kata " * 3_000).text


@pytest.mark.parametrize("hello", ["assalamualaikum", "Selamat pagi, pak", "halo min"])
def test_a_greeting_is_no_answer(hello: str) -> None:
    phone = asked("text")
    reply = phone.send(hello)
    assert reply.text.startswith("Salam")
    assert "Soal" in reply.text
    assert phone.answers == {}


def test_a_part_of_the_day_may_be_an_answer() -> None:
    phone = asked("text")
    phone.send("pagi")
    assert phone.answers["x"] == "pagi"


def test_a_place_is_searched_by_name() -> None:
    phone = begun(form(SEARCHED, PLACES + VILLAGES))
    assert "Ketik namanya" in phone.reply.text
    assert phone.reply.choices == ()
    phone.send("loa janan")
    assert phone.answers["desa"] == "d12"


def test_a_name_of_two_places_asks_which() -> None:
    phone = begun(form(SEARCHED, PLACES + VILLAGES))
    reply = phone.send("sidodadi")
    assert "ada 2 pilihan" in reply.text
    assert [(choice.label, choice.hint) for choice in reply.choices] == [
        ("Sidodadi", "Samarinda Ulu"),
        ("Sidodadi", "Palaran"),
    ]
    phone.send("2")
    assert phone.answers["desa"] == "d1"


def test_a_number_for_a_list_that_was_not_shown_is_not_taken_in_silence() -> None:
    phone = begun(form(SEARCHED, PLACES + VILLAGES))
    reply = phone.send("3")
    assert "desa" not in phone.answers or "Sidomulyo" in reply.text


def test_among_several_options_a_number_means_what_is_on_offer() -> None:
    choices = """
| choices |
| | list_name | name | label |
| | b | tinta | Tinta |
| | b | segel_kotak | Segel kotak |
| | b | segel_bilik | Segel bilik |
"""
    phone = begun(form("| | type | name | label |\n| | select_multiple b | x | Apa? |", choices))
    assert [choice.label for choice in phone.send("segel").choices] == ["Segel kotak", "Segel bilik"]
    phone.send("2")
    phone.send("selesai")
    assert phone.answers["x"] == "segel_bilik"


@pytest.mark.parametrize(
    "text", ["120 130 250", "120, 130, 250", "120\n130\n250", "laki-laki 120 perempuan 130 jumlah 250",
             "L: 120\nP: 130\nJumlah: 250", "jumlah 250, l 120, p 130"]
)  # fmt: skip
def test_a_group_is_answered_in_one_message(text: str) -> None:
    phone = begun(form(SUMS))
    assert phone.reply.text == ("1/2 · Pemilih\nBerurutan: Laki-laki, Perempuan, Jumlah. Mis. 120 98 218")
    assert "Apa catatannya?" in phone.send(text).text
    assert phone.answers == {"dpt/l": "120", "dpt/p": "130", "dpt/j": "250"}


def test_a_group_answered_in_part_asks_only_for_the_rest() -> None:
    phone = begun(form(SUMS))
    reply = phone.send("perempuan: 130\njumlah: 250")
    assert reply.text.startswith("Dicatat: Perempuan 130 · Jumlah 250.\n1/2 · Pemilih\n- Laki-laki")
    phone.send("120")
    assert phone.answers == {"dpt/l": "120", "dpt/p": "130", "dpt/j": "250"}


def test_what_is_wrong_in_a_group_is_named_and_the_rest_is_kept() -> None:
    phone = begun(form(SUMS))
    reply = phone.send("laki-laki: banyak\nperempuan: 130\njumlah: 250")
    assert "Laki-laki: Angkanya belum terbaca" in reply.text
    assert phone.answers == {"dpt/p": "130", "dpt/j": "250"}


def test_a_hard_rule_in_a_group_refuses_only_its_own_number() -> None:
    phone = begun(form(SUMS))
    reply = phone.send("120 -130 250")
    assert phone.answers == {"dpt/l": "120", "dpt/j": "250"}
    assert "Perempuan" in reply.text


def test_a_group_of_words_and_dates_is_answered_by_lines() -> None:
    phone = begun(form(GROUP))
    assert phone.reply.text == "1/2 · Isi ini\n- Nama\n- Tanggal"
    assert "Akhir?" in phone.send("Nama: Budi Contoh\nTanggal: 27/11/24").text
    assert phone.answers == {"isi/nama": "Budi Contoh", "isi/tanggal": "2024-11-27"}


def test_unreadable_words_at_a_group_say_how_to_answer() -> None:
    phone = begun(form(SUMS))
    assert phone.send("entahlah").text.startswith("Belum terbaca. Kirim 3 jawaban berurutan")


def test_a_voice_note_where_words_are_asked_is_kept_and_words_are_asked_again() -> None:
    phone = begun(form(THREE))
    phone.send("12")
    reply = phone.send(attachments=(Attachment("audio", "ref", media="suara1"),))
    assert reply.text.startswith("Kiriman diterima dan disimpan")
    assert "Apa catatannya?" in reply.text
    assert "catatan" not in phone.answers
